//! The limits on the pace of sending: so many a second over all, and a bucket for each person.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use crate::simulator::whatsapp::error::GraphError;
use crate::simulator::whatsapp::options::WhatsappOptions;

/// A second, less what a network's jitter takes.
const SECOND: Duration = Duration::from_millis(975);
/// One message to the same person each so often.
const PAIR: Duration = Duration::from_secs(6);
/// How much earlier than the limit a send may arrive: what a network's jitter takes.
const SLACK: Duration = Duration::from_millis(25);

/// What has been sent lately.
#[derive(Default)]
pub(crate) struct Pace {
    recent: VecDeque<Instant>,
    /// Until when each person's messages are paid for.
    pairs: HashMap<String, Instant>,
}

impl Pace {
    /// Lets one message pass, or says which limit it meets. A refused one counts nowhere.
    pub(crate) fn admit(
        &mut self,
        options: &WhatsappOptions,
        to: &str,
        now: Instant,
    ) -> Result<(), GraphError> {
        if !options.limits {
            return Ok(());
        }
        while self.recent.front().is_some_and(|at| now - *at >= SECOND) {
            self.recent.pop_front();
        }
        if self.recent.len() >= options.per_second {
            let why = "Cloud API message throughput has been reached.";
            return Err(GraphError::broken("throughput", 130_429, why));
        }
        let paid = self.pairs.get(to).copied().unwrap_or(now).max(now);
        let credit = PAIR * options.pair_burst.saturating_sub(1);
        if paid > now + credit + SLACK {
            let why =
                "Too many messages sent from this phone number to the same recipient in a short period.";
            return Err(GraphError::broken("pair_rate", 131_056, why));
        }
        self.recent.push_back(now);
        self.pairs.insert(to.to_owned(), paid + PAIR);
        Ok(())
    }
}
