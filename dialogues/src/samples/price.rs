//! One of every notice about an invoice.

use domain::money::Rupiah;

use crate::price::Price;
use crate::samples::{TICKET, name};
use crate::text::Text;

/// Every notice at least once.
pub(crate) fn texts() -> Vec<Text> {
    vec![
        Price::PaymentReversed {
            ticket: TICKET,
            number: "INV/2026/XI/0001".to_owned(),
            amount: Rupiah(1_500_000),
            left: Rupiah(1_500_000),
            by: name(),
            reason: "salah <catat> & dobel".to_owned(),
        }
        .into(),
    ]
}
