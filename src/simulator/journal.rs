//! What the bot called, and which of the service's rules it broke; both bounded.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;
use serde_json::Value;

/// One call of the Bot API, however it came.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Call {
    pub(crate) seq: u64,
    /// Milliseconds since the simulator started.
    pub(crate) at: f64,
    pub(crate) took_ms: f64,
    pub(crate) method: String,
    /// `http`, or `webhook` for a call in the body of a webhook's answer.
    pub(crate) via: &'static str,
    pub(crate) params: Value,
    pub(crate) status: u16,
    /// The `result`, or the whole refusal.
    pub(crate) result: Value,
}

/// Something that a sound bot never does.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Violation {
    pub(crate) seq: u64,
    pub(crate) at: f64,
    pub(crate) kind: &'static str,
    pub(crate) method: String,
    pub(crate) chat_id: Option<i64>,
    pub(crate) detail: String,
}

/// Newest last. Sequence numbers run on when old entries have gone.
#[derive(Default)]
pub(crate) struct Journal {
    calls: VecDeque<Call>,
    violations: VecDeque<Violation>,
    counts: BTreeMap<&'static str, u64>,
    last_call: u64,
    last_violation: u64,
}

impl Journal {
    pub(crate) fn call(&mut self, mut call: Call, kept: usize) {
        self.last_call += 1;
        call.seq = self.last_call;
        self.calls.push_back(call);
        while self.calls.len() > kept {
            self.calls.pop_front();
        }
    }

    pub(crate) fn violation(&mut self, mut violation: Violation, kept: usize) {
        self.last_violation += 1;
        violation.seq = self.last_violation;
        *self.counts.entry(violation.kind).or_default() += 1;
        self.violations.push_back(violation);
        while self.violations.len() > kept {
            self.violations.pop_front();
        }
    }

    pub(crate) fn clear(&mut self) {
        self.calls.clear();
        self.violations.clear();
        self.counts.clear();
    }

    /// Calls after a sequence number, oldest first.
    pub(crate) fn calls_since(&self, since: u64) -> impl Iterator<Item = &Call> {
        let from = self.calls.partition_point(|call| call.seq <= since);
        self.calls.range(from..)
    }

    pub(crate) fn violations_since(&self, since: u64) -> impl Iterator<Item = &Violation> {
        let from = self
            .violations
            .partition_point(|violation| violation.seq <= since);
        self.violations.range(from..)
    }

    /// How often each kind of rule was broken, ever.
    pub(crate) fn counts(&self) -> &BTreeMap<&'static str, u64> {
        &self.counts
    }

    pub(crate) fn call_count(&self) -> u64 {
        self.last_call
    }

    pub(crate) fn violation_count(&self) -> u64 {
        self.last_violation
    }
}
