//! What is said of invoices and their money.

use domain::document::Kind;
use domain::ids::TicketId;
use domain::money::Rupiah;
use serde::{Deserialize, Serialize};

use crate::sheet::{Ending, Preview, Sheet, Waiting};
use crate::text::{Code, Text, named};

/// A notice or a question about an invoice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "price")]
pub enum Price {
    // To sales: the card, and what it becomes.
    Asked(Box<Sheet>),
    Ended(Box<Ending>),
    /// The card of someone who may not see it any more.
    Gone {
        ticket: TicketId,
    },
    /// An earlier message of a card or a question that goes on below.
    Below {
        ticket: TicketId,
    },
    // Another price
    AskOffer {
        ticket: TicketId,
        total: Rupiah,
        /// In percent; `None`: any.
        limit: Option<i64>,
    },
    AskDiscount {
        ticket: TicketId,
    },
    AskFinal {
        ticket: TicketId,
    },
    /// An amount that may be either.
    Unclear {
        ticket: TicketId,
        amount: Rupiah,
    },
    Preview(Box<Preview>),
    BadOffer {
        ticket: TicketId,
        fault: Code,
    },
    /// The question was left.
    Left {
        ticket: TicketId,
    },
    // Back to the admins
    AskRejection {
        ticket: TicketId,
    },
    BadRejection {
        ticket: TicketId,
        fault: Code,
    },
    // Answers to a press
    Granted {
        ticket: TicketId,
        number: String,
        total: Rupiah,
    },
    PassedOn {
        ticket: TicketId,
        total: Rupiah,
    },
    Returned {
        ticket: TicketId,
    },
    /// The price has changed; the newest card is shown.
    Outdated {
        ticket: TicketId,
    },
    /// The tax has changed since it was submitted: a new card shows the new total.
    Retaxed {
        ticket: TicketId,
        total: Rupiah,
    },
    /// It was decided before.
    Over(Box<Ending>),
    /// In percent.
    AboveLimit {
        limit: i64,
    },
    /// In hundredths of a percent.
    NobodyMay {
        share: i64,
    },
    NothingToCharge,
    // Photos
    PhotosComing {
        ticket: TicketId,
        count: usize,
    },
    NoPhotos {
        ticket: TicketId,
    },
    Photo {
        ticket: TicketId,
        kind: Kind,
        place: usize,
        count: usize,
    },
    // Lists
    Waiting {
        lines: Vec<Waiting>,
        more: bool,
    },
    NoneWaiting,
    /// What has waited for long.
    Overdue {
        lines: Vec<Waiting>,
    },
    // To admins
    Approved(Box<Ending>),
    Rejected(Box<Ending>),
    /// Those who may decide cannot be reached; their names, if there are any.
    Unheard {
        ticket: TicketId,
        who: Vec<String>,
    },
    /// A customer was not told of an invoice, or not reminded of it.
    Untold {
        ticket: TicketId,
        number: String,
        is_reminder: bool,
        /// Why, by code.
        why: Code,
    },
    /// A payment was taken back; so much is to be paid again.
    PaymentReversed {
        ticket: TicketId,
        number: String,
        amount: Rupiah,
        left: Rupiah,
        by: String,
        reason: String,
    },
}

impl From<Price> for Text {
    fn from(price: Price) -> Self {
        Self::Price(price)
    }
}

named! {
    Price,
    Price::Asked(_) => "price-asked",
    Price::Ended(_) => "price-ended",
    Price::Gone { .. } => "price-gone",
    Price::Below { .. } => "price-below",
    Price::AskOffer { .. } => "price-ask-offer",
    Price::AskDiscount { .. } => "price-ask-discount",
    Price::AskFinal { .. } => "price-ask-final",
    Price::Unclear { .. } => "price-unclear",
    Price::Preview(_) => "price-preview",
    Price::BadOffer { .. } => "price-bad-offer",
    Price::Left { .. } => "price-left",
    Price::AskRejection { .. } => "price-ask-rejection",
    Price::BadRejection { .. } => "price-bad-rejection",
    Price::Granted { .. } => "price-granted",
    Price::PassedOn { .. } => "price-passed-on",
    Price::Returned { .. } => "price-returned",
    Price::Outdated { .. } => "price-outdated",
    Price::Retaxed { .. } => "price-retaxed",
    Price::Over(_) => "price-over",
    Price::AboveLimit { .. } => "price-above-limit",
    Price::NobodyMay { .. } => "price-nobody-may",
    Price::NothingToCharge => "price-nothing-to-charge",
    Price::PhotosComing { .. } => "price-photos-coming",
    Price::NoPhotos { .. } => "price-no-photos",
    Price::Photo { .. } => "price-photo",
    Price::Waiting { .. } => "price-waiting",
    Price::NoneWaiting => "price-none-waiting",
    Price::Overdue { .. } => "price-overdue",
    Price::Approved(_) => "price-approved",
    Price::Rejected(_) => "price-rejected",
    Price::Unheard { .. } => "price-unheard",
    Price::Untold { .. } => "price-untold",
    Price::PaymentReversed { .. } => "payment-reversed",
}

/// What a button about a price says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deal {
    Approve,
    Revise,
    Reject,
    Photos {
        count: usize,
    },
    /// Opens one of several.
    Open {
        ticket: TicketId,
    },
    /// So many percent off.
    Percent {
        percent: i64,
    },
    OtherDiscount,
    FinalPrice,
    /// An amount is meant as a discount, or as the final price.
    AsDiscount {
        amount: Rupiah,
    },
    AsFinal {
        amount: Rupiah,
    },
    /// Yes, at this total.
    Accept {
        total: Rupiah,
    },
    /// Yes, and those who may decide.
    PassOn,
    /// Choose once more.
    Change,
}

named! {
    Deal,
    Deal::Approve => "price-approve",
    Deal::Revise => "price-revise",
    Deal::Reject => "price-reject",
    Deal::Photos { .. } => "price-photos",
    Deal::Open { .. } => "price-open",
    Deal::Percent { .. } => "price-percent",
    Deal::OtherDiscount => "price-other-discount",
    Deal::FinalPrice => "price-final",
    Deal::AsDiscount { .. } => "price-as-discount",
    Deal::AsFinal { .. } => "price-as-final",
    Deal::Accept { .. } => "price-accept",
    Deal::PassOn => "price-pass-on",
    Deal::Change => "price-change",
}
