//! What customers think of the service, from one star to five.

use std::fmt;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::invalid::{Fault, paragraph};

/// How long after a ticket was closed it may be rated.
pub const OPEN: TimeDelta = TimeDelta::days(14);
/// How long after it was given a rating may be changed.
pub const CHANGEABLE: TimeDelta = TimeDelta::hours(24);

/// One to five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Stars(u8);

impl Stars {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [Self(5), Self(4), Self(3), Self(2), Self(1)];

    /// How many.
    pub const fn count(self) -> u8 {
        self.0
    }

    /// Someone should hear of it.
    pub const fn is_low(self) -> bool {
        self.0 <= 2
    }

    /// Worth asking what was amiss.
    pub const fn is_mixed(self) -> bool {
        self.0 <= 3
    }
}

impl TryFrom<u8> for Stars {
    type Error = Fault;
    fn try_from(count: u8) -> Result<Self, Fault> {
        match count {
            1..=5 => Ok(Self(count)),
            _ => Err(Fault::OutOfRange),
        }
    }
}

impl TryFrom<i32> for Stars {
    type Error = Fault;
    fn try_from(count: i32) -> Result<Self, Fault> {
        u8::try_from(count).map_err(|_| Fault::OutOfRange)?.try_into()
    }
}

impl From<Stars> for u8 {
    fn from(stars: Stars) -> Self {
        stars.0
    }
}

/// Who is rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Whoever checked out.
    Technician,
    /// Whoever took the report in.
    Office,
}

impl Subject {
    /// Both, in the order in which they are asked for.
    pub const ALL: [Self; 2] = [Self::Technician, Self::Office];
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Technician => "technician",
            Self::Office => "office",
        })
    }
}

/// What goes with the stars: up to 500 characters.
pub fn comment(text: &str) -> Result<String, Fault> {
    paragraph(text, 1, 500)
}
