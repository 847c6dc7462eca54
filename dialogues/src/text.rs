//! Every text of the chats, with the facts that it needs. The words are in `locales/`.

use chrono::{DateTime, Utc};
use domain::calendar::Zone;
use domain::ids::TicketId;
use domain::invalid::Fault;
use domain::person::{Locale, Role};
use serde::{Deserialize, Serialize};

use crate::card::{Job, Line, Offer};

/// A moment to be shown in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub at: DateTime<Utc>,
    pub zone: Zone,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "text")]
pub enum Text {
    // Anyone
    /// To someone unknown: how to get in.
    Stranger {
        company: String,
    },
    /// To someone whose account was deactivated.
    Deactivated {
        company: String,
    },
    Welcome {
        name: String,
        role: Role,
        company: String,
    },
    Help {
        role: Role,
        company: String,
    },
    /// The command does not exist, or not for this role.
    UnknownCommand {
        command: String,
        role: Role,
    },
    /// Free text that nothing asked for.
    NotUnderstood {
        role: Role,
    },
    /// A kind of message that no one can read here.
    Unsupported,
    Cancelled,
    NothingToCancel,
    AskLanguage,
    LanguageSet,
    /// Something broke; the input is kept.
    Trouble,
    // Linking an account
    AskContact {
        name: String,
        role: Role,
        company: String,
    },
    ContactNotOwn,
    ContactMismatch,
    ContactExpected,
    Linked {
        name: String,
        role: Role,
    },
    AlreadyLinked {
        name: String,
    },
    InviteUsed,
    InviteExpired,
    InviteUnknown,
    /// This Telegram account belongs to someone else in the company.
    TelegramTaken,
    /// The invited person has another Telegram account linked: an admin must unlink it first.
    OtherTelegramLinked,
    // War tiket
    Offer(Box<Offer>),
    /// The offer, once someone has it.
    Taken {
        offer: Box<Offer>,
        by: String,
        at: Moment,
    },
    /// The offer, when the job no longer stands (cancelled).
    Withdrawn {
        ticket: TicketId,
    },
    Won {
        ticket: TicketId,
        at: Moment,
    },
    /// Who won, when, and by how many milliseconds.
    Lost {
        ticket: TicketId,
        by: String,
        at: Moment,
        margin_ms: i64,
    },
    QuotaFull {
        used: i32,
        quota: i32,
    },
    Excluded {
        ticket: TicketId,
    },
    NotOpen {
        ticket: TicketId,
    },
    StaleButton,
    NotYours {
        ticket: TicketId,
    },
    NotAllowed,
    JobCard(Box<Job>),
    /// The job card, once the job has gone from this person.
    JobGone {
        ticket: TicketId,
        why: Gone,
    },
    // Lists
    Pool {
        lines: Vec<Line>,
        more: bool,
    },
    PoolEmpty,
    Tasks {
        lines: Vec<Line>,
    },
    TasksEmpty,
    // Duty
    OnDuty {
        open: i64,
    },
    OffDuty {
        active: i64,
    },
    // Giving back
    AskReleaseReason {
        ticket: TicketId,
    },
    Released {
        ticket: TicketId,
    },
    BadReason {
        ticket: TicketId,
        fault: Code,
    },
    AssignedToYou {
        ticket: TicketId,
        by: String,
    },
    // To admins
    TicketReleased {
        ticket: TicketId,
        by: String,
        reason: String,
    },
    InputHeld {
        count: i64,
    },
    Unreachable {
        name: String,
    },
    ContactRefused {
        name: String,
    },
}

/// Why a job left someone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gone {
    Released,
    Replaced,
    Cancelled,
}

/// A fault by its stable code, as saved texts keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(pub String);

impl From<Fault> for Code {
    fn from(fault: Fault) -> Self {
        Self(fault.code().to_owned())
    }
}

/// What a button says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    Claim,
    /// Claim one of several: with its number.
    ClaimOne {
        ticket: TicketId,
    },
    /// Open one of several jobs.
    OpenOne {
        ticket: TicketId,
    },
    Release,
    Map,
    CopyAddress,
    CopyPhone,
    Refresh,
    More,
    Cancel,
    ShareContact,
    Language(Locale),
}
