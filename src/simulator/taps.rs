//! Taps on inline buttons: the callback queries, and what the bot answered to each.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tokio::time::Instant;

/// What the person saw after his tap.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Answer {
    /// Milliseconds since the simulator started.
    pub(crate) at: f64,
    pub(crate) text: String,
    pub(crate) show_alert: bool,
    pub(crate) url: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Tap {
    pub(crate) seq: u64,
    pub(crate) callback_query_id: String,
    pub(crate) person: i64,
    pub(crate) chat_id: i64,
    pub(crate) message_id: i64,
    pub(crate) label: String,
    pub(crate) data: String,
    pub(crate) update_id: Option<i64>,
    pub(crate) at: f64,
    pub(crate) answer: Option<Answer>,
    /// Undelivered for too long: the service gave up, and nobody will answer.
    pub(crate) dropped: bool,
    /// It was delivered more than once, so that a second answer to it breaks no rule.
    pub(crate) repeated: bool,
    #[serde(skip)]
    pub(crate) born: Instant,
}

/// All taps that are remembered, oldest first.
#[derive(Default)]
pub(crate) struct Taps {
    kept: BTreeMap<u64, Tap>,
    /// Numbers of those that wait for their answer.
    waiting: BTreeSet<u64>,
    last: u64,
}

/// Query ids are this far above their number, so that they look like the service's and never like a message id.
const ID_BASE: u64 = 4_380_000_000_000;

impl Taps {
    /// The number and the query id of the next tap.
    pub(crate) fn next(&mut self) -> (u64, String) {
        self.last += 1;
        (self.last, (ID_BASE + self.last).to_string())
    }

    /// Notes that an update is delivered again, if it is a tap.
    pub(crate) fn note_repeated(&mut self, update: &serde_json::Value) {
        let query = update["callback_query"]["id"].as_str().unwrap_or_default();
        if let Some(tap) = self.by_query(query) {
            tap.repeated = true;
        }
    }

    pub(crate) fn add(&mut self, tap: Tap, most: usize) {
        self.waiting.insert(tap.seq);
        self.kept.insert(tap.seq, tap);
        while self.kept.len() > most {
            if let Some((seq, _)) = self.kept.pop_first() {
                self.waiting.remove(&seq);
            }
        }
    }

    /// Nobody waits for an answer to this tap any more.
    pub(crate) fn settled(&mut self, seq: u64) {
        self.waiting.remove(&seq);
    }

    pub(crate) fn by_query(&mut self, query_id: &str) -> Option<&mut Tap> {
        let seq = query_id.parse::<u64>().ok()?.checked_sub(ID_BASE)?;
        self.kept.get_mut(&seq)
    }

    pub(crate) fn clear(&mut self) {
        self.kept.clear();
        self.waiting.clear();
    }

    /// Taps after a number, oldest first.
    pub(crate) fn since(&self, seq: u64) -> impl DoubleEndedIterator<Item = &Tap> {
        self.kept.range(seq.saturating_add(1)..).map(|(_, tap)| tap)
    }

    /// Taps that still wait for their answer.
    pub(crate) fn unanswered(&self) -> usize {
        self.waiting.len()
    }
}
