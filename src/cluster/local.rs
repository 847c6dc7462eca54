//! One process: everything stays in memory.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, broadcast};

use crate::cluster::limit::{Gates, Limit, Reserve};
use crate::cluster::{Change, Topic};

/// The shared things of a process that is alone.
#[derive(Debug, Clone)]
pub struct Local {
    outbox: Arc<Notify>,
    inbox: Arc<Notify>,
    files: Arc<Notify>,
    changes: broadcast::Sender<Change>,
    gates: Arc<Gates>,
}

impl Local {
    pub(crate) fn new() -> Self {
        Self {
            outbox: Arc::default(),
            inbox: Arc::default(),
            files: Arc::default(),
            changes: broadcast::channel(64).0,
            gates: Arc::default(),
        }
    }

    fn topic(&self, topic: Topic) -> &Notify {
        match topic {
            Topic::Outbox => &self.outbox,
            Topic::Inbox => &self.inbox,
            Topic::Files => &self.files,
        }
    }

    pub(crate) fn wake(&self, topic: Topic) {
        self.topic(topic).notify_one();
    }

    pub(crate) async fn woken(&self, topic: Topic) {
        self.topic(topic).notified().await;
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
