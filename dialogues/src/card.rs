//! The facts that a ticket's cards show, fixed when the card was written.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::calendar::Zone;
use domain::geo::Position;
use domain::ids::TicketId;
use domain::ticket::Status;
use serde::{Deserialize, Serialize};

/// What everyone may see before the job is won: no phone, no house number, no pin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    pub ticket: TicketId,
    pub epoch: i32,
    pub service: String,
    pub problem: String,
    /// District and city, when they are known.
    pub area: Option<String>,
    pub visit: Visit,
}

/// When the visit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    pub date: NaiveDate,
    pub time: Option<NaiveTime>,
    pub zone: Zone,
}

/// What the one who won it needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Job {
    pub ticket: TicketId,
    pub epoch: i32,
    pub status: Status,
    pub service: String,
    pub problem: String,
    pub customer: String,
    /// E.164.
    pub phone: Option<String>,
    pub address: String,
    pub site: Option<Position>,
    pub notes: Option<String>,
    pub visit: Visit,
    pub due_at: Option<DateTime<Utc>>,
}

/// One line of a list of jobs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub ticket: TicketId,
    pub epoch: i32,
    pub status: Status,
    pub service: String,
    pub area: Option<String>,
    pub visit: Visit,
}
