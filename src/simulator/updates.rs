//! Updates on their way to the bot: one line per chat and per tapping person, one in flight in each.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

/// Whose turn an update waits for. Messages stand in line per chat, taps per person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Line {
    Chat(i64),
    Person(i64),
}

/// What is posted to the bot.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    Update(Arc<Value>),
    /// Bytes that a test wants posted as they are; polling cannot carry them.
    Raw(Arc<str>),
}

#[derive(Clone, Debug)]
struct Pending {
    body: Body,
    line: Line,
    failures: u32,
    expires: Option<Instant>,
}

/// An update on a bad line; it has no id yet when it is to be polled.
#[derive(Clone, Debug)]
struct Held {
    person: i64,
    update: Value,
    line: Line,
    expires: Option<Instant>,
}

/// An update taken for delivery. It must come back through `delivered` or `failed`.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    pub(crate) key: u64,
    pub(crate) body: Body,
    pub(crate) line: Line,
}

/// Where a line of updates stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In `ready`, or about to be put there.
    Ready,
    /// Its first update is with the bot.
    Busy,
    /// In `later`, after a failure.
    Later,
}

struct Queue {
    /// Keys of updates; those that are gone from `pending` are skipped.
    keys: VecDeque<u64>,
    place: Place,
}

/// The updates, in the order in which they came.
pub(crate) struct Updates {
    pending: BTreeMap<u64, Pending>,
    /// What a bad signal holds back, by the moment when it gets through.
    held: BTreeMap<(Instant, u64), Held>,
    lines: HashMap<Line, Queue>,
    ready: VecDeque<Line>,
    later: BTreeMap<(Instant, u64), Line>,
    history: VecDeque<(i64, Line, Arc<Value>)>,
    last_key: u64,
    last_id: i64,
    pub(crate) paused: bool,
}

/// The first update's id; the service starts anywhere.
const FIRST_ID: i64 = 730_000_000;

impl Default for Updates {
    fn default() -> Self {
        Self {
            pending: BTreeMap::new(),
            held: BTreeMap::new(),
            lines: HashMap::new(),
            ready: VecDeque::new(),
            later: BTreeMap::new(),
            history: VecDeque::new(),
            last_key: 0,
            last_id: FIRST_ID,
            paused: false,
        }
    }
}

impl Updates {
    /// An id for a new update.
    pub(crate) fn next_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    /// Makes the next id larger than one that came from outside.
    pub(crate) fn seen_id(&mut self, id: i64) {
        self.last_id = self.last_id.max(id);
    }

    /// Puts an update at the end of its line; it is forgotten when it expires undelivered.
    pub(crate) fn push(&mut self, body: Body, line: Line, expires: Option<Instant>) {
        self.last_key += 1;
        let key = self.last_key;
        self.pending.insert(
            key,
            Pending {
                body,
                line,
                failures: 0,
                expires,
            },
        );
        let queue = self.lines.entry(line).or_insert_with(|| {
            self.ready.push_back(line);
            Queue {
                keys: VecDeque::new(),
                place: Place::Ready,
            }
        });
        // Polling confirms updates without touching the lines.
        while queue
            .keys
            .front()
            .is_some_and(|first| !self.pending.contains_key(first))
        {
            queue.keys.pop_front();
        }
        queue.keys.push_back(key);
    }

    /// Keeps an update of someone until a bad signal lets it through.
    pub(crate) fn hold(
        &mut self,
        person: i64,
        update: Value,
        line: Line,
        expires: Option<Instant>,
        due: Instant,
    ) {
        self.last_key += 1;
        let held = Held {
            person,
            update,
            line,
            expires,
        };
        self.held.insert((due, self.last_key), held);
    }

    /// Someone's signal is good again: what was held back of him comes now, in the order in which it was due.
    pub(crate) fn release_of(&mut self, person: i64) {
        let his: Vec<(Instant, u64)> = self
            .held
            .iter()
            .filter(|(_, held)| held.person == person)
            .map(|(key, _)| *key)
            .collect();
        for key in his {
            if let Some(held) = self.held.remove(&key) {
                self.let_through(held);
            }
        }
    }

    fn release(&mut self, now: Instant) {
        while let Some(entry) = self.held.first_entry() {
            if entry.key().0 > now {
                return;
            }
            let held = entry.remove();
            self.let_through(held);
        }
    }

    fn let_through(&mut self, held: Held) {
        let mut update = held.update;
        if update.get("update_id").is_none() {
            update["update_id"] = json!(self.next_id());
        }
        self.push(Body::Update(Arc::new(update)), held.line, held.expires);
    }

    pub(crate) fn len(&self) -> usize {
        self.pending.len() + self.held.len()
    }

    pub(crate) fn in_flight(&self) -> usize {
        self.lines
            .values()
            .filter(|queue| queue.place == Place::Busy)
            .count()
    }

    /// Takes the next update whose line is free. Expired taps go to `dropped`.
    pub(crate) fn take(&mut self, now: Instant, dropped: &mut Vec<Arc<Value>>) -> Option<Parcel> {
        if self.paused {
            return None;
        }
        self.release(now);
        while let Some(entry) = self.later.first_entry() {
            if entry.key().0 > now {
                break;
            }
            let line = entry.remove();
            self.put(line, Place::Ready);
            self.ready.push_back(line);
        }
        while let Some(line) = self.ready.pop_front() {
            if let Some(parcel) = self.head(line, now, dropped) {
                self.put(line, Place::Busy);
                return Some(parcel);
            }
        }
        None
    }

