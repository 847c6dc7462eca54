//! Inputs that are kept aside, and whether a person can be reached.

use chrono::{DateTime, Utc};
use dialogues::text::Text;
use futures::FutureExt;

use crate::app::act::{Act, Channel};
use crate::app::{App, Error, notices};
use crate::store::{self, Tx, inbox};

/// Keeps an input aside that broke a handler or cannot be read, and tells the admins once.
pub async fn hold(
    app: &App,
    channel: &'static str,
    external_id: &str,
    payload: String,
    error: String,
) -> Result<(), Error> {
    let (external_id, at) = (external_id.to_owned(), app.now());
    let ((), effects) = app
        .write(move |tx| {
            async move {
                if inbox::hold(tx, channel, &external_id, payload, error, at).await? {
                    let count = i64::try_from(inbox::held_count(tx).await?).unwrap_or(i64::MAX);
                    notices::to_admins(tx, None, &Text::InputHeld { count }, at).await?;
                }
                Ok::<_, Error>(())
            }
            .boxed()
        })
        .await?;
    app.tell(&effects);
    Ok(())
}

/// Notes that Telegram did not reach a person with a message that left at `left`; the admins hear of a
/// technician's loss. `false`: he let the bot in after that, and is reachable.
pub async fn unreachable(app: &App, telegram_id: i64, left: DateTime<Utc>) -> Result<bool, Error> {
    let at = app.now();
    let (so, effects) = app
        .write(move |tx| {
            async move {
                note_reach(tx, telegram_id, Some(left), at).await?;
                Ok::<_, Error>(!store::users::was_reached_after(tx, telegram_id, left).await?)
            }
            .boxed()
        })
        .await?;
    app.tell(&effects);
    Ok(so)
}

/// `lost`: not reached any more since then; `None`: reached again.
pub(crate) async fn note_reach(
    tx: &Tx,
    telegram_id: i64,
    lost: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let news = match lost {
        None => store::users::set_reached(tx, telegram_id, at).await?,
        Some(since) => store::users::set_blocked(tx, telegram_id, since, at).await?,
    };
    if !news {
        return Ok(());
    }
    let Some(user) = store::users::by_telegram(tx, telegram_id).await? else {
        return Ok(());
    };
    let action = if lost.is_none() {
        "telegram_reachable"
    } else {
        "telegram_unreachable"
    };
    let act = Act {
        actor: None,
        channel: Channel::Telegram,
        at,
        once: None,
    };
    act.audit(tx, action, ("user", user.id.0), None, serde_json::Value::Null)
        .await?;
    if lost.is_some() {
        notices::to_admins(tx, None, &Text::Unreachable { name: user.name }, at).await?;
    }
    tx.note_tickets();
    Ok(())
}
