//! What the service says became of a message of ours, and what follows.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::receipt::{Fault, Receipt, Remedy, Stage};
use dialogues::say::Say;
use domain::ids::{ContactId, DeliveryId};
use futures::FutureExt;

use crate::app::contacts::{self, CHANNEL};
use crate::app::{App, Error, channels};
use crate::store::outbox::{self, Posted};
use crate::store::{Tx, inbox};

/// After so many tries a message that the service could not bring is given up.
pub(crate) const MOST_TRIES: i32 = 6;
/// What waits for somebody to mend the channel is worth nothing any more after this.
const WORTH: TimeDelta = TimeDelta::hours(24);
/// How long a message waits that failed because of the channel.
const MENDING: TimeDelta = TimeDelta::minutes(5);

/// Takes in one piece of news. What is told twice, or late, changes nothing.
pub async fn receipt(app: &App, receipt: Receipt) -> Result<(), Error> {
    let app_ = app.clone();
    let done = app
        .db
        .write(move |tx| async move { take(&app_, tx, receipt).await }.boxed());
    let ((), effects) = done.await?;
    app.tell(&effects);
    Ok(())
}

/// A message is known by the service's id from now on: what was told of it before that counts now.
pub async fn rejoin(app: &App, tx: &Tx, message: &str) -> Result<(), Error> {
    for parked in outbox::parked(tx, CHANNEL, message).await? {
        if let Ok(receipt) = serde_json::from_str(&parked) {
            take(app, tx, receipt).await?;
        }
    }
    Ok(())
}

async fn take(app: &App, tx: &Tx, receipt: Receipt) -> Result<(), Error> {
    let at = app.now();
    let mut found = match receipt.callback {
        Some(id) => outbox::posted(tx, CHANNEL, id).await?,
        None => None,
    };
    if found.is_none() {
        found = outbox::posted_as(tx, CHANNEL, &receipt.message).await?;
    }
    if receipt.stage != Stage::Failed {
        // Whom a message reached by phone, we learn by every name.
        contacts::harvest(app, tx, &receipt.who, at).await?;
    }
    let Some(message) = found else {
        let json = serde_json::to_string(&receipt).unwrap_or_default();
        return Ok(outbox::park(tx, (CHANNEL, &receipt.message), json, at).await?);
    };
    if let Some(price) = receipt.price.clone() {
        outbox::priced(tx, message.id, price).await?;
    }
    match receipt.stage {
        Stage::Failed => fail(app, tx, &message, &receipt, at).await,
        // It failed under this name: whatever else is told of that try is older news.
        _ if inbox::is_handled(tx, CHANNEL, &format!("{}:failed", receipt.message)).await? => Ok(()),
        stage => {
            let is_news = rank(stage.as_str()) > rank(&message.state);
            // What was given up may have gone on another way since: that it arrived counts.
            let is_over = message.state == "failed"
                && (stage == Stage::Sent || message.external_id.as_ref() == Some(&receipt.message));
            if is_news && !is_over {
                outbox::reached(tx, message.id, (stage.as_str(), &receipt.message), at).await?;
            }
            match message.departed_at {
                // What left after the channel had stopped, and was taken, tells that it goes on.
                Some(departed) => channels::resume_in(tx, CHANNEL, departed, at).await,
                None => Ok(()),
            }
        }
    }
}

/// How far a state is; what failed, or was overtaken, is nowhere.
fn rank(state: &str) -> u8 {
    match state {
        "sent" => 1,
        "delivered" => 2,
        "read" => 3,
        _ => 0,
    }
}

async fn fail(
    app: &App,
    tx: &Tx,
    message: &Posted,
    receipt: &Receipt,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let known = message.external_id.as_ref();
    let other = known.is_some_and(|known| *known != receipt.message);
    // News of an earlier try, or of a message that is over: it arrived, or was given up.
    if other || rank(&message.state) > 1 || !matches!(message.state.as_str(), "queued" | "sent") {
        return Ok(());
    }
    // Told twice, it would be tried twice as often.
    let once = format!("{}:{}", receipt.message, receipt.stage.as_str());
    if !inbox::once(tx, CHANNEL, &once, at).await? {
        return Ok(());
    }
    let fault = receipt
        .fault
        .clone()
        .unwrap_or_else(|| Fault::unknown(String::new()));
    metrics::counter!("outbox_fault_total", "channel" => CHANNEL, "code" => fault.code.to_string())
        .increment(1);
    settle(app, tx, message, &fault, at).await
}

