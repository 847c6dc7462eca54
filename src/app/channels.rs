//! Whether a channel takes messages at all: an alarm when it stops, and word when it goes on.

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::standby::Purpose;
use dialogues::text::Code;
use dialogues::wire::Wire;
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::contacts::CHANNEL;
use crate::app::{App, Error, notices};
pub use crate::store::channels::Stopped;
use crate::store::{Tx, channels, inbox};

/// How often a channel is tried that somebody may mend at any moment.
const OFTEN: TimeDelta = TimeDelta::minutes(5);
/// How often one that holds our own behaviour against us: every try may make it worse.
const SELDOM: TimeDelta = TimeDelta::hours(6);

/// Whether messages may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    Open,
    /// One may go, to find out.
    Ajar,
    Shut,
}

/// Whether messages may go by a channel at this moment.
pub async fn gate(app: &App, channel: &str, at: DateTime<Utc>) -> Result<Gate, Error> {
    let stopped = channels::stopped(&app.db, channel).await?;
    Ok(stopped.map_or(Gate::Open, |stopped| {
        if stopped.probed_at.is_none_or(|last| last <= at - pause(&stopped)) {
            Gate::Ajar
        } else {
            Gate::Shut
        }
    }))
}

/// Takes the place of the one message that may try a channel that has stopped. `false`: somebody else has it.
pub(crate) async fn probe(tx: &Tx, channel: &str, at: DateTime<Utc>) -> Result<bool, Error> {
    let Some(stopped) = channels::stopped(tx, channel).await? else {
        return Ok(false);
    };
    Ok(channels::probe(tx, channel, at - pause(&stopped), at).await?)
}

fn pause(stopped: &Stopped) -> TimeDelta {
    if is_our_doing(&stopped.why) { SELDOM } else { OFTEN }
}

/// Whether a channel has stopped because of what we sent, by the reason's code: what was just refused does not go
/// again by itself.
pub fn is_our_doing(why: &str) -> bool {
    matches!(why, "spam" | "misclassified" | "policy")
}

/// Notes that the service takes a template no more; the admins hear of it once a day.
pub async fn template_refused(app: &App, purpose: Purpose) -> Result<(), Error> {
    let app_ = app.clone();
    let done = app
        .db
        .write(move |tx| async move { template_refused_in(&app_, tx, purpose).await }.boxed());
    let ((), effects) = done.await?;
    app.tell(&effects);
    Ok(())
}

pub(crate) async fn template_refused_in(app: &App, tx: &Tx, purpose: Purpose) -> Result<(), Error> {
    let at = app.now();
    // As the settings call it.
    let key = serde_json::to_value(purpose).unwrap_or_default();
    let name = key.as_str().unwrap_or_default().to_owned();
    let told = format!("template:{name}:{}", app.zone().date(at));
    if inbox::once(tx, CHANNEL, &told, at).await? {
        tracing::error!(template = name, "the service takes a template no more");
        notices::to_admins(tx, None, &Wire::TemplateRefused { name }.into(), at).await?;
    }
    Ok(())
}

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
        probed_at: Some(at),
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
