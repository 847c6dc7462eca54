//! Signing in and out: opaque tokens, stored hashed, expiring, revocable.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::UserId;
use domain::person::Username;
use futures::FutureExt;
use serde_json::Value;

use crate::app::act::Act;
use crate::app::users::PasswordHash;
use crate::app::{App, Error, secret};
use crate::store;
use crate::store::tokens::{self, NewToken};
pub use crate::store::tokens::{Kind, Standing};
pub use crate::store::users::User;

/// How long the panel's cookie lasts without use.
const SESSION_LIFE: TimeDelta = TimeDelta::days(14);
/// How exactly it is known when a token was last used.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(5);
/// How long an API token lasts.
const API_LIFE: TimeDelta = TimeDelta::days(30);
/// The prefix that lets people and scanners recognise a leaked token.
const API_PREFIX: &str = "tgp_";

/// Someone who is signed in.
#[derive(Debug, Clone)]
pub struct Signed {
    pub user: User,
    pub token: i64,
    pub used_at: Option<DateTime<Utc>>,
}

/// A token that was just given out; this is the only time it can be read.
#[derive(Debug, Clone)]
pub struct Given {
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

/// Where someone signs in from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    pub ip: Option<String>,
    pub user_agent: Option<String>,
}

/// The account that a sign-in names, with its hash to compare. `None` says nothing to the outside:
/// the door compares with some other hash, so that it takes as long.
pub async fn candidate(app: &App, username: &str) -> Result<Option<(User, PasswordHash)>, Error> {
    let Ok(username) = Username::parse(username) else {
        return Ok(None);
    };
    let user = store::users::by_username(&app.db, username.as_str()).await?;
    Ok(user.filter(|user| user.active).map(|user| {
        let hash = PasswordHash(user.password_hash.clone());
        (user, hash)
    }))
}

/// Gives a token to someone whose password matched; [`Error::Stale`] when it has been changed since.
pub async fn open(app: &App, act: &Act, user: &User, kind: Kind, origin: Origin) -> Result<Given, Error> {
    let (prefix, life) = match kind {
        Kind::Api => (API_PREFIX, API_LIFE),
        Kind::Login => ("", TimeDelta::days(1)),
        Kind::Session | Kind::Invite => ("", SESSION_LIFE),
    };
    let token = format!("{prefix}{}", secret::token());
    let expires_at = act.at + life;
    let new = NewToken {
        user: user.id,
        kind,
        hash: secret::hash(&token),
        created_at: act.at,
        expires_at,
        ip: origin.ip,
        user_agent: origin.user_agent.map(|agent| agent.chars().take(200).collect()),
    };
    let (by, verified) = (act.clone(), user.clone());
    app.perform(act, move |tx| {
        async move {
            let now = store::users::by_id_held(tx, verified.id)
                .await?
                .ok_or(Error::Missing)?;
            if !now.active || now.password_hash != verified.password_hash {
                return Err(Error::Stale);
            }
            tokens::insert(tx, new).await?;
            by.audit(tx, "signed_in", ("user", verified.id.0), None, Value::Null)
                .await
        }
        .boxed()
    })
    .await?;
    Ok(Given { token, expires_at })
}

/// Whoever holds this token, if it stands.
pub async fn who(app: &App, kind: Kind, token: &str) -> Result<Option<Signed>, Error> {
    // Everything we ever gave out fits in this; longer texts need no look-up.
    if token.len() > 100 {
        return Ok(None);
    }
    let now = app.now();
    let Some(found) = tokens::by_hash(&app.db, kind, &secret::hash(token)).await? else {
        return Ok(None);
    };
    if found.ended_at.is_some() || found.expires_at <= now {
        return Ok(None);
    }
    let Some(user) = store::users::by_id(&app.db, found.user)
        .await?
        .filter(|u| u.active)
    else {
        return Ok(None);
    };
    Ok(Some(Signed {
        user,
        token: found.id,
        used_at: found.last_used_at,
    }))
}

/// Notes the use of a token, every few minutes. Whoever works goes on being signed in: the answer is until when the
/// panel's cookie lasts now, if that has changed.
pub async fn used(app: &App, kind: Kind, signed: &Signed) -> Option<DateTime<Utc>> {
    let now = app.now();
    if signed.used_at.is_some_and(|used| now - used <= NOTED_EVERY) {
        return None;
    }
    let lasts = (kind == Kind::Session).then(|| now + SESSION_LIFE);
    let id = signed.token;
    let noted: Result<_, Error> = app
        .db
        .write(move |tx| async move { Ok(tokens::touch(tx, id, now, lasts).await?) }.boxed())
        .await;
    match noted {
        Ok(_) => lasts,
        Err(error) => {
            tracing::warn!(%error, "the use of a token could not be noted");
            None
        }
    }
}

/// Uses up a one-time sign-in and answers whose it was.
pub async fn redeem(app: &App, token: &str) -> Result<Option<User>, Error> {
    let Some(signed) = who(app, Kind::Login, token).await? else {
        return Ok(None);
    };
    let (id, now) = (signed.token, app.now());
    let (first, _) = app
        .db
        .write(move |tx| async move { Ok::<_, Error>(tokens::end(tx, id, now).await?) }.boxed())
        .await?;
    Ok(first.then_some(signed.user))
}

/// Signs out.
pub async fn close(app: &App, act: &Act, token: i64) -> Result<(), Error> {
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            if tokens::end(tx, token, by.at).await? {
                let subject = ("user", by.actor.map_or(0, |a| a.0));
                by.audit(tx, "signed_out", subject, None, Value::Null).await?;
            }
            Ok(())
        }
        .boxed()
    })
    .await
}

/// Where someone is signed in, the newest first; more than twenty is more than anyone reads.
pub async fn list(app: &App, user: UserId) -> Result<Vec<Standing>, Error> {
    Ok(tokens::standing(&app.db, user, app.now(), 20).await?)
}

/// Ends everything that someone is signed in with.
pub async fn revoke(app: &App, act: &Act, user: UserId) -> Result<(), Error> {
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            store::users::by_id(tx, user).await?.ok_or(Error::Missing)?;
            tokens::end_all(tx, user, &[Kind::Session, Kind::Api], None, by.at).await?;
            by.audit(tx, "sessions_revoked", ("user", user.0), None, Value::Null)
                .await
        }
        .boxed()
    })
    .await
}
