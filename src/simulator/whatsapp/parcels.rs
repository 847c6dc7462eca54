//! Events on their way to the webhook: packed into bodies as they are due, doubled and shuffled when asked for.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::simulator::chance::Chance;

/// How events travel. The defaults are the kindest: one by one, at once, in order per person.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Manner {
    /// Most events in one body.
    pub(crate) batch: usize,
    /// Bodies of a hundred that come twice.
    pub(crate) doubled: u8,
    /// Events overtake each other, also those of one person.
    pub(crate) shuffled: bool,
    /// Each event sets out up to so many milliseconds late.
    pub(crate) late_ms: u64,
    pub(crate) seed: u64,
    /// Bodies on their way at once.
    pub(crate) most: usize,
    /// Nothing sets out.
    pub(crate) paused: bool,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            batch: 1,
            doubled: 0,
            shuffled: false,
            late_ms: 0,
            seed: 0,
            most: 20,
            paused: false,
        }
    }
}

/// How soon what could not go is looked at again.
const MOMENT: Duration = Duration::from_millis(5);

/// One change that the webhook hears of.
#[derive(Clone, Debug)]
struct Event {
    /// The person whom it is about.
    line: i64,
    field: String,
    value: Value,
    due: Instant,
}

/// A body on its way.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    pub(crate) number: u64,
    pub(crate) body: Arc<str>,
    lines: BTreeSet<i64>,
    attempts: u32,
    due: Instant,
}

/// Everything that has not arrived, and lately arrived bodies.
#[derive(Default)]
pub(crate) struct Parcels {
    manner: Manner,
    chance: Chance,
    waiting: VecDeque<Event>,
    /// Refused or doubled bodies, which hold nobody up.
    again: Vec<Parcel>,
    in_flight: BTreeMap<u64, BTreeSet<i64>>,
    past: VecDeque<Parcel>,
    last: u64,
}

impl Parcels {
    pub(crate) fn manner(&self) -> &Manner {
        &self.manner
    }

    /// From now on events travel in this way; those that were held back set out at once.
    pub(crate) fn travel(&mut self, manner: Manner, now: Instant) {
        self.chance = Chance::new(manner.seed);
        for event in &mut self.waiting {
            event.due = event.due.min(now);
        }
        self.manner = manner;
    }

    /// Nothing sets out, or everything goes on as before.
    pub(crate) fn pause(&mut self, paused: bool) {
        self.manner.paused = paused;
    }

    pub(crate) fn push(&mut self, line: i64, field: &str, value: Value, now: Instant) {
        let late = self.chance.below(self.manner.late_ms.saturating_add(1));
        self.waiting.push_back(Event {
            line,
            field: field.to_owned(),
            value,
            due: now + Duration::from_millis(late),
        });
    }

    /// What has not been taken yet.
    pub(crate) fn len(&self) -> usize {
        self.waiting.len() + self.again.len() + self.in_flight.len()
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
        self.again.clear();
        self.past.clear();
        self.manner = Manner::default();
    }

    /// The next body that may set out. `account` is the id that bodies bear.
    pub(crate) fn take(&mut self, account: &str, time: i64, now: Instant) -> Option<Parcel> {
        if self.manner.paused || self.in_flight.len() >= self.manner.most.max(1) {
            return None;
        }
        let ready = self.again.iter().position(|parcel| parcel.due <= now);
        let parcel = match ready {
            Some(at) => self.again.swap_remove(at),
            None => self.pack(account, time, now)?,
        };
        self.in_flight.insert(parcel.number, parcel.lines.clone());
        Some(parcel)
    }

    fn pack(&mut self, account: &str, time: i64, now: Instant) -> Option<Parcel> {
        let mut blocked: BTreeSet<i64> = self.in_flight.values().flatten().copied().collect();
        let mut picked = Vec::new();
        let mut left = VecDeque::with_capacity(self.waiting.len());
        let shuffled = self.manner.shuffled;
        let most = self.manner.batch.max(1);
        for event in self.waiting.drain(..) {
            let held = !shuffled && blocked.contains(&event.line);
            // Out of order: some wait for a later body though they could go.
            let passed = shuffled && self.chance.percent(40);
            if picked.len() < most && event.due <= now && !held && !passed {
                picked.push(event);
            } else {
                blocked.insert(event.line);
                left.push_back(event);
            }
        }
        self.waiting = left;
        if picked.is_empty() && shuffled {
            // Everyone let the others pass: then the last goes.
            let at = self.waiting.iter().rposition(|event| event.due <= now)?;
            picked.extend(self.waiting.remove(at));
        }
        if picked.is_empty() {
            return None;
        }
        if shuffled {
            for at in (1..picked.len()).rev() {
                let with = self.chance.below(u64::try_from(at + 1).unwrap_or(1));
                picked.swap(at, usize::try_from(with).unwrap_or_default());
            }
        }
        let lines = picked.iter().map(|event| event.line).collect();
        let body = written(&envelope(account, time, picked));
        self.last += 1;
        let parcel = Parcel {
            number: self.last,
            body: body.into(),
            lines,
            attempts: 0,
            due: now,
        };
        if self.chance.percent(self.manner.doubled) {
            self.repeat(
                &parcel,
                now + Duration::from_millis(self.chance.clone().below(50)),
            );
        }
        Some(parcel)
    }

