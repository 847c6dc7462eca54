//! Every text of the chats, with the facts that it needs. The words are in `locales/`.

use chrono::{DateTime, Utc};
use domain::calendar::Zone;
use domain::document::Kind;
use domain::ids::TicketId;
use domain::invalid::Fault;
use domain::person::{Locale, Role};
use serde::{Deserialize, Serialize};

use crate::bill::Bill;
use crate::card::{Job, Line, Offer};
use crate::customer::Customer;
use crate::emergency::Emergency;
use crate::price::{Deal, Price};
use crate::site::Site;
use crate::tap::Tap;
use crate::wire::Wire;

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
    /// Of a visit.
    Site(Site),
    /// To admins, of how a customers' channel does.
    Wire(Wire),
    /// Of an invoice.
    Price(Price),
    /// To a customer about his invoice, or to the office about his payment.
    Bill(Bill),
    /// Of a check-in that is overdue.
    Emergency(Emergency),
    /// To a customer, or about one.
    Customer(Customer),
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
    CheckIn,
    CheckOut,
    ConfirmCheckOut,
    LeaveCheckOut,
    NoFix,
    Settle,
    UploadEvidence,
    UploadBast,
    Finish,
    AssignmentLetter,
    BastForm,
    TravelLetter,
    /// What photos are for: this job, and this kind.
    PlaceAs {
        ticket: TicketId,
        kind: Kind,
    },
    Map,
    CopyAddress,
    CopyPhone,
    Refresh,
    More,
    /// Further through a list, in the same message.
    NextPage,
    PreviousPage,
    Cancel,
    // Emergencies
    /// More time.
    Continue {
        minutes: i64,
    },
    /// Someone else shall have the job.
    Replace,
    /// This one, who has taken so many of so many jobs that day.
    Hand {
        name: String,
        used: i32,
        quota: i32,
        on_duty: bool,
    },
    ToPool,
    ConfirmReplace,
    Back,
    ShareContact,
    /// Open an invoice's page.
    Bill,
    Language(Locale),
    /// A button about a price.
    Price(Deal),
    /// A customer's button, by what it does.
    Tap(Tap),
}

/// Names every variant once: a new one does not compile without its name, and is missed in the samples.
macro_rules! named {
    ($of:ident, $($variant:pat => $name:literal,)+ $(; $inner:pat => $by:expr)* $(,)?) => {
        impl $of {
            /// Every name, for tests that show them all.
            pub const NAMES: &[&str] = &[$($name),+];

            /// The stable name of this kind of text.
            pub const fn name(&self) -> &'static str {
                match self {
                    $($variant => $name,)+
                    $($inner => $by,)*
                }
            }
        }
    };
}
pub(crate) use named;

named! {
    Text,
    Text::Stranger { .. } => "stranger",
    Text::Deactivated { .. } => "deactivated",
    Text::Welcome { .. } => "welcome",
    Text::Help { .. } => "help",
    Text::UnknownCommand { .. } => "unknown-command",
    Text::NotUnderstood { .. } => "not-understood",
    Text::Unsupported => "unsupported",
    Text::Cancelled => "cancelled",
    Text::NothingToCancel => "nothing-to-cancel",
    Text::AskLanguage => "ask-language",
    Text::LanguageSet => "language-set",
    Text::Trouble => "trouble",
    Text::AskContact { .. } => "ask-contact",
    Text::ContactNotOwn => "contact-not-own",
    Text::ContactMismatch => "contact-mismatch",
    Text::ContactExpected => "contact-expected",
    Text::Linked { .. } => "linked",
    Text::AlreadyLinked { .. } => "already-linked",
    Text::InviteUsed => "invite-used",
    Text::InviteExpired => "invite-expired",
    Text::InviteUnknown => "invite-unknown",
    Text::TelegramTaken => "telegram-taken",
    Text::OtherTelegramLinked => "other-telegram-linked",
    Text::Offer(_) => "offer",
    Text::Taken { .. } => "taken",
    Text::Withdrawn { .. } => "withdrawn",
    Text::Won { .. } => "won",
    Text::Lost { .. } => "lost",
    Text::QuotaFull { .. } => "quota-full",
    Text::Excluded { .. } => "excluded",
    Text::NotOpen { .. } => "not-open",
    Text::StaleButton => "stale-button",
    Text::NotYours { .. } => "not-yours",
    Text::NotAllowed => "not-allowed",
    Text::JobCard(_) => "job-card",
    Text::JobGone { .. } => "job-gone",
    Text::Pool { .. } => "pool",
    Text::PoolEmpty => "pool-empty",
    Text::Tasks { .. } => "tasks",
    Text::TasksEmpty => "tasks-empty",
    Text::OnDuty { .. } => "on-duty",
    Text::OffDuty { .. } => "off-duty",
    Text::AskReleaseReason { .. } => "ask-release-reason",
    Text::Released { .. } => "released",
    Text::BadReason { .. } => "bad-reason",
    Text::AssignedToYou { .. } => "assigned-to-you",
    Text::TicketReleased { .. } => "ticket-released",
    Text::InputHeld { .. } => "input-held",
    Text::Unreachable { .. } => "unreachable",
    Text::ContactRefused { .. } => "contact-refused",
    ; Text::Site(site) => site.name()
    ; Text::Price(price) => price.name()
    ; Text::Emergency(emergency) => emergency.name()
    ; Text::Wire(wire) => wire.name()
    ; Text::Bill(bill) => bill.name()
    ; Text::Customer(customer) => customer.name()
}

named! {
    Label,
    Label::Claim => "claim",
    Label::ClaimOne { .. } => "claim-one",
    Label::OpenOne { .. } => "open-one",
    Label::Release => "release",
    Label::CheckIn => "check-in",
    Label::CheckOut => "check-out",
    Label::ConfirmCheckOut => "confirm-check-out",
    Label::LeaveCheckOut => "leave-check-out",
    Label::NoFix => "no-fix",
    Label::Settle => "settle",
    Label::UploadEvidence => "upload-evidence",
    Label::UploadBast => "upload-bast",
    Label::Finish => "finish",
    Label::AssignmentLetter => "assignment-letter",
    Label::BastForm => "bast-form",
    Label::TravelLetter => "travel-letter",
    Label::PlaceAs { .. } => "place-as",
    Label::Map => "map",
    Label::CopyAddress => "copy-address",
    Label::CopyPhone => "copy-phone",
    Label::Refresh => "refresh",
    Label::More => "more",
    Label::NextPage => "next-page",
    Label::PreviousPage => "previous-page",
    Label::Cancel => "cancel",
    Label::Continue { .. } => "continue",
    Label::Replace => "replace",
    Label::Hand { .. } => "hand",
    Label::ToPool => "to-pool",
    Label::ConfirmReplace => "confirm-replace",
    Label::Back => "back",
    Label::ShareContact => "share-contact",
    Label::Bill => "bill",
    Label::Language(_) => "language",
    ; Label::Price(deal) => deal.name()
    ; Label::Tap(tap) => tap.name()
}
