//! The pace, on a clock that tests move.

use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use crate::cluster::Cluster;
use crate::delivery::pacing::{Pacing, TELEGRAM, Turn, retry_after};

const SECOND: Duration = Duration::from_secs(1);

fn pacing() -> Pacing {
    Pacing::new(Cluster::local(), "telegram", TELEGRAM)
}

/// Waits for the next place and uses it.
async fn take(pacing: &mut Pacing) {
    loop {
        let slot = pacing.next_slot().await;
        sleep_until(slot).await;
        if pacing.take() {
            return;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_broadcast_keeps_to_the_limit_and_close_to_it() {
    let mut pacing = pacing();
    let began = Instant::now();
    let mut sent = Vec::new();
    for _ in 0..1000 {
        take(&mut pacing).await;
        sent.push(began.elapsed());
    }
    // 1,000 at 30 a second take 33.3 s.
    let took = sent[999];
    assert!(took < Duration::from_secs_f64(33.3 / 0.95), "{took:?}");
    for window in sent.windows(31) {
        assert!(window[30] - window[0] > SECOND, "{window:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_place_that_was_missed_is_not_used_late() {
    let mut pacing = pacing();
    take(&mut pacing).await;
    let slot = pacing.next_slot().await;
    sleep_until(slot + Duration::from_millis(100)).await;
    assert!(!pacing.take());
    let again = pacing.next_slot().await;
    assert!(again >= Instant::now());
    sleep_until(again).await;
    assert!(pacing.take());
}

#[tokio::test(start_paused = true)]
async fn a_chat_waits_its_second_and_others_do_not() {
    let mut pacing = pacing();
    assert_eq!(pacing.enter("7").await, Turn::Now);
    assert_eq!(pacing.enter("7").await, Turn::Soon);
    assert_eq!(pacing.enter("8").await, Turn::Now);
    let free = pacing.chat_free_at("7").expect("it waits");
    assert!(free - Instant::now() <= Duration::from_millis(1_020));
    sleep_until(free).await;
    assert_eq!(pacing.enter("7").await, Turn::Now);
}

#[tokio::test(start_paused = true)]
async fn a_group_has_twenty_a_minute() {
    let mut pacing = pacing();
    for _ in 0..20 {
        assert_eq!(pacing.enter("-100").await, Turn::Now);
        sleep(Duration::from_millis(1_020)).await;
    }
    let Turn::Later(wait) = pacing.enter("-100").await else {
        panic!("the window is full")
    };
    assert!(
        wait > Duration::from_secs(39) && wait < Duration::from_secs(40),
        "{wait:?}"
    );
    sleep(wait).await;
    assert_eq!(pacing.enter("-100").await, Turn::Now);
}

#[tokio::test(start_paused = true)]
async fn one_429_stops_a_chat_and_a_second_chats_stops_everyone() {
    let mut pacing = pacing();
    pacing.flood("7", SECOND * 30).await;
    assert!(matches!(pacing.enter("7").await, Turn::Later(_)));
    assert_eq!(pacing.enter("8").await, Turn::Now);
    assert_eq!(pacing.closed(), None);

    // The same chat again is no news about the others.
    pacing.flood("7", SECOND * 30).await;
    assert_eq!(pacing.closed(), None);

    pacing.flood("8", SECOND * 10).await;
    assert_eq!(pacing.closed(), Some(SECOND * 10));
    let began = Instant::now();
    take(&mut pacing).await;
    assert!(began.elapsed() >= SECOND * 10, "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn another_worker_of_the_same_bot_keeps_quiet_too() {
    let cluster = Cluster::local();
    let mut one = Pacing::new(cluster.clone(), "telegram", TELEGRAM);
    let mut other = Pacing::new(cluster, "telegram", TELEGRAM);
    one.flood("7", SECOND * 30).await;
    assert!(matches!(other.enter("7").await, Turn::Later(_)));
    one.flood("8", SECOND * 10).await;
    let began = Instant::now();
    take(&mut other).await;
    assert!(began.elapsed() >= SECOND * 10, "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_away_is_knocked_at_ever_more_rarely_until_it_answers() {
    let mut pacing = pacing();
    pacing.troubled();
    pacing.troubled();
    assert!(!pacing.is_away() && pacing.closed().is_none());
    let mut pauses = Vec::new();
    for _ in 0..8 {
        pacing.troubled();
        let pause = pacing.closed().expect("closed");
        pauses.push(pause);
        sleep(pause).await;
    }
    assert!(pacing.is_away());
    assert!(pauses[0] < SECOND * 2 && pauses[7] > SECOND * 10, "{pauses:?}");
    assert!(pauses.iter().all(|pause| *pause <= SECOND * 18), "{pauses:?}");
    pacing.answered();
    assert!(!pacing.is_away());
}

#[test]
fn a_message_is_tried_again_soon_at_first_and_never_rarely() {
    assert!(retry_after(1) <= Duration::from_millis(1_200));
    assert!(retry_after(3) >= Duration::from_millis(3_200));
    for attempts in [7, 100, i32::MAX] {
        let wait = retry_after(attempts);
        assert!(wait >= SECOND * 48 && wait <= SECOND * 72, "{wait:?}");
    }
}
