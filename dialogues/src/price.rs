//! What is said of invoices and their money.

use domain::ids::TicketId;
use domain::money::Rupiah;
use serde::{Deserialize, Serialize};

use crate::text::{Text, named};

/// A notice about an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "price")]
pub enum Price {
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
    Price::PaymentReversed { .. } => "payment-reversed",
}
