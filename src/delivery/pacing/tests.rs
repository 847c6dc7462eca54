//! The pace, on a clock that tests move.

use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio::time::{Instant, sleep, sleep_until};

use crate::cluster::Cluster;
use crate::delivery::pacing::{Pacing, TELEGRAM, Turn, retry_after};

const SECOND: Duration = Duration::from_secs(1);

fn pacing() -> Pacing {
    Pacing::new(Cluster::local(), "telegram", TELEGRAM)
}

/// Waits for a place and takes it.
async fn take(pacing: &mut Pacing) {
    while !pacing.take().await {
        sleep_until(pacing.opens_at()).await;
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
        assert!(window[30] >= window[0] + SECOND, "{window:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_late_start_is_made_up_for_and_never_too_much() {
    let mut pacing = pacing();
    let began = Instant::now();
    let mut sent = Vec::new();
    for n in 0..300 {
        take(&mut pacing).await;
        sent.push(began.elapsed());
        // Every tenth time the machine is busy with something else.
        if n % 10 == 0 {
            sleep(Duration::from_millis(40)).await;
        }
    }
    assert!(
        sent[299] < Duration::from_secs_f64(10.0 / 0.95),
        "{:?}",
        sent[299]
    );
    for window in sent.windows(31) {
        assert!(window[30] >= window[0] + SECOND, "{window:?}");
    }
}

/// The way there takes 60 ms, and now and then up to a third of a second more; the way back 60 ms.
#[tokio::test(start_paused = true)]
async fn what_travels_slowly_is_not_overtaken_by_too_many() {
    let mut pacing = pacing();
    let mut travelling = FuturesUnordered::new();
    let mut arrived = Vec::new();
    let way = Duration::from_millis(60);
    let began = Instant::now();
    for n in 0..600_u64 {
        while !pacing.take().await {
            tokio::select! {
                biased;
                Some((serial, at)) = travelling.next() => {
                    pacing.landed(serial, "7");
                    arrived.push(at);
                }
                () = sleep_until(pacing.opens_at()) => {}
            }
        }
        let serial = pacing.leaves("7");
        let delay = if n % 23 < 3 {
            Duration::from_millis(n * 131 % 330)
        } else {
            Duration::ZERO
        };
        travelling.push(async move {
            sleep(way + delay).await;
            let at = Instant::now();
            sleep(way).await;
            (serial, at)
        });
    }
    let took = began.elapsed();
    arrived.extend(travelling.map(|(_, at)| at).collect::<Vec<_>>().await);
    arrived.sort_unstable();
    for window in arrived.windows(31) {
        assert!(
            window[30] + Duration::from_millis(2) >= window[0] + SECOND,
            "{:?}",
            window[30] - window[0]
        );
    }
    assert!(took < Duration::from_secs_f64(20.0 / 0.85), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_chat_waits_its_second_and_others_do_not() {
    let mut pacing = pacing();
    assert_eq!(pacing.enter("7").await, Turn::Now);
    assert_eq!(pacing.enter("7").await, Turn::Soon);
    assert_eq!(pacing.enter("8").await, Turn::Now);
    let free = pacing.chat_free_at("7").expect("it waits");
    assert!(free - Instant::now() <= Duration::from_millis(1_000));
    sleep_until(free).await;
    assert_eq!(pacing.enter("7").await, Turn::Now);
}

#[tokio::test(start_paused = true)]
async fn a_chats_second_counts_from_the_answer() {
    let mut pacing = pacing();
    assert_eq!(pacing.enter("7").await, Turn::Now);
    let serial = pacing.leaves("7");
    sleep(SECOND * 3 / 2).await;
    assert_eq!(pacing.enter("7").await, Turn::Soon, "one is on its way there");
    assert_eq!(pacing.enter("8").await, Turn::Now);
    pacing.landed(serial, "7");
    let free = pacing.chat_free_at("7").expect("it may have arrived just now");
    assert_eq!(free - Instant::now(), SECOND);
    sleep_until(free).await;
    assert_eq!(pacing.enter("7").await, Turn::Now);
}

#[tokio::test(start_paused = true)]
async fn a_group_has_twenty_a_minute() {
    let mut pacing = pacing();
    for _ in 0..20 {
        assert_eq!(pacing.enter("-100").await, Turn::Now);
        sleep(Duration::from_millis(1_000)).await;
    }
    let Turn::Later(wait) = pacing.enter("-100").await else {
        panic!("the window is full")
    };
    assert!(
        wait > Duration::from_secs(39) && wait <= Duration::from_secs(40),
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

/// A message leaves and nobody answers.
fn fail(pacing: &mut Pacing) {
    let serial = pacing.leaves("7");
    pacing.troubled(serial);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_away_is_knocked_at_ever_more_rarely_until_it_answers() {
    let mut pacing = pacing();
    fail(&mut pacing);
    fail(&mut pacing);
    assert!(!pacing.is_away() && pacing.closed().is_none());
    let mut pauses = Vec::new();
    for _ in 0..8 {
        fail(&mut pacing);
        let pause = pacing.closed().expect("closed");
        pauses.push(pause);
        sleep(pause).await;
    }
    assert!(pacing.is_away());
    assert!(pauses[0] < SECOND * 2 && pauses[7] > SECOND * 10, "{pauses:?}");
    assert!(pauses.iter().all(|pause| *pause <= SECOND * 18), "{pauses:?}");
    pacing.answered();
    assert!(!pacing.is_away() && pacing.closed().is_none());
}

#[tokio::test(start_paused = true)]
async fn one_blip_that_fails_all_that_is_on_its_way_costs_a_second() {
    let mut pacing = pacing();
    let flying: Vec<u64> = (0..64).map(|_| pacing.leaves("7")).collect();
    for serial in &flying[..32] {
        pacing.troubled(*serial);
    }
    let pause = pacing.closed().expect("closed");
    assert!(pause <= SECOND * 6 / 5, "{pause:?}");
    sleep(pause).await;
    // The rest of them runs out of patience only when the door is open again.
    for serial in &flying[32..] {
        pacing.troubled(*serial);
    }
    assert_eq!(pacing.closed(), None);
    fail(&mut pacing);
    let pause = pacing.closed().expect("a knock that came to nothing is news");
    assert!(pause > SECOND * 3 / 2 && pause < SECOND * 3, "{pause:?}");
    pacing.answered();
    assert_eq!(pacing.closed(), None, "an answer opens the door at once");
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
