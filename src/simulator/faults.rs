//! Faults that a test or a curious person orders: the next calls of a kind go wrong in a named way.

use serde::{Deserialize, Serialize};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum FaultKind {
    /// Too many requests; the chat (or the bot) must be quiet for `retry_after` seconds.
    #[serde(rename = "429")]
    TooMany,
    #[serde(rename = "500")]
    Broken,
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
}

/// An order for the next `count` matching calls. The method `webhook` means deliveries to the bot: with
/// `drop-after` its 2xx is lost, with `drop-before` the update never reaches it.
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
    #[serde(default = "one")]
    pub(crate) count: u64,
}

fn one() -> u64 {
    1
}

#[derive(Default)]
pub(crate) struct Faults(Vec<Fault>);

/// The name under which faults speak of deliveries to the bot.
pub(crate) const WEBHOOK: &str = "webhook";

impl Faults {
    pub(crate) fn order(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn ordered(&self) -> &[Fault] {
        &self.0
    }

    /// Uses up one fault for this call, the oldest order first. An order without a method means any but deliveries.
    pub(crate) fn take(&mut self, method: &str, chat_id: Option<i64>) -> Option<Fault> {
        let found = self.0.iter().position(|fault| {
            let method_fits = match &fault.method {
                Some(wanted) => wanted.eq_ignore_ascii_case(method),
                None => method != WEBHOOK && method != "getUpdates",
            };
            method_fits && (fault.chat_id.is_none() || fault.chat_id == chat_id)
        })?;
        let fault = self.0.get_mut(found)?;
        fault.count = fault.count.saturating_sub(1);
        let taken = fault.clone();
        if taken.count == 0 {
            self.0.remove(found);
        }
        Some(taken)
    }
}
