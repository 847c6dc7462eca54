//! One process: everything stays in memory.

use std::sync::Arc;

use tokio::sync::{Notify, broadcast};

use crate::cluster::{Change, Topic};

/// The shared things of a process that is alone.
#[derive(Debug, Clone)]
pub struct Local {
    outbox: Arc<Notify>,
    inbox: Arc<Notify>,
    changes: broadcast::Sender<Change>,
}

impl Local {
    pub(crate) fn new() -> Self {
        Self {
            outbox: Arc::default(),
            inbox: Arc::default(),
            changes: broadcast::channel(64).0,
        }
    }

    fn topic(&self, topic: Topic) -> &Notify {
        match topic {
            Topic::Outbox => &self.outbox,
            Topic::Inbox => &self.inbox,
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
}
