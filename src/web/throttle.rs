//! Failed sign-ins slow an address and an account down, guessed links an address; successes cost nothing.
//!
//! The counts live in this process: with N replicas a guesser has N times as many tries, which Argon2id
//! and the slow refill leave far too few.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Keys that one throttle remembers at most; beyond it those that may go on soonest are forgotten.
const MOST_KEYS: usize = 20_000;

/// Counts failures per key: so many at once, then one per `refill`.
///
/// The arithmetic is GCRA's: per key one moment, up to which its failures are paid for. Looking at it
/// and adding to it are separate, because only what failed is counted.
#[derive(Debug)]
pub struct Throttle<K> {
    refill: TimeDelta,
    burst: TimeDelta,
    paid_until: Mutex<HashMap<K, DateTime<Utc>>>,
}

/// The throttles of signing in, and of links without an account.
#[derive(Debug)]
pub struct Throttles {
    address: Throttle<IpAddr>,
    username: Throttle<String>,
    link: Throttle<IpAddr>,
    /// Of each page that asks for four digits: soon, and by the day.
    digits: [Throttle<i64>; 2],
}

impl<K: Eq + Hash> Throttle<K> {
    /// `failures` at once, refilled evenly over `window`.
    pub fn new(failures: i32, window: TimeDelta) -> Self {
        let refill = window / failures.max(1);
        Self {
            refill,
            burst: window - refill,
            paid_until: Mutex::default(),
        }
    }

    /// How long this key has to wait; `None`: it may go on.
    pub fn wait(&self, key: &K, now: DateTime<Utc>) -> Option<TimeDelta> {
        let keys = self.paid_until.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = *keys.get(key)? - self.burst - now;
        (wait > TimeDelta::zero()).then_some(wait)
    }

    /// Counts a failure.
    pub fn failed(&self, key: K, now: DateTime<Utc>) {
        let mut keys = self.paid_until.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= MOST_KEYS && !keys.contains_key(&key) {
            keys.retain(|_, until| *until > now);
            if keys.len() >= MOST_KEYS {
                let mut moments: Vec<DateTime<Utc>> = keys.values().copied().collect();
                let (_, middle, _) = moments.select_nth_unstable(MOST_KEYS / 2);
                let middle = *middle;
                keys.retain(|_, until| *until > middle);
            }
        }
        let until = keys.entry(key).or_insert(now);
        *until = (*until).max(now) + self.refill;
    }
}

impl Default for Throttles {
    fn default() -> Self {
        Self {
            address: Throttle::new(20, TimeDelta::minutes(1)),
            username: Throttle::new(5, TimeDelta::minutes(15)),
            link: Throttle::new(30, TimeDelta::minutes(1)),
            digits: [
                Throttle::new(5, TimeDelta::minutes(15)),
                // Ten thousand tries would take a year and more.
                Throttle::new(20, TimeDelta::days(1)),
            ],
        }
    }
}

impl Throttles {
    /// How long a sign-in has to wait.
    pub fn wait(&self, address: Option<IpAddr>, username: &str, now: DateTime<Utc>) -> Option<TimeDelta> {
        let address = address.and_then(|address| self.address.wait(&network(address), now));
        let account = self.username.wait(&account(username), now);
        address.max(account)
    }

    /// Counts a failed sign-in.
    pub fn failed(&self, address: Option<IpAddr>, username: &str, now: DateTime<Utc>) {
        if let Some(address) = address {
            self.address.failed(network(address), now);
        }
        self.username.failed(account(username), now);
    }

    /// How long the next link of this address has to wait.
    pub fn wait_for_link(&self, address: Option<IpAddr>, now: DateTime<Utc>) -> Option<TimeDelta> {
        self.link.wait(&network(address?), now)
    }

    /// Counts a link that leads nowhere.
    pub fn failed_link(&self, address: Option<IpAddr>, now: DateTime<Utc>) {
        if let Some(address) = address {
            self.link.failed(network(address), now);
        }
    }
}

impl Throttles {
    /// How long the next four digits for this page have to wait.
    pub fn wait_for_digits(&self, page: i64, now: DateTime<Utc>) -> Option<TimeDelta> {
        let waits = self
            .digits
            .iter()
            .filter_map(|throttle| throttle.wait(&page, now));
        waits.max()
    }

    /// Counts four digits that were wrong.
    pub fn failed_digits(&self, page: i64, now: DateTime<Utc>) {
        for throttle in &self.digits {
            throttle.failed(page, now);
        }
    }
}

/// One customer of a provider has a whole /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !u128::from(u64::MAX)).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// The name as it is looked up; names that nobody can have are cut, so that they cost no memory.
fn account(username: &str) -> String {
    username
        .trim()
        .chars()
        .take(40)
        .collect::<String>()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use crate::web::throttle::{MOST_KEYS, Throttle, Throttles};

    fn start() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap()
    }

    #[test]
    fn five_failures_then_one_per_three_minutes() {
        let throttles = Throttles::default();
        for _ in 0..5 {
            assert_eq!(throttles.wait(None, "rina", start()), None);
            throttles.failed(None, " Rina", start());
        }
        let wait = throttles.wait(None, "RINA", start());
        assert_eq!(wait, Some(TimeDelta::minutes(3)));
        assert_eq!(
            throttles.wait(None, "budi", start()),
            None,
            "another account goes on"
        );
        let later = start() + TimeDelta::minutes(3);
        assert_eq!(throttles.wait(None, "rina", later), None);
        throttles.failed(None, "rina", later);
        assert_eq!(throttles.wait(None, "rina", later), Some(TimeDelta::minutes(3)));
    }

    #[test]
    fn an_address_has_twenty_a_minute_whatever_the_names() {
        let throttles = Throttles::default();
        let address = "203.0.113.9".parse().ok();
        for n in 0..20 {
            assert_eq!(throttles.wait(address, "x", start()), None, "{n}");
            throttles.failed(address, &format!("name{n}"), start());
        }
        assert_eq!(throttles.wait(address, "x", start()), Some(TimeDelta::seconds(3)));
        assert_eq!(throttles.wait("203.0.113.10".parse().ok(), "x", start()), None);
    }

    #[test]
    fn one_house_of_ipv6_counts_as_one_and_mapped_ipv4_as_ipv4() {
        let throttles = Throttles::default();
        for n in 0..20 {
            let address = format!("2001:db8:1:2::{n:x}").parse().ok();
            throttles.failed(address, &format!("a{n}"), start());
            throttles.failed("198.51.100.7".parse().ok(), &format!("b{n}"), start());
        }
        assert!(
            throttles
                .wait("2001:db8:1:2::ffff".parse().ok(), "x", start())
                .is_some()
        );
        assert!(
            throttles
                .wait("2001:db8:1:3::1".parse().ok(), "x", start())
                .is_none()
        );
        assert!(
            throttles
                .wait("::ffff:198.51.100.7".parse().ok(), "x", start())
                .is_some()
        );
    }

    #[test]
    fn a_flood_of_names_does_not_fill_the_memory_and_keeps_the_worst() {
        let throttle = Throttle::new(5, TimeDelta::minutes(15));
        for _ in 0..9 {
            throttle.failed("worst".to_owned(), start());
        }
        for n in 0..=MOST_KEYS {
            throttle.failed(n.to_string(), start());
        }
        assert!(throttle.paid_until.lock().unwrap().len() <= MOST_KEYS);
        assert!(throttle.wait(&"worst".to_owned(), start()).is_some());
    }
}
