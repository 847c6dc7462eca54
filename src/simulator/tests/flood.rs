//! The limits on sending, on a clock that the test moves.

use std::time::Duration;

use tokio::time::Instant;

use crate::simulator::flood::{FloodGate, TooMany};
use crate::simulator::options::Flood;

fn refused(retry_after: u64, ignored: bool, limit: &'static str) -> Result<(), TooMany> {
    Err(TooMany {
        retry_after,
        ignored,
        limit,
    })
}

#[test]
fn the_thirty_first_send_within_a_second_is_refused_and_all_others_until_the_silence_ends() {
    let mut now = Instant::now();
    let (rules, mut gate) = (Flood::default(), FloodGate::default());
    for chat in 1..=30 {
        assert_eq!(gate.admit(&rules, chat, 1, now), Ok(()));
    }
    assert_eq!(gate.admit(&rules, 31, 1, now), refused(1, false, "bot"));
    now += Duration::from_millis(900);
    assert_eq!(gate.admit(&rules, 32, 1, now), refused(1, true, "bot"));
    now += Duration::from_millis(100);
    for chat in 31..=60 {
        assert_eq!(gate.admit(&rules, chat, 1, now), Ok(()));
    }
}

#[test]
fn thirty_a_second_pass_for_ever() {
    let mut now = Instant::now();
    let (rules, mut gate) = (Flood::default(), FloodGate::default());
    for chat in 1..=300 {
        assert_eq!(gate.admit(&rules, chat, 1, now), Ok(()), "send {chat}");
        now += Duration::from_secs(1) / 30;
    }
}

#[test]
fn a_private_chat_takes_one_a_second_and_jitter_does_not_add_up() {
    let mut now = Instant::now();
    let (rules, mut gate) = (Flood::default(), FloodGate::default());
    assert_eq!(gate.admit(&rules, 7, 1, now), Ok(()));
    now += Duration::from_millis(980);
    assert_eq!(gate.admit(&rules, 7, 1, now), Ok(()), "20 ms early is jitter");
    now += Duration::from_millis(980);
    assert_eq!(gate.admit(&rules, 7, 1, now), refused(1, false, "chat"));
    assert_eq!(gate.admit(&rules, 8, 1, now), Ok(()), "another chat is free");
}

#[test]
fn a_burst_is_paid_for_afterwards() {
    let mut now = Instant::now();
    let rules = Flood {
        private_burst: 3,
        ..Flood::default()
    };
    let mut gate = FloodGate::default();
    for _ in 0..3 {
        assert_eq!(gate.admit(&rules, 7, 1, now), Ok(()));
    }
    assert_eq!(gate.admit(&rules, 7, 1, now), refused(1, false, "chat"));
    now += Duration::from_secs(1);
    assert_eq!(gate.admit(&rules, 7, 1, now), Ok(()));
    assert_eq!(gate.admit(&rules, 7, 1, now), refused(1, false, "chat"));
}

#[test]
fn a_group_takes_twenty_a_minute() {
    let mut now = Instant::now();
    let (rules, mut gate) = (Flood::default(), FloodGate::default());
    for _ in 0..20 {
        assert_eq!(gate.admit(&rules, -5, 1, now), Ok(()));
        now += Duration::from_secs(1);
    }
    assert_eq!(gate.admit(&rules, -5, 1, now), refused(40, false, "group"));
    now += Duration::from_secs(40);
    assert_eq!(gate.admit(&rules, -5, 1, now), Ok(()));
}

#[test]
fn a_told_silence_holds_even_when_the_limits_are_off() {
    let mut now = Instant::now();
    let rules = Flood {
        on: false,
        ..Flood::default()
    };
    let mut gate = FloodGate::default();
    gate.silence(Some(7), 5, now);
    assert_eq!(gate.admit(&rules, 7, 1, now), refused(5, true, "chat"));
    assert_eq!(gate.admit(&rules, 8, 1, now), Ok(()));
    now += Duration::from_secs(5);
    assert_eq!(gate.admit(&rules, 7, 1, now), Ok(()));
}
