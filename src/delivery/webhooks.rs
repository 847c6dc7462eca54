//! What a service posts: kept before it is answered, then handled event by event, in order for each person.

mod lines;
mod worker;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use dialogues::arrival::Arrival;
use dialogues::receipt::Receipt;
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use crate::app::conversation::{App, webhooks};
use crate::delivery::inbox::told;

/// Where a channel hands over what was posted.
#[derive(Debug, Clone)]
pub struct Desk {
    app: App,
    channel: &'static str,
}

/// What became of a posted body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    New,
    /// The same bytes were posted before.
    Known,
    /// The database is away: nothing is kept.
    Busy,
}

/// One thing that a body says.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The service's own id of it; a repeat changes nothing.
    pub external_id: String,
    /// By which it is known whose it is: events that share a name are handled one after the other.
    pub names: Vec<String>,
    /// This event alone, as a body: so it is kept when it breaks something, and read again.
    pub raw: Raw,
    pub what: What,
}

/// An event alone, as a body. It is written when somebody asks for it, which hardly anybody does: a thousand events
/// of one body must not weigh a thousand bodies.
#[derive(Clone)]
pub struct Raw(Arc<dyn Fn() -> String + Send + Sync>);

impl Raw {
    /// Written by this when it is needed.
    pub fn new(write: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(write))
    }

    /// The body.
    pub fn text(&self) -> String {
        (self.0)()
    }
}

impl From<String> for Raw {
    fn from(text: String) -> Self {
        Self::new(move || text.clone())
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Raw(…)")
    }
}

impl PartialEq for Raw {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

/// What is to be handled.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    Arrival(Box<Arrival>),
    Receipt(Box<Receipt>),
    /// It makes no sense; with why.
    Unreadable(String),
}

impl Event {
    /// A short mark of some bytes, for what has no id.
    pub fn mark(raw: &str) -> String {
        let mut mark = format!("{:x}", Sha256::digest(raw.as_bytes()));
        mark.truncate(32);
        mark
    }
}

impl Desk {
    /// The desk of a channel in this process.
    pub fn new(app: App, channel: &'static str) -> Self {
        Self { app, channel }
    }

    /// Keeps a body, durably.
    pub async fn keep(&self, raw: impl Into<Bytes>) -> Kept {
        match webhooks::keep(&self.app, self.channel, raw.into().into()).await {
            Ok(true) => Kept::New,
            Ok(false) => Kept::Known,
            Err(error) => {
                tracing::error!(
                    channel = self.channel,
                    error = told(&error),
                    "a posted body cannot be kept"
                );
                Kept::Busy
            }
        }
    }
}

/// Handles what was posted until `shutdown`, and tries again what a person asked to. `read` turns a body into
/// events, in the order in which they are to be handled. Any number of processes may run it side by side: one
/// of them works at a time.
pub async fn run<R>(app: App, channel: &'static str, read: R, shutdown: CancellationToken)
where
    R: Fn(&[u8], DateTime<Utc>) -> Result<Vec<Event>, String> + Send + Sync,
{
    worker::Worker::new(app, channel, read).run(shutdown).await;
}
