//! An emergency: nobody has checked in by the due time, and an admin has to decide.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::invalid::Fault;

/// By how much a check-in may be put off, in minutes.
pub const EXTENSIONS: [i64; 3] = [15, 30, 60];

/// How an alert stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It waits for a decision.
    Open,
    /// Someone has decided.
    Decided,
    /// Nobody needed to decide any more.
    Resolved,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// *Lanjut*: the technician gets more time.
    Continue,
    /// *Ganti TS*: the job leaves the technician.
    Replace,
}

/// Why nobody needed to decide any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    CheckedIn,
    /// The technician gave the job back.
    Released,
    /// The ticket was cancelled.
    Cancelled,
    /// The visit was moved to a later time.
    Moved,
}

/// Which admins hear of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    OnDuty,
    All,
}

impl Audience {
    /// Who hears the alert when it has been repeated so often: those on duty, and everyone once they have let
    /// `escalate_after` repeats go by.
    pub fn after(repeats: i32, escalate_after: u32) -> Self {
        if i64::from(repeats) > i64::from(escalate_after) {
            Self::All
        } else {
            Self::OnDuty
        }
    }
}

/// By how much a check-in is put off, in minutes: one of [`EXTENSIONS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Extension(i64);

impl Extension {
    /// Reads a number of minutes.
    pub fn of(minutes: i64) -> Result<Self, Fault> {
        if EXTENSIONS.contains(&minutes) {
            Ok(Self(minutes))
        } else {
            Err(Fault::BadValue)
        }
    }

    /// Every extension, the shortest first.
    pub fn all() -> [Self; 3] {
        EXTENSIONS.map(Self)
    }

    /// In minutes.
    pub const fn minutes(self) -> i64 {
        self.0
    }
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Open, Self::Decided, Self::Resolved];

    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Decided => "decided",
            Self::Resolved => "resolved",
        }
    }
}

impl Decision {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Continue, Self::Replace];

    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::Replace => "replace",
        }
    }
}

impl Resolution {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::CheckedIn, Self::Released, Self::Cancelled, Self::Moved];

    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CheckedIn => "checked_in",
            Self::Released => "released",
            Self::Cancelled => "cancelled",
            Self::Moved => "moved",
        }
    }
}

impl FromStr for State {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let found = Self::ALL.into_iter().find(|one| one.as_str() == text);
        found.ok_or(Fault::BadValue)
    }
}

impl FromStr for Decision {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let found = Self::ALL.into_iter().find(|one| one.as_str() == text);
        found.ok_or(Fault::BadValue)
    }
}

impl FromStr for Resolution {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let found = Self::ALL.into_iter().find(|one| one.as_str() == text);
        found.ok_or(Fault::BadValue)
    }
}
