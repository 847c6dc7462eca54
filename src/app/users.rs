//! Accounts: created, changed, deactivated; the last admin stays.

mod form;

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::invalid::{Fault, Invalid};
use domain::person::Role;
use futures::FutureExt;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::app::act::Act;
use crate::app::page::{Cut, Page};
use crate::app::users::form::patched;
pub use crate::app::users::form::{Draft, New, Patch, check};
use crate::app::{App, Error, Refusal, conversation, secret};
pub use crate::store::users::Filter;
use crate::store::users::User;
use crate::store::{self, Tx, conversations, tickets, tokens};

/// An account as admins see it.
#[expect(clippy::struct_excessive_bools, reason = "the API names each of them")]
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = User)]
pub struct View {
    pub id: String,
    pub username: String,
    pub name: String,
    /// `admin`, `technician` or `sales`.
    pub role: &'static str,
    /// E.164.
    #[schema(required)]
    pub phone: Option<String>,
    #[schema(required)]
    pub telegram_id: Option<i64>,
    pub telegram_linked: bool,
    /// Telegram is linked and has not blocked the bot.
    pub reachable: bool,
    pub active: bool,
    pub on_duty: bool,
    /// Jobs a day; `null`: the company's default, 0: none.
    #[schema(required)]
    pub daily_quota: Option<i32>,
    #[schema(required)]
    pub discount_limit_percent: Option<i32>,
    /// `id` or `en`.
    pub locale: &'static str,
    pub must_change_password: bool,
    pub created_at: DateTime<Utc>,
    pub version: i32,
}

impl From<&User> for View {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.to_string(),
            username: user.username.clone(),
            name: user.name.clone(),
            role: user.role.as_str(),
            phone: user.phone.as_ref().map(|p| p.as_str().to_owned()),
            telegram_id: user.telegram_id,
            telegram_linked: user.telegram_id.is_some(),
            reachable: user.reachable(),
            active: user.active,
            on_duty: user.on_duty,
            daily_quota: user.daily_quota,
            discount_limit_percent: user.discount_limit_percent,
            locale: user.locale.as_str(),
            must_change_password: user.must_change_password,
            created_at: user.created_at,
            version: user.version,
        }
    }
}

/// A password that was hashed (a PHC string); the use cases never see the password.
#[derive(Clone)]
pub struct PasswordHash(pub String);

/// Creates an account. The initial password must be changed at first use when `must_change` says so.
pub async fn create(
    app: &App,
    act: &Act,
    draft: Draft,
    password: PasswordHash,
    must_change: bool,
) -> Result<View, Error> {
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            let Draft(mut user) = draft;
            user.password_hash = password.0;
            user.must_change_password = must_change;
            refuse_taken(tx, &user).await?;
            let user = store::users::insert(tx, user).await.map_err(taken)?;
            let detail = json!({ "role": user.role.as_str(), "username": user.username });
            by.audit(tx, "user_created", ("user", user.id.0), None, detail)
                .await?;
            tx.note_tickets();
            Ok(View::from(&user))
        }
        .boxed()
    })
    .await
}

/// Changes an account.
pub async fn edit(app: &App, act: &Act, id: UserId, patch: Patch) -> Result<View, Error> {
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            let old = store::users::by_id(tx, id).await?.ok_or(Error::Missing)?;
            if patch.version.is_some_and(|version| version != old.version) {
                return Err(Error::Stale);
            }
            let user = patched(&old, patch)?;
            guard_admins(tx, &old, &user).await?;
            refuse_taken(tx, &user).await?;
            let saved = store::users::update(tx, &user)
                .await
                .map_err(taken)?
                .ok_or(Error::Stale)?;
            // After the update: whoever claims for him at this moment holds the row, or finds it changed.
            guard_jobs(tx, &old, &saved).await?;
            if let (Some(id), true) = (saved.telegram_id, saved.telegram_id != old.telegram_id) {
                store::users::set_reached(tx, id, by.at).await?;
            }
            if !saved.active || saved.role != old.role {
                let kinds = [
                    tokens::Kind::Session,
                    tokens::Kind::Api,
                    tokens::Kind::Invite,
                    tokens::Kind::Login,
                ];
                tokens::end_all(tx, id, &kinds, None, by.at).await?;
            }
            if let (Some(chat), true) = (
                old.telegram_id,
                (old.active, old.role) != (saved.active, saved.role),
            ) {
                // What he was asked he was asked as somebody else.
                conversations::end(tx, conversation::CHANNEL, &chat.to_string()).await?;
            }
            by.audit(tx, "user_changed", ("user", id.0), None, changes(&old, &saved))
                .await?;
            tx.note_tickets();
            Ok(View::from(&saved))
        }
        .boxed()
    })
    .await
}

/// A password to set.
#[derive(Clone)]
pub struct NewPassword {
    pub hash: PasswordHash,
    /// Someone else chose it: it must be changed at the next sign-in.
    pub must_change: bool,
    /// The hash that the person's own password was compared with, when he changes it himself: if it has been
    /// reset meanwhile, the reset stands.
    pub verified: Option<PasswordHash>,
    /// The token that goes on.
    pub keep: Option<i64>,
}

