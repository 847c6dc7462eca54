//! Files of a ticket: letters, and the photos that prove the work.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::invalid::Fault;

/// How many files of one kind an assignment takes: an album holds no more either.
pub const PER_KIND: usize = 10;

/// The largest file taken, in bytes: what a bot may fetch from Telegram (Bot API, `getFile`).
pub const LARGEST: usize = 20 * 1024 * 1024;

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Surat Tugas: sends the technician.
    AssignmentLetter,
    /// Surat Jalan: goods and travel.
    TravelLetter,
    /// Berita Acara Serah Terima: the handover that the customer signs.
    Bast,
    /// A BAST that was drawn here and is still to be signed. Only the photo of a signed one proves anything, so this
    /// is a kind of its own.
    BastForm,
    /// Shows the work done.
    Evidence,
    /// Shows that the customer has paid.
    PaymentProof,
    /// Shows where a check-in was made that its location does not prove.
    CheckIn,
    /// Shows what a customer reports.
    Report,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::AssignmentLetter,
        Self::TravelLetter,
        Self::Bast,
        Self::BastForm,
        Self::Evidence,
        Self::PaymentProof,
        Self::CheckIn,
        Self::Report,
    ];

    /// The stable name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AssignmentLetter => "assignment_letter",
            Self::TravelLetter => "travel_letter",
            Self::Bast => "bast",
            Self::BastForm => "bast_form",
            Self::Evidence => "evidence",
            Self::PaymentProof => "payment_proof",
            Self::CheckIn => "check_in",
            Self::Report => "report",
        }
    }

    /// The stable name in the API: a form is told by what it is a form of.
    pub const fn told(self) -> &'static str {
        match self {
            Self::BastForm => Self::Bast.as_str(),
            other => other.as_str(),
        }
    }

    /// Whether it is a letter that the technician carries.
    pub const fn is_letter(self) -> bool {
        matches!(self, Self::AssignmentLetter | Self::TravelLetter | Self::BastForm)
    }

    /// Whether it may be a film or a sound as well as a picture or a PDF: whatever shows or tells what is wrong.
    pub const fn may_be_anything(self) -> bool {
        matches!(self, Self::Report)
    }

    /// Whether it may be a PDF; the others are pictures.
    pub const fn may_be_pdf(self) -> bool {
        !matches!(self, Self::Evidence | Self::CheckIn)
    }
}

impl FromStr for Kind {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(Fault::BadValue)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How far a file has come. Only what is ready counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Known by name only; its bytes are still to be fetched and looked into.
    Waiting,
    /// Fetched, checked and stored.
    Ready,
    /// Fetched, and not what it should be.
    Refused,
    /// Could not be fetched.
    Lost,
    /// Was here once; its bytes are gone, as the retention says.
    Erased,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Ready,
        Self::Refused,
        Self::Lost,
        Self::Erased,
    ];

    /// The stable name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Ready => "ready",
            Self::Refused => "refused",
            Self::Lost => "lost",
            Self::Erased => "erased",
        }
    }
}

impl FromStr for State {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(Fault::BadValue)
    }
}
