//! The five ways in which a use case may not do what it was asked.

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::Zone;
use domain::ids::UserId;
use domain::invalid::Invalid;
use domain::invoice;
use domain::money::Rupiah;
use domain::ticket::Status;

use crate::files::StorageError;
use crate::store;

/// Why a deed was not done; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The form is wrong, field by field.
    #[error("the form is invalid: {0}")]
    Invalid(Invalid),
    /// A rule says no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// There is no such thing.
    #[error("there is no such thing")]
    Missing,
    /// Someone else changed it since it was read.
    #[error("it was changed by someone else meanwhile")]
    Stale,
    /// The same call was made before, or is being made at this moment; its answer is kept.
    #[error("the call was made before")]
    Replayed,
    /// The database cannot be reached; trying again later may help.
    #[error("the database is not there")]
    Busy(#[source] store::Error),
    /// Files cannot be kept or read; trying again later may help.
    #[error("the storage is not there")]
    NoStorage(#[source] StorageError),
    /// A defect.
    #[error("something broke")]
    Broken(#[source] store::Error),
}

/// The rules that say no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The company has no place left on that date; these are the next free ones.
    QuotaExhausted { date: NaiveDate, next: Vec<NaiveDate> },
    /// The technician has no place left on that date.
    OwnQuotaFull {
        id: UserId,
        name: String,
        used: i32,
        quota: i32,
        date: NaiveDate,
    },
    /// The ticket's state does not allow it.
    WrongState { now: Status },
    /// Someone else has the ticket already.
    AlreadyTaken { by: String },
    /// The technician was replaced on this ticket and may not have it again.
    Excluded { name: String },
    /// The person is no active technician whom Telegram reaches.
    NotAvailable { name: String },
    /// The last active admin cannot be removed or demoted.
    LastAdmin,
    /// Someone with jobs under way cannot leave the technicians.
    HasLiveJobs { name: String },
    /// The customer has tickets that are neither closed nor cancelled.
    HasLiveTickets,
    /// The invoice's state does not allow it.
    InvoiceState { now: invoice::State },
    /// The total is zero.
    NothingToCharge,
    /// No active sales person may give so large a discount, in hundredths of a percent.
    NobodyMayApprove { share: i64 },
    /// The discount is above what the decider may give, in percent.
    AboveLimit { limit: i64 },
    /// An invoice with payments is not voided.
    HasPayments,
    /// A ticket with an approved invoice is not closed without charge.
    HasInvoice,
    /// The same payment is recorded already.
    PaidBefore,
    /// More than what is still to be paid.
    Overpaid { left: Rupiah },
    /// The emergency is over: decided by someone, or nobody needs to decide any more.
    AlertOver {
        by: Option<String>,
        at: DateTime<Utc>,
        zone: Zone,
    },
    /// The thing is not in a state in which that can be done.
    NotNow,
    /// The environment gave this setting: nobody changes it from inside.
    SettingFixed { key: &'static str },
    /// Telegram is not configured, so there is nothing to link to.
    NoTelegram,
    /// Telegram has not told the bot's name yet.
    TelegramSilent,
    /// A file has more bytes than any may have.
    FileTooLarge,
    /// A file is of a kind that is not taken.
    FileUnknown,
    /// A file is a document where a photo is wanted.
    FileNotAPhoto,
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Unavailable(_) | store::Error::Stopped => Self::Busy(error),
            _ => Self::Broken(error),
        }
    }
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        Self::NoStorage(error)
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
