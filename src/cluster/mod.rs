//! What replicas share: waking a worker, who leads, a service's limits, what just changed.
//!
//! All truth is in the database. Losing what is here slows things down and loses nothing.

mod local;

use tokio::sync::broadcast;

use crate::cluster::local::Local;

/// A worker that can be woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Messages wait to be sent.
    Outbox,
    /// Inputs wait to be tried again.
    Inbox,
}

/// Something changed, for whoever is looking at it. A hint: what it is now is in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    Tickets,
}

/// One process alone, or many that share Redis.
#[derive(Debug, Clone)]
pub enum Cluster {
    Local(Local),
}

impl Cluster {
    /// One process, alone.
    pub fn local() -> Self {
        Self::Local(Local::new())
    }

    /// Wakes the workers of this topic, in every process.
    pub fn wake(&self, topic: Topic) {
        match self {
            Self::Local(local) => local.wake(topic),
        }
    }

    /// Waits until the topic is woken; a wake-up that came since the last wait counts.
    pub async fn woken(&self, topic: Topic) {
        match self {
            Self::Local(local) => local.woken(topic).await,
        }
    }

    /// Tells every process what changed.
    pub fn publish(&self, change: Change) {
        match self {
            Self::Local(local) => local.publish(change),
        }
    }

    /// Hears what changes from now on.
    pub fn watch(&self) -> broadcast::Receiver<Change> {
        match self {
            Self::Local(local) => local.watch(),
        }
    }

    /// Whether this process does the task's scheduled work for now.
    #[expect(clippy::unused_async, reason = "replicas ask each other")]
    pub async fn lead(&self, _task: &str) -> bool {
        match self {
            Self::Local(_) => true,
        }
    }
}
