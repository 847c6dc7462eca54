//! Who people are: roles, user names, languages, passwords.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::invalid::{Fault, line};

/// What a person does in the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Admin,
    Technician,
    Sales,
}

impl Role {
    /// Every role, for tables and tests.
    pub const ALL: [Self; 3] = [Self::Admin, Self::Technician, Self::Sales];

    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Technician => "technician",
            Self::Sales => "sales",
        }
    }
}

impl FromStr for Role {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::ALL
            .into_iter()
            .find(|r| r.as_str() == text)
            .ok_or(Fault::BadValue)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The language a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    Id,
    En,
}

impl Locale {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// `id` or `en`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// The language that a tag such as `en-US` asks for, if it is one of ours.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.trim().to_ascii_lowercase().as_str() {
            "id" | "in" => Some(Self::Id),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

impl FromStr for Locale {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::ALL
            .into_iter()
            .find(|l| l.as_str() == text)
            .ok_or(Fault::BadValue)
    }
}

/// A sign-in name: 3 to 32 of `a-z 0-9 . _ -`, kept in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Username(String);

impl Username {
    /// Reads a name as people type it; upper case is folded.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim().to_ascii_lowercase();
        if text.is_empty() {
            return Err(Fault::Required);
        }
        if !text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        {
            return Err(Fault::BadUsername);
        }
        match text.len() {
            0..3 => Err(Fault::TooShort),
            3..=32 => Ok(Self(text)),
            _ => Err(Fault::TooLong),
        }
    }

    /// The name as stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A person's name: 1 to 80 characters.
pub fn name(text: &str) -> Result<String, Fault> {
    line(text, 1, 80)
}

/// A password as typed; shows nothing of itself.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// 8 to 128 characters, as typed.
    ///
    /// The length is the only rule: NIST SP 800-63B advises against composition rules.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        match text.chars().count() {
            0 => Err(Fault::Required),
            1..8 => Err(Fault::TooShort),
            8..=128 => Ok(Self(text.to_owned())),
            _ => Err(Fault::TooLong),
        }
    }

    /// The password itself, for hashing only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// A Telegram user's id as typed: a positive whole number below 2^52 (Bot API, `User.id`).
pub fn telegram_id(id: i64) -> Result<i64, Fault> {
    if (1..(1 << 52)).contains(&id) {
        Ok(id)
    } else {
        Err(Fault::OutOfRange)
    }
}

/// A technician's own quota: 0 to 50 jobs a day.
pub fn daily_quota(quota: i64) -> Result<i32, Fault> {
    match i32::try_from(quota) {
        Ok(quota) if (0..=50).contains(&quota) => Ok(quota),
        _ => Err(Fault::OutOfRange),
    }
}

/// The largest discount that a sales person may grant, in whole percent of the price.
pub fn discount_limit(percent: i64) -> Result<i32, Fault> {
    match i32::try_from(percent) {
        Ok(percent) if (0..=100).contains(&percent) => Ok(percent),
        _ => Err(Fault::OutOfRange),
    }
}
