//! Handling one input: once, for as long as it may take, with what breaks kept aside; and again when asked.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use chrono::{DateTime, Utc};
use dialogues::incoming::{Incoming, Intent};
use domain::person::Locale;
use futures::FutureExt;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::app::conversation::{self, App, CHANNEL, Error};
use crate::cluster::Topic;
use crate::delivery::render::toast;
use crate::store::inbox::{State, is_handled, move_kept, to_retry};

/// A handler that takes longer is broken: a service waits no longer than a minute for its 200.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often inputs to be tried again are looked for when nobody says so.
const LOOK: Duration = Duration::from_secs(5);
/// How many are tried again at a time.
const BATCH: u64 = 20;
/// The longest payload that is kept, in bytes.
const PAYLOAD: usize = 64 * 1024;

/// Where a channel hands over what came in.
#[derive(Debug, Clone)]
pub struct Desk {
    app: App,
}

/// The short answer to a press, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub words: String,
    /// Waits to be closed.
    pub alert: bool,
}

/// What became of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// Committed, now or earlier.
    Done(Option<Answer>),
    /// It broke, and is kept aside for a person to see; with what the sender may be told meanwhile.
    Held(Option<Answer>),
    /// The database is away: nothing happened, and the service should deliver it again.
    Busy,
}

impl Desk {
    /// The desk of this process.
    pub fn new(app: App) -> Self {
        Self { app }
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// Whether this process leads a task of a channel.
    pub async fn leads(&self, task: &'static str) -> bool {
        self.app.cluster.lead(task).await
    }

    /// The language of whoever has not chosen one.
    pub fn locale(&self) -> Locale {
        self.app.settings().company.locale
    }

    /// Notes the bot's user name, which invite links need. Only the first one counts.
    pub fn name_bot(&self, name: &str) {
        drop(self.app.bot.set(name.to_owned()));
    }

    /// The bot's user name, once it is known.
    pub fn bot_name(&self) -> Option<&str> {
        self.app.bot.get().map(String::as_str)
    }

    /// Handles one input in one transaction. A panic, a failure or a handler that takes too long keeps it
    /// aside with `raw`, what the service said.
    pub async fn take(&self, incoming: Incoming, raw: impl FnOnce() -> String) -> Taken {
        if incoming.intent == Intent::Ignore {
            return Taken::Done(None);
        }
        let is_press = matches!(incoming.intent, Intent::Press(_) | Intent::UnreadablePress);
        let locale = incoming.sender.locale.unwrap_or_else(|| self.locale());
        let external_id = incoming.external_id.clone();
        let error = match self.attempt(incoming).await {
            Ok(answer) => return Taken::Done(answer),
            Err(None) => return Taken::Busy,
            Err(Some(error)) => error,
        };
        tracing::error!(external_id, error, "an input is kept aside");
        match self.hold(&external_id, raw(), error).await {
            Taken::Held(_) if is_press => Taken::Held(Some(Answer {
                words: toast(&dialogues::text::Text::Trouble, locale),
                alert: true,
            })),
            taken => taken,
        }
    }

    /// Keeps aside what cannot be read.
    pub async fn hold(&self, external_id: &str, raw: String, error: String) -> Taken {
        metrics::counter!("inbox_held_total").increment(1);
        let payload = storable(raw);
        let held = conversation::hold(&self.app, CHANNEL, external_id, payload, storable(error));
        match AssertUnwindSafe(held).catch_unwind().await {
            Ok(Ok(())) => Taken::Held(None),
            Ok(Err(error)) => {
                tracing::error!(external_id, error = told(&error), "an input cannot be kept aside");
                Taken::Busy
            }
            Err(_) => Taken::Busy,
        }
    }

    /// The answer; `None`: the database is away; `Some`: what broke.
    async fn attempt(&self, incoming: Incoming) -> Result<Option<Answer>, Option<String>> {
        let work = AssertUnwindSafe(conversation::handle(&self.app, incoming)).catch_unwind();
        match timeout(PATIENCE, work).await {
            Ok(Ok(Ok(reply))) => Ok(reply.toast.map(|answer| Answer {
                words: toast(&answer.text, reply.locale),
                alert: answer.alert,
            })),
            Ok(Ok(Err(Error::Busy(_)))) => Err(None),
            Ok(Ok(Err(error))) => Err(Some(told(&error))),
            Ok(Err(panic)) => Err(Some(format!("panicked: {}", panic_words(panic.as_ref())))),
            Err(_) => Err(Some(format!("took longer than {} s", PATIENCE.as_secs()))),
        }
    }
}

/// Tries again what a person asked to, until `shutdown`. `read` turns what was kept into an input, as the
/// channel's router does; `Ok(None)`: it is not for us, after all.
pub async fn run<R>(app: App, channel: &'static str, read: R, shutdown: CancellationToken)
where
    R: Fn(&str, DateTime<Utc>) -> Result<Option<Incoming>, String> + Send + Sync,
{
    let desk = Desk::new(app);
    loop {
        let more = match to_retry(&desk.app.db, channel, BATCH).await {
            Ok(kept) => {
                let full = u64::try_from(kept.len()).is_ok_and(|count| count == BATCH);
                let mut moved = false;
                for input in kept {
                    moved |= desk.again(&input, &read).await;
                }
                full && moved
            }
            Err(error) => {
                tracing::debug!(error = %error, "the inbox cannot be read");
                false
            }
        };
        if more && !shutdown.is_cancelled() {
            continue;
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = desk.app.cluster.woken(Topic::Inbox, channel) => {}
            () = sleep(LOOK) => {}
        }
    }
}

impl Desk {
    /// Tries one kept input again. Whether it is out of the way, one way or the other.
    async fn again<R>(&self, kept: &crate::store::inbox::Kept, read: &R) -> bool
    where
        R: Fn(&str, DateTime<Utc>) -> Result<Option<Incoming>, String> + Send + Sync,
    {
        let payload = kept.payload.clone().unwrap_or_default();
        let taken = match read(&payload, kept.received_at) {
            Ok(Some(incoming)) => {
                // The id it was kept under, so that it takes over its own row.
                let incoming = Incoming {
                    external_id: kept.external_id.clone(),
                    ..incoming
                };
                self.take(incoming, || payload).await
            }
            Ok(None) => Taken::Done(None),
            Err(why) => self.hold(&kept.external_id, payload, why).await,
        };
        match taken {
            Taken::Busy => false,
            Taken::Held(_) => true,
            Taken::Done(_) => self.finish(kept).await,
        }
    }

    /// What changes nothing writes no row of its own; its kept row ends here.
    async fn finish(&self, kept: &crate::store::inbox::Kept) -> bool {
        let db = &self.app.db;
        match is_handled(db, &kept.channel, &kept.external_id).await {
            Ok(true) => return true,
            Ok(false) => {}
            Err(_) => return false,
        }
        let id = kept.id;
        let moved = self
            .app
            .db
            .write(move |tx| {
                move_kept(tx, id, State::Retry, State::Handled)
                    .map(|r| r.map_err(Error::from))
                    .boxed()
            })
            .await;
        moved.is_ok()
    }
}

/// The error with its causes.
pub(crate) fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// What a panic said.
pub(crate) fn panic_words(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a word")
}

/// As databases take it: no NUL, and not endless.
pub(crate) fn storable(mut text: String) -> String {
    if text.len() > PAYLOAD {
        let end = (0..=PAYLOAD)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0);
        text.truncate(end);
    }
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}")
    } else {
        text
    }
}
