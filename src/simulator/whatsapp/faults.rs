//! Faults ordered of the Cloud API: the next calls, messages or webhooks go wrong in a named way.

use serde::{Deserialize, Serialize};

use crate::simulator::chance::Chance;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Wrong {
    /// The call is refused with `code`.
    Refused,
    /// The message is accepted, and a status says later that it failed with `code`.
    Fails,
    /// The message is accepted, and nothing is ever heard of it.
    Lost,
    /// A server error without a body that could be read.
    Broken,
    /// Nothing happens for `ms`, then the connection ends without an answer.
    Timeout,
    /// The connection ends before anything was done.
    DropBefore,
    /// The call is carried out, and its answer is lost.
    DropAfter,
    /// The call is carried out `ms` later.
    Latency,
    /// A download ends in the middle.
    Cut,
}

/// An order for the next `count` matching calls, or for `rate` of a hundred of them.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    pub(crate) kind: Wrong,
    /// `messages` when it is not said; `media`, `media_url`, `download`, `message_templates`, …, or `webhook` for
    /// deliveries to the business.
    #[serde(default)]
    pub(crate) call: Option<String>,
    /// Only messages to this person.
    #[serde(default)]
    pub(crate) person: Option<i64>,
    /// Only messages of this type.
    #[serde(default)]
    pub(crate) message: Option<String>,
    #[serde(default)]
    pub(crate) code: Option<u32>,
    /// Another HTTP status than the code's usual one.
    #[serde(default)]
    pub(crate) http: Option<u16>,
    #[serde(default)]
    pub(crate) ms: Option<u64>,
    /// One when it is not said, and without end with a rate.
    #[serde(default)]
    pub(crate) count: Option<u64>,
    #[serde(default)]
    pub(crate) rate: Option<u8>,
    #[serde(default)]
    pub(crate) seed: u64,
}

#[derive(Default)]
pub(crate) struct Faults {
    ordered: Vec<(Fault, Chance)>,
}

/// The call that orders mean when they name none.
const MESSAGES: &str = "messages";
/// The name under which orders speak of deliveries to the business.
pub(crate) const WEBHOOK: &str = "webhook";

impl Faults {
    pub(crate) fn order(&mut self, mut fault: Fault) {
        fault.count = fault.count.or(fault.rate.is_none().then_some(1));
        let chance = Chance::new(fault.seed);
        self.ordered.push((fault, chance));
    }

    pub(crate) fn clear(&mut self) {
        self.ordered.clear();
    }

    pub(crate) fn ordered(&self) -> impl Iterator<Item = &Fault> {
        self.ordered.iter().map(|(fault, _)| fault)
    }

    /// Uses up one fault for this call, the oldest order first.
    pub(crate) fn take(&mut self, call: &str, person: Option<i64>, message: &str) -> Option<Fault> {
        let found = self.ordered.iter_mut().position(|(fault, chance)| {
            fault.call.as_deref().unwrap_or(MESSAGES) == call
                && (fault.person.is_none() || fault.person == person)
                && fault.message.as_deref().is_none_or(|wanted| wanted == message)
                && fault.rate.is_none_or(|rate| chance.percent(rate))
        })?;
        let (fault, _) = &mut self.ordered[found];
        fault.count = fault.count.map(|count| count.saturating_sub(1));
        let taken = fault.clone();
        if taken.count == Some(0) {
            self.ordered.remove(found);
        }
        Some(taken)
    }
}
