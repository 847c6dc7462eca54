//! Whether a channel takes messages at all: an alarm when it stops, and word when it goes on.

use chrono::{DateTime, Utc};
use dialogues::text::Code;
use dialogues::wire::Wire;
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::{App, Error, notices};
pub use crate::store::channels::Stopped;
use crate::store::{Tx, channels};

/// Whether a channel has stopped, and why: what the panel warns of.
pub async fn stopped(app: &App, channel: &str) -> Result<Option<Stopped>, Error> {
    Ok(channels::stopped(&app.db, channel).await?)
}

/// Notes that a channel takes nothing until somebody mends it; the admins hear of it once.
pub async fn stop(app: &App, channel: &'static str, why: &str, details: String) -> Result<(), Error> {
    let (app_, why) = (app.clone(), why.to_owned());
    let done = app
        .db
        .write(move |tx| async move { stop_in(&app_, tx, channel, &why, details).await }.boxed());
    let ((), effects) = done.await?;
    app.tell(&effects);
    Ok(())
}

pub(crate) async fn stop_in(
    app: &App,
    tx: &Tx,
    channel: &str,
    why: &str,
    details: String,
) -> Result<(), Error> {
    let at = app.now();
    let stopped = Stopped {
        since: at,
        why: why.to_owned(),
        details,
    };
    if !channels::stop(tx, channel, stopped).await? {
        return Ok(());
    }
    tracing::error!(channel, why, "the channel takes nothing: messages wait");
    let detail = json!({ "channel": channel, "why": why });
    Act::system(at)
        .audit(tx, "channel_stopped", ("channel", 0), None, detail)
        .await?;
    let notice = Wire::ChannelStopped {
        why: Code(why.to_owned()),
    };
    notices::to_admins(tx, None, &notice.into(), at).await
}

/// Notes that a channel took a message that left at `departed`; the admins hear of it when it had stopped
/// before.
pub(crate) async fn resume_in(
    tx: &Tx,
    channel: &str,
    departed: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    if !channels::resume(tx, channel, departed).await? {
        return Ok(());
    }
    tracing::info!(channel, "the channel takes messages again");
    let detail = json!({ "channel": channel });
    Act::system(at)
        .audit(tx, "channel_resumed", ("channel", 0), None, detail)
        .await?;
    notices::to_admins(tx, None, &Wire::ChannelBack.into(), at).await
}
