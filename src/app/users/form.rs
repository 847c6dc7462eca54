//! The forms of an account: what was typed is checked, and every fault is told at once.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::invalid::{Fault, Invalid};
use domain::person::{self, Locale, Password, Role, Username};
use domain::phone::Phone;

use crate::app::Error;
use crate::store::users::User;

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
pub struct Draft(pub(crate) User);

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

/// The account as it will be.
pub(crate) fn patched(old: &User, patch: Patch) -> Result<User, Error> {
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
