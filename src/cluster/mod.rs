//! What replicas share: waking a worker, who leads, a service's limits, what just changed.
//!
//! All truth is in the database. Losing what is here slows things down and loses nothing.

mod limit;
mod local;
mod redis;

use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

pub use crate::cluster::limit::{Limit, Reserve};
use crate::cluster::local::Local;
pub use crate::cluster::redis::BadAddress;
use crate::cluster::redis::Redis;

/// A worker that can be woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Messages wait to be sent.
    Outbox,
    /// Inputs wait to be tried again.
    Inbox,
    /// Files wait to be fetched.
    Files,
    /// Posted bodies wait to be handled.
    Webhooks,
}

/// Something changed, for whoever is looking at it. A hint: what it is now is in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    Tickets,
    /// The company's settings.
    Settings,
}

/// How long a change that another process made is missed at most while nobody tells of it.
const LOOK: Duration = Duration::from_secs(5);

/// While the replicas cannot hear each other, whoever looks at tickets here looks again from time to time: nobody
/// tells what changed elsewhere.
async fn look_often(near: Local, is_apart: impl Fn() -> bool, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        if is_apart() {
            near.publish(Change::Tickets);
        }
    }
}

/// One process alone, or many that share Redis.
#[derive(Debug, Clone)]
pub enum Cluster {
    Local(Local),
    Redis(Redis),
}

impl Cluster {
    /// One process, alone.
    pub fn local() -> Self {
        Self::Local(Local::new())
    }

    /// Replicas that meet in Redis; every key and channel begins with `prefix`. Redis need not be there yet.
    ///
    /// Must be called inside the runtime; [`Cluster::run`] must be driven for anything to be shared.
    pub fn redis(url: &SecretString, prefix: &str) -> Result<Self, BadAddress> {
        Redis::new(url, prefix).map(Self::Redis)
    }

    /// Whether a Redis answers at this address; otherwise why not, without the address, which holds a secret.
    pub async fn reach(url: &SecretString) -> Result<(), String> {
        redis::reach(url).await
    }

    /// Keeps in touch with the other replicas until `shutdown`; then gives up what it leads.
    pub async fn run(self, shutdown: CancellationToken) {
        match self {
            Self::Local(_) => shutdown.cancelled().await,
            Self::Redis(redis) => {
                let near = redis.near().clone();
                let stop = shutdown.clone();
                let is_apart = {
                    let redis = redis.clone();
                    move || !redis.healthy()
                };
                tokio::join!(redis.run(shutdown), look_often(near, is_apart, stop));
            }
        }
    }

    /// Wakes the workers of this topic, in every process.
    pub fn wake(&self, topic: Topic) {
        match self {
            Self::Local(local) => local.wake(topic),
            Self::Redis(redis) => redis.wake(topic),
        }
    }

    /// Waits until the topic is woken, as the worker of this name (a channel's): each of them is. A wake-up
    /// that came since its last wait counts. One that another process sent may be lost with Redis: look from
    /// time to time.
    pub async fn woken(&self, topic: Topic, who: &'static str) {
        self.near().woken(topic, who).await;
    }

    /// Tells every process what changed.
    pub fn publish(&self, change: Change) {
        match self {
            Self::Local(local) => local.publish(change),
            Self::Redis(redis) => redis.publish(change),
        }
    }

    /// Hears what changes from now on.
    pub fn watch(&self) -> broadcast::Receiver<Change> {
        self.near().watch()
    }

    /// Whether this process leads a task: to be asked before each round of it, and cheap but for the first
    /// time. While Redis is away everyone leads: what is led must be harmless to do twice.
    pub async fn lead(&self, task: &'static str) -> bool {
        match self {
            Self::Local(_) => true,
            Self::Redis(redis) => redis.lead(task).await,
        }
    }

    /// Takes the next place under a limit that all replicas share, if it is no farther away than `patience`.
    /// While Redis is away each process counts for itself, more slowly.
    pub async fn reserve(&self, limit: &Limit, key: &str, patience: Duration) -> Reserve {
        match self {
            Self::Local(local) => local.reserve(limit, key, patience),
            Self::Redis(redis) => redis.reserve(limit, key, patience).await,
        }
    }

    /// Lets nothing pass under this key for so long, in any process.
    pub async fn postpone(&self, limit: &Limit, key: &str, by: Duration) {
        match self {
            Self::Local(local) => local.postpone(limit, key, by),
            Self::Redis(redis) => redis.postpone(limit, key, by).await,
        }
    }

    /// Whether the replicas can hear each other.
    pub fn healthy(&self) -> bool {
        match self {
            Self::Local(_) => true,
            Self::Redis(redis) => redis.healthy(),
        }
    }

    fn near(&self) -> &Local {
        match self {
            Self::Local(local) => local,
            Self::Redis(redis) => redis.near(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;
    use tokio_util::sync::CancellationToken;

    use crate::cluster::local::Local;
    use crate::cluster::{Change, look_often};

    #[tokio::test(start_paused = true)]
    async fn whoever_hears_nobody_looks_every_few_seconds() {
        for (is_apart, hints) in [(true, 12), (false, 0)] {
            let (near, stop) = (Local::new(), CancellationToken::new());
            let mut heard = near.watch();
            drop(timeout(Duration::from_secs(61), look_often(near, move || is_apart, stop)).await);
            let mut count = 0;
            while heard.try_recv() == Ok(Change::Tickets) {
                count += 1;
            }
            assert_eq!(count, hints);
        }
    }
}
