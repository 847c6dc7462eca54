//! When messages arrived at the service, as far as can be told from here.
//!
//! A limit counts arrivals, and two messages do not travel equally fast: what was sent a second apart may
//! arrive closer together. An answer tells how late its message can have been at most.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// How many of the latest travels tell how fast one can be.
const REMEMBERED: usize = 64;

/// A message on its way, or arrived.
#[derive(Debug)]
struct Flight {
    serial: u64,
    left: Instant,
    answered: Option<Instant>,
}

/// The latest messages.
#[derive(Debug, Default)]
pub(crate) struct Travel {
    flights: VecDeque<Flight>,
    serial: u64,
    took: VecDeque<Duration>,
}

impl Travel {
    /// A message leaves; its answer is to be told under this number.
    pub(crate) fn leave(&mut self) -> u64 {
        self.serial += 1;
        self.flights.push_back(Flight {
            serial: self.serial,
            left: Instant::now(),
            answered: None,
        });
        if self.flights.len() > REMEMBERED {
            self.flights.pop_front();
        }
        self.serial
    }

    /// The number of the message that left last.
    pub(crate) fn latest(&self) -> u64 {
        self.serial
    }

    /// Its answer came.
    pub(crate) fn answer(&mut self, serial: u64) {
        let now = Instant::now();
        if let Some(flight) = self.flights.iter_mut().find(|flight| flight.serial == serial) {
            flight.answered = Some(now);
            self.took.push_back(now - flight.left);
            if self.took.len() > REMEMBERED {
                self.took.pop_front();
            }
        }
    }

    /// When the next message may leave, if at most `most` may arrive in any `window`.
    pub(crate) fn opens_at(&self, most: usize, window: Duration) -> Option<Instant> {
        let at = self.flights.len().checked_sub(most)?;
        let latest = self.flights.iter().skip(at).take(1);
        // A message that overtakes does not free the place of the one before it.
        latest.map(|flight| self.arrived(flight) + window).next()
    }

    /// The latest moment, on the clock of departures, at which a message can have arrived.
    fn arrived(&self, flight: &Flight) -> Instant {
        let least = self.took.iter().min().copied().unwrap_or_default();
        let answered = flight.answered.unwrap_or_else(Instant::now);
        answered
            .checked_sub(least)
            .unwrap_or(flight.left)
            .max(flight.left)
    }
}
