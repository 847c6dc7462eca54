//! Another price than the one that was asked: a discount, or what the customer shall pay in the end.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::invalid::Fault;
use crate::invoice::{Discount, Line, Totals, discount_to};
use crate::money::Rupiah;
use crate::tax::Vat;

/// Another price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    Discount(Discount),
    /// The total that the customer shall pay; what rounding cannot hit becomes the nearest lower one.
    Final(Rupiah),
}

impl Offer {
    /// The discount and the sums that this makes of an invoice's lines.
    pub fn of(self, lines: &[Line], vat: Option<Vat>) -> Result<(Discount, Totals), Fault> {
        match self {
            Self::Discount(discount) => Totals::of(lines, discount, vat).map(|totals| (discount, totals)),
            Self::Final(wanted) => discount_to(lines, vat, wanted),
        }
    }
}

impl fmt::Display for Offer {
    /// As short as a button needs it: `p1000` is ten percent off, `a150000` so many rupiah, `f1500000` a final price.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Discount(Discount::Percent(hundredths)) => write!(f, "p{hundredths}"),
            Self::Discount(Discount::Amount(amount)) => write!(f, "a{}", amount.0),
            Self::Final(total) => write!(f, "f{}", total.0),
        }
    }
}

impl FromStr for Offer {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let (kind, digits) = text.split_at_checked(1).ok_or(Fault::BadValue)?;
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Fault::BadNumber);
        }
        let number: i64 = digits.parse().map_err(|_| Fault::OutOfRange)?;
        match kind {
            "p" if number <= 10_000 => Ok(Self::Discount(Discount::Percent(number))),
            "p" => Err(Fault::OutOfRange),
            "a" => Ok(Self::Discount(Discount::Amount(Rupiah(number)))),
            "f" => Ok(Self::Final(Rupiah(number))),
            _ => Err(Fault::BadValue),
        }
    }
}
