//! The facts that a price is decided by, fixed when they were written.

use domain::ids::{InvoiceId, TicketId};
use domain::invoice::{Discount, Line, Totals};
use domain::money::Rupiah;
use domain::offer::Offer;
use serde::{Deserialize, Serialize};

use crate::text::Moment;

/// What sales look at before they decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    pub ticket: TicketId,
    /// The invoice's: a decision about an older one decides nothing.
    pub version: i32,
    pub service: String,
    pub problem: String,
    pub customer: String,
    /// District and city, when they are known.
    pub area: Option<String>,
    /// Who did the work, and when he left.
    pub technician: Option<String>,
    pub done_at: Option<Moment>,
    /// What the price list says of the service.
    pub list_price: Rupiah,
    /// The first few lines.
    pub lines: Vec<Line>,
    /// How many more there are.
    pub more: usize,
    pub discount: Discount,
    pub totals: Totals,
    /// Photos of the work and of the signed handover that can be shown.
    pub photos: usize,
    /// Who asked; `None`: it went by itself.
    pub by: Option<String>,
    pub at: Moment,
}

/// What another price would make of an invoice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    pub ticket: TicketId,
    /// What was asked for.
    pub offer: Offer,
    /// The total as it stands.
    pub before: Rupiah,
    pub discount: Discount,
    pub totals: Totals,
    /// The largest discount in percent that the one who looks may give; `None`: any.
    pub limit: Option<i64>,
    /// Who would decide instead, where that is more than he may give; empty: he decides.
    pub judges: Vec<String>,
}

impl Preview {
    /// Whether the one who looks may decide it himself.
    pub fn is_within(&self) -> bool {
        self.judges.is_empty()
    }

    /// What was wanted, where rounding cannot hit it.
    pub fn missed(&self) -> Option<Rupiah> {
        match self.offer {
            Offer::Final(wanted) => (wanted != self.totals.total).then_some(wanted),
            Offer::Discount(_) => None,
        }
    }
}

/// How a request ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    pub ticket: TicketId,
    pub customer: String,
    pub total: Rupiah,
    /// Who decided; `None`: the system itself.
    pub by: Option<String>,
    pub at: Moment,
    pub how: How,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Approved {
        number: String,
    },
    Rejected {
        reason: String,
    },
    /// Another price was set, which others decide.
    PassedOn,
    /// The tax changed while it waited: the new total is decided in a new card.
    Retaxed,
    Voided {
        reason: String,
    },
}

impl How {
    /// The name by which texts choose their words.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Approved { .. } => "approved",
            Self::Rejected { .. } => "rejected",
            Self::PassedOn => "passed-on",
            Self::Retaxed => "retaxed",
            Self::Voided { .. } => "voided",
        }
    }
}

/// One line of a list of prices that wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub ticket: TicketId,
    pub invoice: InvoiceId,
    pub customer: String,
    pub total: Rupiah,
    /// In hundredths of a percent of the subtotal.
    pub discount_share: i64,
    pub since: Moment,
    /// The discount is more than the one who looks may give.
    pub is_above: bool,
}