/// What follows from a fault of a message that had left.
async fn settle(app: &App, tx: &Tx, message: &Posted, fault: &Fault, at: DateTime<Utc>) -> Result<(), Error> {
    let told = fault.told();
    let again = |wait: TimeDelta| {
        outbox::once_more(
            tx,
            message.id,
            at + wait,
            (told.clone(), message.standby_only),
            at,
        )
    };
    match fault.remedy {
        Remedy::Again | Remedy::Slow | Remedy::Pair if message.attempts < most_tries(fault) => {
            Ok(again(wait(fault.remedy, message.attempts)).await?)
        }
        Remedy::Again | Remedy::Slow | Remedy::Pair => give_up(tx, message.id, "expired", told, at).await,
        Remedy::Standby if !message.standby_only && has_standby(message) => {
            Ok(outbox::once_more(tx, message.id, at, (told, true), at).await?)
        }
        Remedy::Stop => {
            channels::stop_in(app, tx, CHANNEL, &fault.word, told.clone()).await?;
            if channels::is_our_doing(&fault.word) {
                return give_up(tx, message.id, &fault.word, told, at).await;
            }
            if at - message.created_at > WORTH {
                return give_up(tx, message.id, "expired", told, at).await;
            }
            Ok(again(MENDING).await?)
        }
        Remedy::DeadEnd => {
            give_up(tx, message.id, &fault.word, told, at).await?;
            match message.recipient.parse() {
                Ok(contact) => contacts::unusable(tx, contact, &fault.word, at).await,
                Err(_) => Ok(()),
            }
        }
        Remedy::Standby | Remedy::Refused => {
            let say = serde_json::from_str::<Say>(&message.payload).ok();
            let standby = say.and_then(|say| say.standby);
            if let Some(standby) = standby.filter(|_| fault.word == "template") {
                channels::template_refused_in(app, tx, standby.purpose).await?;
            }
            give_up(tx, message.id, &fault.word, told, at).await
        }
    }
}

/// A fault that may be ours is not tried for long.
fn most_tries(fault: &Fault) -> i32 {
    if fault.code == 1 { 2 } else { MOST_TRIES }
}

async fn give_up(tx: &Tx, id: DeliveryId, word: &str, told: String, at: DateTime<Utc>) -> Result<(), Error> {
    metrics::counter!("outbox_failed_total", "channel" => CHANNEL).increment(1);
    tracing::warn!(
        channel = CHANNEL,
        message = id.0,
        why = word,
        "a message did not get through"
    );
    Ok(outbox::failed(tx, id, (word, told), at).await?)
}

fn has_standby(message: &Posted) -> bool {
    serde_json::from_str::<Say>(&message.payload).is_ok_and(|say| say.standby.is_some())
}

/// How long a message waits before its next try: half a minute, then longer each time, about half an hour in
/// all; after too many to one person 1 s, 4 s, 16 s and so on.
fn wait(remedy: Remedy, attempts: i32) -> TimeDelta {
    let times = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(6);
    let seconds = match remedy {
        Remedy::Pair => 4_u64.saturating_pow(times),
        _ => 30 * 2_u64.saturating_pow(times),
    };
    TimeDelta::from_std(Duration::from_secs(seconds.min(900))).unwrap_or(TimeDelta::minutes(15))
}

/// Notes that nothing gets through to a chat: a courier was told so at once.
pub async fn dead_end(app: &App, contact: ContactId, word: &str) -> Result<(), Error> {
    let (at, word) = (app.now(), word.to_owned());
    let done = app
        .db
        .write(move |tx| async move { contacts::unusable(tx, contact, &word, at).await }.boxed());
    let ((), effects) = done.await?;
    app.tell(&effects);
    Ok(())
}
