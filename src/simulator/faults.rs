//! Faults that a test or a curious person orders: the next calls of a kind go wrong in a named way.

use serde::{Deserialize, Serialize};

use crate::simulator::chance::Chance;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum FaultKind {
    /// Too many requests; the chat (or the bot) must be quiet for `retry_after` seconds.
    #[serde(rename = "429")]
    TooMany,
    #[serde(rename = "500")]
    Broken,
    /// The file is "temporarily unavailable".
    #[serde(rename = "400")]
    Bad,
    #[serde(rename = "404")]
    Missing,
    #[serde(rename = "403")]
    Blocked,
    /// Nothing happens for `ms`, then the connection ends without an answer.
    #[serde(rename = "timeout")]
    Timeout,
    /// The connection ends before anything was done.
    #[serde(rename = "drop-before")]
    DropBefore,
    /// The call is carried out, and its answer is lost.
    #[serde(rename = "drop-after")]
    DropAfter,
    /// The call is carried out `ms` later.
    #[serde(rename = "latency")]
    Latency,
    /// A download's connection ends in the middle of the body.
    #[serde(rename = "cut")]
    Cut,
    /// A download stops in the middle of the body for `ms`, and ends then.
    #[serde(rename = "stall")]
    Stall,
}

/// An order for the next `count` matching calls, or for `rate` of a hundred of them. The method `webhook` means
/// deliveries to the bot: with `drop-after` its 2xx is lost, with `drop-before` the update never reaches it. The
/// method `download` means the bytes of files.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    #[serde(default)]
    pub(crate) method: Option<String>,
    #[serde(default)]
    pub(crate) chat_id: Option<i64>,
    #[serde(default)]
    pub(crate) retry_after: Option<u64>,
    #[serde(default)]
    pub(crate) ms: Option<u64>,
    /// One when it is not said, and without end with a rate.
    #[serde(default)]
    pub(crate) count: Option<u64>,
    /// Of a hundred matching calls, this many; drawn from `seed`.
    #[serde(default)]
    pub(crate) rate: Option<u8>,
    #[serde(default)]
    pub(crate) seed: u64,
}

#[derive(Default)]
pub(crate) struct Faults {
    ordered: Vec<Fault>,
    chances: Vec<Chance>,
}

/// The name under which faults speak of deliveries to the bot.
pub(crate) const WEBHOOK: &str = "webhook";
/// The name under which faults speak of the bytes of files.
pub(crate) const DOWNLOAD: &str = "download";

impl Faults {
    pub(crate) fn order(&mut self, mut fault: Fault) {
        fault.count = fault.count.or(fault.rate.is_none().then_some(1));
        self.chances.push(Chance::new(fault.seed));
        self.ordered.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn ordered(&self) -> &[Fault] {
        &self.ordered
    }

    /// Uses up one fault for this call, the oldest order first. An order without a method means any method of the
    /// Bot API but polls.
    pub(crate) fn take(&mut self, method: &str, chat_id: Option<i64>) -> Option<Fault> {
        let Self { ordered, chances } = self;
        let found = ordered.iter().zip(chances).position(|(fault, chance)| {
            let method_fits = match &fault.method {
                Some(wanted) => wanted.eq_ignore_ascii_case(method),
                None => ![WEBHOOK, DOWNLOAD, "getUpdates"].contains(&method),
            };
            let fits = method_fits && (fault.chat_id.is_none() || fault.chat_id == chat_id);
            fits && fault.rate.is_none_or(|rate| chance.percent(rate))
        })?;
        let fault = self.ordered.get_mut(found)?;
        fault.count = fault.count.map(|count| count.saturating_sub(1));
        let taken = fault.clone();
        if taken.count == Some(0) {
            self.ordered.remove(found);
            self.chances.remove(found);
        }
        Some(taken)
    }
}