/// Sets a password and ends the person's sessions and tokens.
pub async fn set_password(app: &App, act: &Act, id: UserId, new: NewPassword) -> Result<(), Error> {
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            let mut user = store::users::by_id(tx, id).await?.ok_or(Error::Missing)?;
            if new
                .verified
                .is_some_and(|verified| verified.0 != user.password_hash)
            {
                return Err(Error::Stale);
            }
            let must_change = new.must_change;
            user.password_hash = new.hash.0;
            user.must_change_password = must_change;
            store::users::update(tx, &user).await?.ok_or(Error::Stale)?;
            let kinds = [tokens::Kind::Session, tokens::Kind::Api];
            tokens::end_all(tx, id, &kinds, new.keep, by.at).await?;
            let action = if must_change {
                "password_reset"
            } else {
                "password_changed"
            };
            by.audit(tx, action, ("user", id.0), None, serde_json::Value::Null)
                .await
        }
        .boxed()
    })
    .await
}

/// Keeps a hash of today's costs for the same password; nothing else changes.
pub async fn rehash(app: &App, id: UserId, old: PasswordHash, new: PasswordHash) -> Result<(), Error> {
    let done = app.db.write(move |tx| {
        async move { Ok::<_, Error>(store::users::rehash(tx, id, old.0, new.0).await?) }.boxed()
    });
    done.await.map(|((), _)| ())
}

/// A new password for the form that resets one.
pub fn generated_password() -> String {
    secret::password()
}

/// One account.
pub async fn find(app: &App, id: UserId) -> Result<View, Error> {
    let user = store::users::by_id(&app.db, id).await?.ok_or(Error::Missing)?;
    Ok(View::from(&user))
}

/// A page of accounts.
pub async fn list(app: &App, filter: &Filter, cut: Cut) -> Result<Page<View>, Error> {
    let rows = store::users::list(&app.db, filter, cut.cursor.unwrap_or(0), cut.fetch()).await?;
    Ok(cut.page(rows, |user| user.id.0, |user| View::from(&user)))
}

/// Goes on or off duty. Answers whether that was a change.
pub(crate) async fn set_duty(tx: &Tx, act: &Act, user: &User, on_duty: bool) -> Result<bool, Error> {
    if user.on_duty == on_duty {
        return Ok(false);
    }
    let changed = User {
        on_duty,
        ..user.clone()
    };
    store::users::update(tx, &changed).await?.ok_or(Error::Stale)?;
    let action = if on_duty { "duty_on" } else { "duty_off" };
    act.audit(tx, action, ("user", user.id.0), None, serde_json::Value::Null)
        .await?;
    tx.note_tickets();
    Ok(true)
}

/// The last active admin stays one.
async fn guard_admins(tx: &Tx, old: &User, new: &User) -> Result<(), Error> {
    let was_admin = old.role == Role::Admin && old.active;
    let is_admin = new.role == Role::Admin && new.active;
    if was_admin && !is_admin && store::users::other_admins(tx, old.id).await? == 0 {
        return Err(Refusal::LastAdmin.into());
    }
    Ok(())
}

/// A technician with jobs under way stays one.
async fn guard_jobs(tx: &Tx, old: &User, new: &User) -> Result<(), Error> {
    let leaves = old.role == Role::Technician && (new.role != Role::Technician || !new.active);
    if leaves && !tickets::tasks(tx, old.id).await?.is_empty() {
        return Err(Refusal::HasLiveJobs {
            name: old.name.clone(),
        }
        .into());
    }
    Ok(())
}

/// Tells which of the unique fields someone else has; the database's keys are the guard behind it.
async fn refuse_taken(tx: &Tx, user: &User) -> Result<(), Error> {
    let mut invalid = Invalid::default();
    let other = store::users::by_username(tx, &user.username).await?;
    if other.is_some_and(|other| other.id != user.id) {
        invalid.note("username", Fault::Taken);
    }
    if let Some(telegram_id) = user.telegram_id {
        let other = store::users::by_telegram(tx, telegram_id).await?;
        if other.is_some_and(|other| other.id != user.id) {
            invalid.note("telegram_id", Fault::Taken);
        }
    }
    Ok(invalid.check()?)
}

fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Taken(_) => Invalid::one("username", Fault::Taken).into(),
        other => other.into(),
    }
}

/// Which fields changed; phones are named, not written down.
fn changes(old: &User, new: &User) -> serde_json::Value {
    let mut detail = serde_json::Map::new();
    let mut note = |field: &str, changed: bool, value: serde_json::Value| {
        if changed {
            detail.insert(field.to_owned(), value);
        }
    };
    note("username", old.username != new.username, json!(new.username));
    note("name", old.name != new.name, json!(new.name));
    note("role", old.role != new.role, json!(new.role.as_str()));
    note("phone", old.phone != new.phone, json!(true));
    note(
        "telegram",
        old.telegram_id != new.telegram_id,
        json!(new.telegram_id.is_some()),
    );
    note("active", old.active != new.active, json!(new.active));
    note("on_duty", old.on_duty != new.on_duty, json!(new.on_duty));
    note(
        "daily_quota",
        old.daily_quota != new.daily_quota,
        json!(new.daily_quota),
    );
    let limits = (old.discount_limit_percent, new.discount_limit_percent);
    note("discount_limit_percent", limits.0 != limits.1, json!(limits.1));
    note("locale", old.locale != new.locale, json!(new.locale.as_str()));
    serde_json::Value::Object(detail)
}
