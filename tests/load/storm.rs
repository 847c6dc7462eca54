//! Many taps at once, as fast as they are answered or at a steady pace.

use crate::tap::{Tap, post, told};
use crate::wire::Wire;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How a tap was answered.
#[derive(Debug)]
pub(crate) struct Heard {
    /// Which tap, by its place in the list.
    pub(crate) tap: usize,
    /// From the tap (or the moment it was due) until the reply was read.
    pub(crate) after: Duration,
    /// What the reply of the webhook said, if it said anything.
    pub(crate) said: Option<String>,
}

/// Delivers every tap over so many connections: each as soon as a connection is free, or at
/// `rate` a second, late ones counted from when they were due. Every reply must be a 200.
pub(crate) async fn storm(
    to: SocketAddr,
    taps: &Arc<Vec<Tap>>,
    connections: usize,
    rate: Option<u32>,
) -> Vec<Heard> {
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now() + Duration::from_millis(100);
    let mut running = JoinSet::new();
    for _ in 0..connections {
        let (taps, next) = (Arc::clone(taps), Arc::clone(&next));
        running.spawn(async move {
            let mut wire = Wire::new(to);
            let mut heard = Vec::new();
            tokio::time::sleep_until(start.into()).await;
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(tap) = taps.get(number) else { return heard };
                let due = match rate {
                    Some(rate) => {
                        let due =
                            start + Duration::from_secs(1) * u32::try_from(number).expect("few taps") / rate;
                        tokio::time::sleep_until(due.into()).await;
                        due
                    }
                    None => Instant::now(),
                };
                let reply = post(&mut wire, tap)
                    .await
                    .unwrap_or_else(|error| panic!("tap {number}: {error}"));
                let after = due.elapsed();
                assert_eq!(
                    reply.status,
                    200,
                    "tap {number}: {}",
                    String::from_utf8_lossy(&reply.body)
                );
                heard.push(Heard {
                    tap: number,
                    after,
                    said: told(&reply),
                });
            }
        });
    }
    let mut heard = Vec::with_capacity(taps.len());
    while let Some(some) = running.join_next().await {
        heard.extend(some.expect("a connection that ended well"));
    }
    heard
}
