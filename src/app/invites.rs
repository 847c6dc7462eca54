//! One-time links that tie a Telegram account to an invited person.

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::turn::Outcome;
use domain::ids::UserId;
use domain::phone::Phone;
use futures::FutureExt;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::app::act::Act;
use crate::app::{App, Error, Refusal, notices, secret};
use crate::files::Code;
use crate::store::tokens::{self, Kind, NewToken};
use crate::store::users::User;
use crate::store::{self, Tx};

/// How long an invite stands.
const LIFE: TimeDelta = TimeDelta::hours(72);

/// An invite that was just made; this is the only time its link can be read.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Invite)]
pub struct View {
    /// `https://t.me/<bot>?start=inv_…`
    pub link: String,
    pub expires_at: DateTime<Utc>,
}

/// What stands behind a code.
#[derive(Debug, Clone)]
pub(crate) enum Found {
    Unknown,
    Used,
    Expired,
    Standing { token: i64, user: Box<User> },
}

/// Makes an invite; earlier ones of this person end.
pub async fn create(app: &App, act: &Act, user: UserId) -> Result<View, Error> {
    if app.config.telegram.token.is_none() {
        return Err(Refusal::NoTelegram.into());
    }
    let bot = app.bot.get().ok_or(Refusal::TelegramSilent)?.clone();
    let code = secret::token();
    let new = NewToken {
        user,
        kind: Kind::Invite,
        hash: secret::hash(&code),
        created_at: act.at,
        expires_at: act.at + LIFE,
        ip: None,
        user_agent: None,
    };
    let view = View {
        link: format!("https://t.me/{bot}?start=inv_{code}"),
        expires_at: new.expires_at,
    };
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            let person = store::users::by_id(tx, user).await?.ok_or(Error::Missing)?;
            if !person.active {
                return Err(Refusal::NotNow.into());
            }
            tokens::end_all(tx, user, &[Kind::Invite], None, by.at).await?;
            tokens::insert(tx, new).await?;
            by.audit(tx, "invited", ("user", user.0), None, Value::Null)
                .await?;
            Ok(view)
        }
        .boxed()
    })
    .await
}

/// A link to the bot as a code for a phone's camera.
pub fn code(link: &str) -> Option<Code> {
    Code::of(link)
}

/// Looks an invite up by the hash of its code.
pub(crate) async fn find(tx: &Tx, hash: &str, now: DateTime<Utc>) -> Result<Found, Error> {
    let Some(token) = tokens::by_hash(tx, Kind::Invite, hash).await? else {
        return Ok(Found::Unknown);
    };
    if token.ended_at.is_some() {
        return Ok(Found::Used);
    }
    if token.expires_at <= now {
        return Ok(Found::Expired);
    }
    match store::users::by_id(tx, token.user).await? {
        Some(user) if user.active => Ok(Found::Standing {
            token: token.id,
            user: Box::new(user),
        }),
        _ => Ok(Found::Unknown),
    }
}

/// Links a Telegram account to whoever the invite names; a phone on file must be the contact's.
pub(crate) async fn link(
    tx: &Tx,
    act: &Act,
    telegram_id: i64,
    hash: &str,
    contact: Option<&str>,
) -> Result<(Outcome, Option<User>), Error> {
    let (token, user) = match find(tx, hash, act.at).await? {
        Found::Unknown => return Ok((Outcome::InviteUnknown, None)),
        Found::Used => return Ok((Outcome::InviteUsed, None)),
        Found::Expired => return Ok((Outcome::InviteExpired, None)),
        Found::Standing { token, user } => (token, *user),
    };
    if let Some(phone) = &user.phone {
        let shared = contact.and_then(|contact| Phone::vouched(contact).ok());
        if shared.as_ref() != Some(phone) {
            notices::contact_refused(tx, &user, act).await?;
            return Ok((Outcome::PhoneDiffers, None));
        }
    }
    if store::users::by_telegram(tx, telegram_id)
        .await?
        .is_some_and(|other| other.id != user.id)
    {
        return Ok((Outcome::TelegramTaken, None));
    }
    if user.telegram_id.is_some_and(|linked| linked != telegram_id) {
        return Ok((Outcome::OtherTelegramLinked, None));
    }
    let act = &Act {
        actor: Some(user.id),
        ..act.clone()
    };
    if !tokens::end(tx, token, act.at).await? {
        return Ok((Outcome::InviteUsed, None));
    }
    let linked = User {
        telegram_id: Some(telegram_id),
        telegram_blocked_at: None,
        ..user
    };
    let linked = store::users::update(tx, &linked).await?.ok_or(Error::Stale)?;
    store::users::set_reached(tx, telegram_id, act.at).await?;
    act.audit(tx, "telegram_linked", ("user", linked.id.0), None, Value::Null)
        .await?;
    tx.note_tickets();
    Ok((
        Outcome::Linked {
            name: linked.name.clone(),
            role: linked.role,
        },
        Some(linked),
    ))
}
