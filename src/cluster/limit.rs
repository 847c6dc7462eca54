//! How often something may happen, counted in memory.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Gates that nobody uses any more are swept out once there are this many.
const SWEEP_AT: usize = 4096;

/// A limit: so much apart, and so many in any window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The shortest time between two.
    pub gap: Duration,
    /// At most `most` in any time of this length; a `most` of 0 means no such limit.
    pub window: Duration,
    pub most: usize,
}

/// What a limit says to someone who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserve {
    /// A place is taken for you, so far from now.
    After(Duration),
    /// The next place is farther away than you would wait; none is taken.
    Refused(Duration),
}

impl Limit {
    /// Only so much apart.
    pub const fn every(gap: Duration) -> Self {
        Self {
            gap,
            window: Duration::ZERO,
            most: 0,
        }
    }

    /// With at most `most` in any window of this length, besides.
    #[must_use]
    pub const fn at_most(self, most: usize, window: Duration) -> Self {
        Self { window, most, ..self }
    }

    /// The same, so many times slower: for when nobody can count for all.
    #[must_use]
    pub fn slower(self, times: u32) -> Self {
        Self {
            gap: self.gap * times,
            window: self.window * times,
            ..self
        }
    }
}

/// The places taken lately, by key.
#[derive(Debug, Default)]
pub(crate) struct Gates(Mutex<HashMap<String, Gate>>);

#[derive(Debug, Default)]
struct Gate {
    /// The latest last; never more than the limit's `most`, and at least one.
    taken: VecDeque<Instant>,
    /// When this gate can be forgotten.
    idle_from: Option<Instant>,
}

impl Gates {
    /// Takes the next place, if it is near enough.
    pub(crate) fn reserve(&self, limit: &Limit, key: &str, patience: Duration) -> Reserve {
        let now = Instant::now();
        let mut gates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if gates.len() >= SWEEP_AT {
            gates.retain(|_, gate| gate.idle_from.is_some_and(|idle| idle > now));
        }
        let gate = gates.entry(key.to_owned()).or_default();
        let mut at = now;
        if let Some(last) = gate.taken.back() {
            at = at.max(*last + limit.gap);
        }
        if limit.most > 0 && gate.taken.len() >= limit.most {
            at = at.max(gate.taken[gate.taken.len() - limit.most] + limit.window);
        }
        let wait = at - now;
        if wait > patience {
            return Reserve::Refused(wait);
        }
        gate.take(limit, at);
        Reserve::After(wait)
    }

    /// Nothing for so long.
    pub(crate) fn postpone(&self, limit: &Limit, key: &str, by: Duration) {
        let at = Instant::now() + by;
        let mut gates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        gates.entry(key.to_owned()).or_default().take(limit, at);
    }
}

impl Gate {
    fn take(&mut self, limit: &Limit, at: Instant) {
        let at = self.taken.back().map_or(at, |last| at.max(*last));
        self.taken.push_back(at);
        while self.taken.len() > limit.most.max(1) {
            self.taken.pop_front();
        }
        self.idle_from = Some(at + limit.gap.max(limit.window));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::{advance, sleep};

    use crate::cluster::limit::{Gates, Limit, Reserve};

    const SECOND: Duration = Duration::from_secs(1);
    const GROUP: Limit = Limit::every(SECOND).at_most(20, Duration::from_secs(60));

    #[tokio::test(start_paused = true)]
    async fn places_are_a_gap_apart_and_lateness_does_not_add_up() {
        let gates = Gates::default();
        let limit = Limit::every(Duration::from_millis(34));
        let mut waited = Duration::ZERO;
        for _ in 0..100 {
            let Reserve::After(wait) = gates.reserve(&limit, "bot", SECOND) else {
                panic!("refused")
            };
            // Whoever waits comes a little late, as timers do.
            sleep(wait + Duration::from_millis(2)).await;
            waited += wait + Duration::from_millis(2);
        }
        assert!(waited < Duration::from_millis(99 * 34 + 10), "{waited:?}");
        assert!(waited >= Duration::from_millis(99 * 34), "{waited:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_window_is_filled_at_once_and_then_waits_no_longer_than_asked() {
        let gates = Gates::default();
        for _ in 0..20 {
            assert_eq!(
                gates.reserve(&GROUP, "-1", Duration::ZERO),
                Reserve::After(Duration::ZERO)
            );
            advance(SECOND).await;
        }
        let wait = Duration::from_secs(40);
        assert_eq!(gates.reserve(&GROUP, "-1", SECOND), Reserve::Refused(wait));
        assert_eq!(
            gates.reserve(&GROUP, "-2", SECOND),
            Reserve::After(Duration::ZERO)
        );
        advance(wait).await;
        assert_eq!(
            gates.reserve(&GROUP, "-1", Duration::ZERO),
            Reserve::After(Duration::ZERO)
        );
        assert_eq!(
            gates.reserve(&GROUP, "-1", Duration::ZERO),
            Reserve::Refused(SECOND)
        );
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_postponed_waits_that_long() {
        let gates = Gates::default();
        let limit = Limit::every(SECOND);
        gates.postpone(&limit, "7", Duration::from_secs(30));
        gates.postpone(&limit, "7", Duration::from_secs(5));
        assert_eq!(
            gates.reserve(&limit, "7", SECOND),
            Reserve::Refused(Duration::from_secs(31))
        );
        assert_eq!(gates.reserve(&limit, "8", SECOND), Reserve::After(Duration::ZERO));
    }
}
