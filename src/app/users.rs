//! Accounts: created, changed, deactivated; the last admin stays.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::invalid::{Fault, Invalid};
use domain::person::{self, Locale, Password, Role, Username};
use domain::phone::Phone;
use futures::FutureExt;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::app::act::Act;
use crate::app::page::{Cut, Page};
use crate::app::{App, Error, Refusal, secret};
pub use crate::store::users::Filter;
use crate::store::users::User;
use crate::store::{self, Tx, tickets, tokens};

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

/// The form of a new account, as typed.
#[derive(Debug, Clone, Default)]
pub struct New {
    pub username: String,
    pub name: String,
    pub role: String,
    pub phone: Option<String>,
    pub telegram_id: Option<i64>,
    pub daily_quota: Option<i64>,
    pub discount_limit_percent: Option<i64>,
    pub locale: Option<String>,
}

/// What to change of an account; `None` leaves it, `Some(None)` empties it.
#[derive(Debug, Clone, Default)]
pub struct Patch {
    pub version: Option<i32>,
    pub username: Option<String>,
    pub name: Option<String>,
    pub role: Option<String>,
    pub phone: Option<Option<String>>,
    pub telegram_id: Option<Option<i64>>,
    pub daily_quota: Option<Option<i64>>,
    pub discount_limit_percent: Option<Option<i64>>,
    pub locale: Option<String>,
    pub active: Option<bool>,
    pub on_duty: Option<bool>,
}

/// Checks a new account's form and its password together, so that all errors are told at once.
/// The door hashes the password in between.
pub fn check(new: &New, password: &str, now: DateTime<Utc>) -> Result<(Draft, Password), Error> {
    let mut invalid = Invalid::default();
    let draft = draft(new, now, &mut invalid);
    let password = invalid.take("password", Password::parse(password));
    invalid.check()?;
    match (draft, password) {
        (Some(draft), Some(password)) => Ok((draft, password)),
        _ => Err(Error::Invalid(Invalid::default())),
    }
}

/// A checked form, ready but for the password.
#[derive(Debug, Clone)]
pub struct Draft(User);

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

fn draft(new: &New, now: DateTime<Utc>, invalid: &mut Invalid) -> Option<Draft> {
    let username = invalid.take("username", Username::parse(&new.username));
    let name = invalid.take("name", person::name(&new.name));
    let role = if new.role.is_empty() {
        Err(Fault::Required)
    } else {
        new.role.parse::<Role>()
    };
    let role = invalid.take("role", role);
    let phone = phone(new.phone.as_deref(), invalid);
    let telegram_id = optional("telegram_id", new.telegram_id, person::telegram_id, invalid);
    let daily_quota = optional("daily_quota", new.daily_quota, person::daily_quota, invalid);
    let limit = new.discount_limit_percent;
    let discount_limit_percent = optional("discount_limit_percent", limit, person::discount_limit, invalid);
    let locale = match new.locale.as_deref().filter(|l| !l.is_empty()) {
        Some(locale) => invalid.take("locale", locale.parse()),
        None => Some(Locale::default()),
    };
    Some(Draft(User {
        id: UserId(0),
        username: username?.as_str().to_owned(),
        name: name?,
        role: role?,
        phone,
        telegram_id,
        telegram_blocked_at: None,
        active: true,
        on_duty: true,
        daily_quota,
        discount_limit_percent,
        locale: locale?,
        password_hash: String::new(),
        must_change_password: true,
        created_at: now,
        version: 1,
    }))
}

fn patched(old: &User, patch: Patch) -> Result<User, Error> {
    let mut invalid = Invalid::default();
    let mut user = old.clone();
    if let Some(username) = patch.username {
        let username = invalid.take("username", Username::parse(&username));
        user.username = username.map_or_else(String::new, |u| u.as_str().to_owned());
    }
    if let Some(name) = patch.name {
        user.name = invalid.take("name", person::name(&name)).unwrap_or_default();
    }
    if let Some(role) = patch.role {
        user.role = invalid.take("role", role.parse()).unwrap_or(old.role);
    }
    if let Some(value) = patch.phone {
        user.phone = phone(value.as_deref(), &mut invalid);
    }
    if let Some(id) = patch.telegram_id {
        user.telegram_id = optional("telegram_id", id, person::telegram_id, &mut invalid);
        if user.telegram_id != old.telegram_id {
            user.telegram_blocked_at = None;
        }
    }
    if let Some(quota) = patch.daily_quota {
        user.daily_quota = optional("daily_quota", quota, person::daily_quota, &mut invalid);
    }
    if let Some(limit) = patch.discount_limit_percent {
        let check = person::discount_limit;
        user.discount_limit_percent = optional("discount_limit_percent", limit, check, &mut invalid);
    }
    if let Some(locale) = patch.locale {
        user.locale = invalid.take("locale", locale.parse()).unwrap_or_default();
    }
    user.active = patch.active.unwrap_or(old.active);
    user.on_duty = patch.on_duty.unwrap_or(old.on_duty);
    invalid.check()?;
    Ok(user)
}

fn phone(text: Option<&str>, invalid: &mut Invalid) -> Option<Phone> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    invalid.take("phone", Phone::parse(text))
}

fn optional<T>(
    field: &'static str,
    value: Option<i64>,
    check: impl Fn(i64) -> Result<T, Fault>,
    invalid: &mut Invalid,
) -> Option<T> {
    value.and_then(|value| invalid.take(field, check(value)))
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
