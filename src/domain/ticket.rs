//! A ticket's life: open, assigned, in progress, done, closed; or cancelled.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::invalid::{Fault, paragraph};

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Open,
    Assigned,
    InProgress,
    Done,
    Closed,
    Cancelled,
}

impl Status {
    /// Every status, in the order of a ticket's life.
    pub const ALL: [Self; 6] = [
        Self::Open,
        Self::Assigned,
        Self::InProgress,
        Self::Done,
        Self::Closed,
        Self::Cancelled,
    ];

    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Assigned => "assigned",
            Self::InProgress => "in_progress",
            Self::Done => "done",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// What the panel writes over the column: the company's own words, the same in both languages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Assigned => "Assigned",
            Self::InProgress => "In-Progress",
            Self::Done => "Done",
            Self::Closed => "Closed",
            Self::Cancelled => "Cancelled",
        }
    }

    /// Whether a ticket may go from here to there.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Open, Self::Assigned | Self::Cancelled)
                | (Self::Assigned, Self::Open | Self::InProgress | Self::Cancelled)
                | (Self::InProgress, Self::Open | Self::Done | Self::Cancelled)
                | (Self::Done, Self::Closed)
        )
    }

    /// Whether the ticket takes a place of its date's company quota: all but the cancelled.
    pub const fn uses_company_quota(self) -> bool {
        !matches!(self, Self::Cancelled)
    }

    /// Whether the ticket is over: nothing more happens at the site.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Cancelled)
    }
}

impl FromStr for Status {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::ALL
            .into_iter()
            .find(|s| s.as_str() == text)
            .ok_or(Fault::BadValue)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is wrong at the customer's: 3 to 1000 characters.
pub fn problem(text: &str) -> Result<String, Fault> {
    paragraph(text, 3, 1000)
}

/// Why something was given back, replaced or cancelled: 3 to 500 characters.
pub fn reason(text: &str) -> Result<String, Fault> {
    paragraph(text, 3, 500)
}
