//! What customers read of invoices, and what the office hears of their payments.

use chrono::NaiveDate;
use domain::ids::TicketId;
use domain::money::Rupiah;
use serde::{Deserialize, Serialize};

use crate::text::{Text, named};

/// A text about an invoice to its customer, or about what he did with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "bill")]
pub enum Bill {
    /// It can be looked at and paid.
    Issued {
        ticket: TicketId,
        number: String,
        total: Rupiah,
        /// Less than the total where something was paid already.
        left: Rupiah,
        due: Option<NaiveDate>,
    },
    /// It is due, or was so many days ago.
    Reminder {
        ticket: TicketId,
        number: String,
        left: Rupiah,
        due: NaiveDate,
        late_days: i64,
    },
    /// Everything was paid.
    Settled {
        ticket: TicketId,
        number: String,
        total: Rupiah,
    },
    /// What is still to be paid, each with its page.
    Owing {
        lines: Vec<Owed>,
    },
    /// Which of several the proof is for.
    AskWhich,
    /// A photo or PDF of the transfer.
    AskProof {
        number: String,
        left: Rupiah,
    },
    /// What came is no photo and no PDF.
    ProofOnly,
    ProofTaken {
        number: String,
    },
    /// It could not be fetched, or is neither a picture nor a PDF.
    ProofLost {
        number: String,
    },
    ProofsEnough {
        number: String,
    },
    /// It is paid, or no longer stands.
    NothingOwed,
    /// To the office: a customer says that he has paid.
    ProofCame {
        ticket: TicketId,
        number: String,
        name: String,
    },
}

/// One invoice that waits for its money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    pub ticket: TicketId,
    pub number: String,
    pub left: Rupiah,
    pub due: Option<NaiveDate>,
    /// Its page.
    pub link: String,
}

impl From<Bill> for Text {
    fn from(bill: Bill) -> Self {
        Self::Bill(bill)
    }
}

named! {
    Bill,
    Bill::Issued { .. } => "bill-issued",
    Bill::Reminder { .. } => "bill-reminder",
    Bill::Settled { .. } => "bill-settled",
    Bill::Owing { .. } => "bill-owing",
    Bill::AskWhich => "bill-ask-which",
    Bill::AskProof { .. } => "bill-ask-proof",
    Bill::ProofOnly => "bill-proof-only",
    Bill::ProofTaken { .. } => "bill-proof-taken",
    Bill::ProofLost { .. } => "bill-proof-lost",
    Bill::ProofsEnough { .. } => "bill-proofs-enough",
    Bill::NothingOwed => "bill-nothing-owed",
    Bill::ProofCame { .. } => "bill-proof-came",
}
