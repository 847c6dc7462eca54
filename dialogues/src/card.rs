//! The facts that a ticket's cards show, fixed when the card was written.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::calendar::Zone;
use domain::document::Kind;
use domain::geo::Position;
use domain::ids::TicketId;
use domain::ticket::Status;
use domain::visit::Verdict;
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
    /// Since the check-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
}

/// How far a visit is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    pub checked_in_at: DateTime<Utc>,
    pub verdict: Verdict,
    pub checked_out_at: Option<DateTime<Utc>>,
    /// Photos of the work that were checked.
    pub evidence: usize,
    /// Photos or PDFs of the signed handover that were checked.
    pub bast: usize,
}

/// What an upload mode has taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub ticket: TicketId,
    pub kind: Kind,
    /// Checked and stored.
    pub ready: usize,
    /// On their way.
    pub waiting: usize,
    /// Not taken, or lost.
    pub refused: usize,
    /// What the job has of this kind altogether.
    pub total: usize,
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
