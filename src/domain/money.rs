//! Whole rupiah.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::invalid::Fault;

/// An amount in whole rupiah.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rupiah(pub i64);

impl Rupiah {
    /// A price: 0 to 1 triliun.
    pub fn price(amount: i64) -> Result<Self, Fault> {
        if (0..=1_000_000_000_000).contains(&amount) {
            Ok(Self(amount))
        } else {
            Err(Fault::OutOfRange)
        }
    }
}

impl fmt::Display for Rupiah {
    /// `Rp1.500.000`: dots between thousands, no space, as written in Indonesia.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        write!(f, "{}Rp{grouped}", if self.0 < 0 { "-" } else { "" })
    }
}
