//! The one place that asks what time it is.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use std::sync::{Arc, Mutex, PoisonError};

/// Tells the time, in UTC and cut to whole microseconds.
///
/// PostgreSQL keeps microseconds; a finer instant would not compare equal to itself after a
/// trip through the database. Clones of a frozen clock share one hand.
#[derive(Clone, Debug)]
pub struct Clock(Hand);

#[derive(Clone, Debug)]
enum Hand {
    System,
    /// The machine's, this much ahead.
    Ahead(Arc<Mutex<Duration>>),
    Frozen(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Hand::System)
    }

    /// The machine's clock, which can be put forward: for the demo.
    pub fn movable() -> Self {
        Self(Hand::Ahead(Arc::new(Mutex::new(Duration::zero()))))
    }

    /// A clock that stands at `at` until it is moved, for tests and the demo.
    pub fn frozen(at: DateTime<Utc>) -> Self {
        Self(Hand::Frozen(Arc::new(Mutex::new(cut(at)))))
    }

    /// The present instant.
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Hand::System => system_now(),
            Hand::Ahead(by) => system_now() + *by.lock().unwrap_or_else(PoisonError::into_inner),
            Hand::Frozen(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a frozen clock by `by` (backwards when negative), and puts a movable one forward.
    ///
    /// # Panics
    /// On the system clock, which nobody moves.
    pub fn advance(&self, by: Duration) {
        if let Hand::Ahead(ahead) = &self.0 {
            let mut ahead = ahead.lock().unwrap_or_else(PoisonError::into_inner);
            *ahead += by;
            return;
        }
        self.turn(|at| at + by);
    }

    /// Puts a frozen clock at `at`.
    ///
    /// # Panics
    /// On the system clock, which nobody moves.
    pub fn set(&self, at: DateTime<Utc>) {
        self.turn(|_| at);
    }

    fn turn(&self, to: impl FnOnce(DateTime<Utc>) -> DateTime<Utc>) {
        let Hand::Frozen(at) = &self.0 else {
            panic!("only a frozen clock can be moved");
        };
        let mut at = at.lock().unwrap_or_else(PoisonError::into_inner);
        *at = cut(to(*at));
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the home of Utc::now")]
fn system_now() -> DateTime<Utc> {
    cut(Utc::now())
}

fn cut(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

#[cfg(test)]
mod tests {
    use crate::clock::Clock;
    use chrono::{DateTime, Duration};

    #[test]
    fn a_frozen_clock_moves_for_all_its_clones_and_only_when_moved() {
        let start = DateTime::from_timestamp_nanos(1_700_000_000_123_456_789);
        let clock = Clock::frozen(start);
        let other = clock.clone();
        assert_eq!(
            clock.now(),
            DateTime::from_timestamp_nanos(1_700_000_000_123_456_000)
        );

        other.advance(Duration::minutes(30));
        assert_eq!(clock.now() - Clock::frozen(start).now(), Duration::minutes(30));

        other.set(start);
        assert_eq!(clock.now(), Clock::frozen(start).now());
    }

    #[test]
    fn a_movable_clock_runs_on_from_where_it_was_put() {
        let clock = Clock::movable();
        let before = clock.now();
        clock.clone().advance(Duration::hours(2));
        let ahead = clock.now() - before;
        assert!(
            ahead >= Duration::hours(2) && ahead < Duration::hours(3),
            "{ahead}"
        );
    }

    #[test]
    fn the_system_clock_tells_whole_microseconds() {
        for _ in 0..100 {
            assert_eq!(Clock::system().now().timestamp_subsec_nanos() % 1000, 0);
        }
    }
}
