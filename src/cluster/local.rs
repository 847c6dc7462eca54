//! One process: everything stays in memory.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, broadcast};

use crate::cluster::limit::{Gates, Limit, Reserve};
use crate::cluster::{Change, Topic};

/// The bells of workers, by topic and name.
#[derive(Debug, Default)]
struct Bells {
    hung: Vec<((Topic, &'static str), Arc<Notify>)>,
    /// What was woken before somebody came to wait for it.
    rung: Vec<Topic>,
}

/// The shared things of a process that is alone.
#[derive(Debug, Clone)]
pub struct Local {
    /// Who waits to be woken, by topic and name: a wake-up is for each of them.
    bells: Arc<Mutex<Bells>>,
    changes: broadcast::Sender<Change>,
    gates: Arc<Gates>,
}

impl Local {
    pub(crate) fn new() -> Self {
        Self {
            bells: Arc::default(),
            changes: broadcast::channel(64).0,
            gates: Arc::default(),
        }
    }

    pub(crate) fn wake(&self, topic: Topic) {
        let mut bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner);
        if !bells.rung.contains(&topic) {
            bells.rung.push(topic);
        }
        for (_, bell) in bells.hung.iter().filter(|((of, _), _)| *of == topic) {
            bell.notify_one();
        }
    }

    pub(crate) async fn woken(&self, topic: Topic, who: &'static str) {
        let bell = {
            let mut bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, bell)) = bells.hung.iter().find(|(of, _)| *of == (topic, who)) {
                Arc::clone(bell)
            } else {
                let bell = Arc::<Notify>::default();
                if bells.rung.contains(&topic) {
                    bell.notify_one();
                }
                bells.hung.push(((topic, who), Arc::clone(&bell)));
                bell
            }
        };
        bell.notified().await;
    }

    pub(crate) fn publish(&self, change: Change) {
        // Nobody watching is no error.
        drop(self.changes.send(change));
    }

    pub(crate) fn watch(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    pub(crate) fn reserve(&self, limit: &Limit, key: &str, patience: Duration) -> Reserve {
        self.gates.reserve(limit, key, patience)
    }

    pub(crate) fn postpone(&self, limit: &Limit, key: &str, by: Duration) {
        self.gates.postpone(limit, key, by);
    }
}
