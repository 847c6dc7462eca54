//! What is said of an emergency: nobody has checked in by the due time.

use domain::alert::Resolution;
use domain::ids::TicketId;
use serde::{Deserialize, Serialize};

use crate::card::Visit;
use crate::text::{Moment, Text, named};

/// What an admin needs to decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Late {
    pub ticket: TicketId,
    pub service: String,
    pub customer: String,
    /// District and city, when they are known.
    pub area: Option<String>,
    pub visit: Visit,
    pub technician: String,
    /// E.164.
    pub phone: Option<String>,
    /// Telegram reaches the technician.
    pub reachable: bool,
    pub due: Moment,
    /// How long that has gone by, in minutes.
    pub minutes: i64,
    /// How often this was told before.
    pub repeats: i32,
    /// Every admin hears it, because those on duty have not decided.
    pub to_all: bool,
}

/// One line of a list of emergencies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LateLine {
    pub ticket: TicketId,
    pub technician: String,
    /// How long the due time has gone by, in minutes.
    pub minutes: i64,
}

/// A text of an emergency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "emergency")]
pub enum Emergency {
    // To admins
    /// The card, with its decisions below.
    Raised(Box<Late>),
    /// The card of an admin who chooses who gets the job instead; `free`: how many can be chosen, on all pages.
    Choosing {
        late: Box<Late>,
        free: usize,
        /// The first is 1. What was queued before there were pages is all on one.
        #[serde(default)]
        page: u16,
        #[serde(default)]
        pages: u16,
    },
    /// The card of an admin who has chosen; `next` is nobody: the pool.
    Confirming {
        ticket: TicketId,
        technician: String,
        next: Option<String>,
    },
    /// The card, once someone has given more time.
    Continued {
        ticket: TicketId,
        technician: String,
        minutes: i32,
        until: Moment,
        by: String,
        at: Moment,
    },
    /// The card, once the job has left the technician; `next` is nobody: it went to the pool.
    Replaced {
        ticket: TicketId,
        technician: String,
        next: Option<String>,
        by: String,
        at: Moment,
    },
    /// The card, once nobody needs to decide any more.
    Resolved {
        ticket: TicketId,
        technician: String,
        why: Resolution,
        at: Moment,
    },
    List {
        lines: Vec<LateLine>,
        more: bool,
    },
    ListEmpty,
    /// Whoever was chosen has no place left that day.
    HandFull {
        name: String,
        used: i32,
        quota: i32,
    },
    /// Whoever was chosen was replaced on this ticket before, or is no technician any more.
    HandGone {
        name: String,
    },
    /// The ticket has changed meanwhile.
    Moved,
    // To the technician
    /// An admin has given more time.
    MoreTime {
        ticket: TicketId,
        until: Moment,
        by: String,
    },
}

impl From<Emergency> for Text {
    fn from(emergency: Emergency) -> Self {
        Self::Emergency(emergency)
    }
}

named! {
    Emergency,
    Emergency::Raised(_) => "emergency-raised",
    Emergency::Choosing { .. } => "emergency-choosing",
    Emergency::Confirming { .. } => "emergency-confirming",
    Emergency::Continued { .. } => "emergency-continued",
    Emergency::Replaced { .. } => "emergency-replaced",
    Emergency::Resolved { .. } => "emergency-resolved",
    Emergency::List { .. } => "emergency-list",
    Emergency::ListEmpty => "emergency-list-empty",
    Emergency::HandFull { .. } => "emergency-hand-full",
    Emergency::HandGone { .. } => "emergency-hand-gone",
    Emergency::Moved => "emergency-moved",
    Emergency::MoreTime { .. } => "emergency-more-time",
}