    fn head(&mut self, line: Line, now: Instant, dropped: &mut Vec<Arc<Value>>) -> Option<Parcel> {
        let waiting = &mut self.lines.get_mut(&line)?.keys;
        while let Some(key) = waiting.front().copied() {
            let Some(update) = self.pending.get(&key) else {
                waiting.pop_front();
                continue;
            };
            if update.expires.is_some_and(|at| at <= now) {
                if let Some(Pending {
                    body: Body::Update(value),
                    ..
                }) = self.pending.remove(&key)
                {
                    dropped.push(value);
                }
                waiting.pop_front();
                continue;
            }
            return Some(Parcel {
                key,
                body: update.body.clone(),
                line,
            });
        }
        self.lines.remove(&line);
        None
    }

    /// When the first line that waits after a failure, or the first update on a bad line, is due.
    pub(crate) fn wake_at(&self) -> Option<Instant> {
        let later = self.later.first_key_value().map(|((at, _), _)| *at);
        let held = self.held.first_key_value().map(|((at, _), _)| *at);
        later.into_iter().chain(held).min().filter(|_| !self.paused)
    }

    /// When the first update on a bad line is due; for polling, which waits for nothing else.
    pub(crate) fn held_until(&self) -> Option<Instant> {
        let held = self.held.first_key_value().map(|((at, _), _)| *at);
        held.filter(|_| !self.paused)
    }

    /// The bot has it: the line moves on.
    pub(crate) fn delivered(&mut self, parcel: &Parcel, kept: usize) {
        if self.pending.remove(&parcel.key).is_some() {
            self.remember(parcel.line, &parcel.body, kept);
        }
        self.free(parcel.line);
    }

    /// The bot does not have it: the line waits, at first not at all, then 2, 4, 8 … seconds times `scale`.
    pub(crate) fn failed(&mut self, parcel: &Parcel, scale: f64, told: Option<Duration>, now: Instant) {
        let Some(update) = self.pending.get_mut(&parcel.key) else {
            self.free(parcel.line);
            return;
        };
        update.failures += 1;
        let wait = told.unwrap_or_else(|| backoff(update.failures).mul_f64(scale));
        self.later.insert((now + wait, parcel.key), parcel.line);
        self.put(parcel.line, Place::Later);
    }

    fn free(&mut self, line: Line) {
        self.put(line, Place::Ready);
        self.ready.push_back(line);
    }

    fn put(&mut self, line: Line, place: Place) {
        if let Some(queue) = self.lines.get_mut(&line) {
            queue.place = place;
        }
    }

    fn remember(&mut self, line: Line, body: &Body, kept: usize) {
        let Body::Update(update) = body else { return };
        if let Some(id) = update["update_id"].as_i64() {
            self.history.push_back((id, line, Arc::clone(update)));
        }
        while self.history.len() > kept {
            self.history.pop_front();
        }
    }

    /// A delivered update, for delivering it again.
    pub(crate) fn past(&self, id: i64) -> Option<(Line, Arc<Value>)> {
        let found = self.history.iter().rev().find(|(past, ..)| *past == id)?;
        Some((found.1, Arc::clone(&found.2)))
    }

    /// Up to `limit` undelivered updates, in order; for polling, which knows no lines. Expired taps go to `dropped`.
    pub(crate) fn peek(
        &mut self,
        limit: usize,
        now: Instant,
        dropped: &mut Vec<Arc<Value>>,
    ) -> Vec<Arc<Value>> {
        if self.paused {
            return Vec::new();
        }
        self.release(now);
        self.pending.retain(|_, update| {
            let expired = update.expires.is_some_and(|at| at <= now);
            if let (true, Body::Update(value)) = (expired, &update.body) {
                dropped.push(Arc::clone(value));
            }
            !expired && matches!(update.body, Body::Update(_))
        });
        let bodies = self.pending.values().filter_map(|update| match &update.body {
            Body::Update(value) => Some(Arc::clone(value)),
            Body::Raw(_) => None,
        });
        bodies.take(limit).collect()
    }

    /// Polling confirms everything with an id below `offset`.
    pub(crate) fn confirm(&mut self, offset: i64, kept: usize) {
        let confirmed: Vec<u64> = self
            .pending
            .iter()
            .filter(|(_, update)| match &update.body {
                Body::Update(value) => value["update_id"].as_i64().is_none_or(|id| id < offset),
                Body::Raw(_) => true,
            })
            .map(|(key, _)| *key)
            .collect();
        for key in confirmed {
            if let Some(update) = self.pending.remove(&key) {
                self.remember(update.line, &update.body, kept);
            }
        }
    }

    /// The id from which on there are `-offset` updates left.
    pub(crate) fn newest(&self, offset: i64) -> i64 {
        let back = usize::try_from(offset.saturating_neg()).unwrap_or(usize::MAX);
        let ids = self
            .pending
            .values()
            .rev()
            .filter_map(|update| match &update.body {
                Body::Update(value) => value["update_id"].as_i64(),
                Body::Raw(_) => None,
            });
        ids.take(back).last().unwrap_or(0)
    }

    /// Forgets everything that was not delivered.
    pub(crate) fn drop_pending(&mut self) {
        self.pending.clear();
        self.held.clear();
        self.later.clear();
        self.ready.clear();
        self.lines.retain(|_, queue| queue.place == Place::Busy);
    }
}

/// How long a line waits after so many failures in a row, before scaling.
fn backoff(failures: u32) -> Duration {
    match failures {
        0 | 1 => Duration::ZERO,
        2..=6 => Duration::from_secs(1 << (failures - 1)),
        // The service waits a random time of one to two minutes here.
        _ => Duration::from_secs(90),
    }
}