    fn repeat(&mut self, parcel: &Parcel, due: Instant) {
        self.last += 1;
        self.again.push(Parcel {
            number: self.last,
            lines: BTreeSet::new(),
            due,
            attempts: 0,
            body: Arc::clone(&parcel.body),
        });
    }

    pub(crate) fn delivered(&mut self, parcel: &Parcel, kept: usize) {
        self.in_flight.remove(&parcel.number);
        self.past.push_back(parcel.clone());
        while self.past.len() > kept {
            self.past.pop_front();
        }
    }

    /// At once, then less and less often; nobody else waits for it.
    pub(crate) fn failed(&mut self, mut parcel: Parcel, scale: f64, now: Instant) {
        self.in_flight.remove(&parcel.number);
        let wait = match parcel.attempts {
            0 => 0.0,
            attempts => f64::from(2_u32.saturating_pow(attempts.min(12))),
        };
        parcel.attempts += 1;
        parcel.due = now + Duration::from_secs_f64((wait * scale).clamp(0.0, 3600.0));
        parcel.lines.clear();
        self.again.push(parcel);
    }

    /// Sends a body again that was taken before.
    pub(crate) fn redeliver(&mut self, number: u64, now: Instant) -> bool {
        let Some(parcel) = self.past.iter().find(|parcel| parcel.number == number).cloned() else {
            return false;
        };
        self.repeat(&parcel, now);
        true
    }

    /// Bodies that were taken, oldest first, with their numbers.
    pub(crate) fn past(&self) -> impl Iterator<Item = (u64, &str)> {
        self.past.iter().map(|parcel| (parcel.number, &*parcel.body))
    }

    /// When to look again, seen from now. What is due by now and could not go, because something else of that person
    /// is on its way or because it became due just after the last look, is looked at again in a moment.
    pub(crate) fn wake_at(&self, now: Instant) -> Option<Instant> {
        if self.manner.paused {
            return None;
        }
        let again = self.again.iter().map(|parcel| parcel.due);
        let soonest = again.chain(self.waiting.iter().map(|event| event.due)).min()?;
        Some(soonest.max(now + MOMENT))
    }
}

/// One body: neighbours of a kind share a change, as in the service's own batches.
fn envelope(account: &str, time: i64, events: Vec<Event>) -> Value {
    let mut changes: Vec<Value> = Vec::new();
    for event in events {
        let joined = changes
            .last_mut()
            .is_some_and(|change| join(change, &event.field, &event.value));
        if !joined {
            changes.push(json!({"field": event.field, "value": event.value}));
        }
    }
    json!({
        "object": "whatsapp_business_account",
        "entry": [{"id": account, "time": time, "changes": changes}],
    })
}

fn join(change: &mut Value, field: &str, value: &Value) -> bool {
    if field != "messages" || change["field"] != field {
        return false;
    }
    let Some(list) = ["messages", "statuses"]
        .into_iter()
        .find(|list| value.get(list).is_some() && change["value"].get(list).is_some())
    else {
        return false;
    };
    for list in [list, "contacts"] {
        let Some(more) = value[list].as_array() else {
            continue;
        };
        if let Some(all) = change["value"][list].as_array_mut() {
            for item in more {
                // A person of several messages is told of once.
                if list != "contacts" || !all.contains(item) {
                    all.push(item.clone());
                }
            }
        } else {
            change["value"][list] = json!(more);
        }
    }
    true
}

/// As the service writes JSON: slashes escaped, and everything beyond ASCII.
pub(crate) fn written(value: &Value) -> String {
    let plain = value.to_string();
    let mut out = String::with_capacity(plain.len());
    for character in plain.chars() {
        match character {
            '/' => out.push_str("\\/"),
            c if c.is_ascii() => out.push(c),
            c => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    write!(out, "\\u{unit:04x}").ok();
                }
            }
        }
    }
    out
}
