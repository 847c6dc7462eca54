//! A bad signal: what someone does reaches the bot late, twice, and out of order.
//!
//! `message_id`, `date` and, with a webhook, `update_id` are those of the sending. Polling confirms everything
//! below an offset, so there an update gets its id when it gets through, in order and once.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::simulator::acts::{Done, missing};
use crate::simulator::chance::Chance;
use crate::simulator::updates::Line;
use crate::simulator::world::World;

/// So many updates are shuffled among each other.
const BATCH: u64 = 5;

/// How bad a signal is.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Badness {
    /// Updates come this much later, in milliseconds; at most, when they are shuffled.
    #[serde(default = "late")]
    pub(crate) late_ms: u64,
    /// Of a hundred updates, this many are delivered twice.
    #[serde(default)]
    pub(crate) doubled: u8,
    #[serde(default)]
    pub(crate) shuffled: bool,
    /// The same seed shuffles and doubles in the same way.
    #[serde(default)]
    pub(crate) seed: u64,
}

fn late() -> u64 {
    800
}

pub(crate) struct Signal {
    pub(crate) how: Badness,
    chance: Chance,
    /// Places in the batch that are still free.
    places: Vec<u64>,
    /// Nothing that is not shuffled gets through before this.
    until: Option<Instant>,
}

impl Signal {
    fn new(how: Badness) -> Self {
        Self {
            how,
            chance: Chance::new(how.seed),
            places: Vec::new(),
            until: None,
        }
    }

    /// When the next update gets through, once or twice.
    fn due(&mut self, now: Instant) -> (Instant, Option<Instant>) {
        let late = Duration::from_millis(self.how.late_ms);
        let first = if self.how.shuffled {
            if self.places.is_empty() {
                self.places = (1..=BATCH).collect();
            }
            let free = u64::try_from(self.places.len()).unwrap_or(1);
            let chosen = usize::try_from(self.chance.below(free)).unwrap_or(0);
            let place = self.places.swap_remove(chosen);
            now + Duration::from_millis(self.how.late_ms * place / BATCH)
        } else {
            // In the order of sending, also when the delay has just become shorter.
            let due = self.until.map_or(now + late, |until| until.max(now + late));
            self.until = Some(due);
            due
        };
        let twice = self.chance.percent(self.how.doubled);
        let again = Duration::from_millis(self.chance.below(self.how.late_ms + 1));
        (first, twice.then(|| first + again))
    }
}

impl World {
    /// Makes someone's signal bad, or good again; what was held back then comes at once.
    pub(crate) fn set_signal(&mut self, person: i64, how: Option<Badness>) -> Done<()> {
        if !self.people.contains_key(&person) {
            return missing("nobody has this id");
        }
        match how {
            Some(how) => {
                self.signals.insert(person, Signal::new(how));
            }
            None => {
                self.signals.remove(&person);
                self.updates.release_of(person);
            }
        }
        self.changed("person", Some(person));
        self.deliver();
        Ok(())
    }

    /// Whether what someone does may arrive twice.
    pub(crate) fn may_double(&self, person: i64) -> bool {
        self.signals
            .get(&person)
            .is_some_and(|signal| signal.how.doubled > 0)
    }

    /// Sends an update of someone's doing on its way, as far as his signal lets it.
    pub(crate) fn update_from(
        &mut self,
        person: i64,
        kind: &str,
        value: &Value,
        line: Line,
        expiry: Option<Duration>,
    ) -> Option<i64> {
        if !self.signals.contains_key(&person) {
            return self.update(kind, value, line, expiry);
        }
        if !self.wants(kind) {
            return None;
        }
        let now = Instant::now();
        let expires = expiry.map(|expiry| now + expiry);
        let pushed = self.webhook.is_some();
        let (first, again) = self.signals.get_mut(&person)?.due(now);
        let mut update = json!({kind: value});
        let id = pushed.then(|| self.updates.next_id());
        if let Some(id) = id {
            update["update_id"] = json!(id);
        }
        if let Some(again) = again.filter(|_| pushed) {
            self.updates.hold(person, update.clone(), line, expires, again);
        }
        self.updates.hold(person, update, line, expires, first);
        self.deliver();
        id
    }
}
