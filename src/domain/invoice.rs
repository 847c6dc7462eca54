//! What a customer owes for a job: lines, a discount, tax, and what has been paid.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::invalid::{Fault, line};
use crate::money::Rupiah;
use crate::person::Locale;
use crate::tax::{Vat, half_up};

/// The most lines on one invoice.
pub const MOST_LINES: usize = 100;
/// The largest total, in rupiah: one quadrillion is far above any job and far below what `i64` counts.
pub const LARGEST_TOTAL: i64 = 1_000_000_000_000_000;

/// Where an invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The admin writes it.
    Draft,
    /// Sales decide.
    Submitted,
    /// It has its number and never changes again.
    Approved,
    /// The customer has the link.
    Sent,
    Paid,
    Void,
}

impl State {
    /// Every state, in the order of an invoice's life.
    pub const ALL: [Self; 6] = [
        Self::Draft,
        Self::Submitted,
        Self::Approved,
        Self::Sent,
        Self::Paid,
        Self::Void,
    ];

    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Sent => "sent",
            Self::Paid => "paid",
            Self::Void => "void",
        }
    }

    /// Whether an invoice may go from here to there. A reversed payment puts a paid one back to sent.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft, Self::Submitted)
                | (Self::Submitted, Self::Draft | Self::Approved)
                | (Self::Approved, Self::Sent | Self::Paid)
                | (Self::Sent, Self::Paid)
                | (Self::Paid, Self::Sent)
                | (
                    Self::Draft | Self::Submitted | Self::Approved | Self::Sent,
                    Self::Void
                )
        )
    }

    /// Whether it has a number and its lines stand for good.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Approved | Self::Sent | Self::Paid)
    }

    /// Whether payments may be recorded.
    pub const fn takes_payments(self) -> bool {
        matches!(self, Self::Approved | Self::Sent)
    }
}

impl FromStr for State {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == text);
        found.ok_or(Fault::BadValue)
    }
}

/// How many of a unit, in thousandths: 1.5 hours are 1500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(pub i64);

impl Quantity {
    /// One.
    pub const ONE: Self = Self(1000);

    /// Thousandths, above 0 and at most a million units.
    pub fn thousandths(count: i64) -> Result<Self, Fault> {
        if (1..=1_000_000_000).contains(&count) {
            Ok(Self(count))
        } else {
            Err(Fault::OutOfRange)
        }
    }

    /// As people type it: `2`, `1,5` or `1.5`, with at most three digits behind the comma. `1.500` is refused:
    /// some mean one and a half by it, and some fifteen hundred.
    pub fn typed(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::Required);
        }
        if text.split_once('.').is_some_and(|(_, part)| part.len() == 3) {
            return Err(Fault::BadNumber);
        }
        Self::thousandths(decimal(text, 3).ok_or(Fault::BadNumber)?)
    }

    /// As people read it: `2`, `1,5` in Indonesian, `1.5` in English.
    pub fn shown(self, locale: Locale) -> String {
        let part = format!("{:03}", self.0 % 1000);
        let mark = if locale == Locale::Id { ',' } else { '.' };
        let whole = self.0 / 1000;
        match part.trim_end_matches('0') {
            "" => whole.to_string(),
            part => format!("{whole}{mark}{part}"),
        }
    }

    /// A number as programs write it: `1.125`.
    pub fn exact(number: &str) -> Result<Self, Fault> {
        Self::thousandths(decimal(number, 3).ok_or(Fault::BadNumber)?)
    }
}

/// `1,5` or `1.5` in so many decimal places, as a whole number of the smallest.
fn decimal(text: &str, places: usize) -> Option<i64> {
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let ends_open = part.is_empty() && text.len() != whole.len();
    if whole.is_empty()
        || whole.len() > 12
        || !digits(whole)
        || !digits(part)
        || part.len() > places
        || ends_open
    {
        return None;
    }
    let scale = 10_i64.checked_pow(u32::try_from(places).ok()?)?;
    let padded = format!("{part:0<places$}");
    let part = if places == 0 {
        0
    } else {
        padded.parse::<i64>().ok()?
    };
    whole.parse::<i64>().ok()?.checked_mul(scale)?.checked_add(part)
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub description: String,
    pub quantity: Quantity,
    /// E.g. `unit`, `jam`, `meter`.
    pub unit: String,
    pub unit_price: Rupiah,
}

impl Line {
    /// A line whose words and numbers can stand on an invoice.
    pub fn new(description: &str, quantity: Quantity, unit: &str, unit_price: Rupiah) -> Result<Self, Fault> {
        Ok(Self {
            description: line(description, 1, 200)?,
            quantity: Quantity::thousandths(quantity.0)?,
            unit: line(unit, 1, 20)?,
            unit_price: Rupiah::price(unit_price.0)?,
        })
    }

    /// Quantity times price, in whole rupiah.
    pub fn amount(&self) -> Result<Rupiah, Fault> {
        let parts = i128::from(self.quantity.0) * i128::from(self.unit_price.0);
        half_up(parts, 1000).map(Rupiah).ok_or(Fault::OutOfRange)
    }
}

/// What is taken off the sum of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum Discount {
    Amount(Rupiah),
    /// In hundredths of a percent: 7.5% is 750.
    Percent(i64),
}

impl Discount {
    /// Nothing off.
    pub const NONE: Self = Self::Amount(Rupiah(0));

    /// A percentage as people type it: `10%`, `7,5 %`, `7.5`; at most two digits behind the comma.
    pub fn percent(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        let number = text.strip_suffix('%').unwrap_or(text).trim();
        if number.is_empty() {
            return Err(Fault::Required);
        }
        let hundredths = decimal(number, 2).ok_or(Fault::BadNumber)?;
        if hundredths > 10_000 {
            return Err(Fault::OutOfRange);
        }
        Ok(Self::Percent(hundredths))
    }

    /// A discount as people type it into one line: `10%` is a share, everything else an amount (`150rb`, `1,5jt`).
    pub fn typed(text: &str) -> Result<Self, Fault> {
        if text.trim().ends_with('%') {
            Self::percent(text)
        } else {
            Rupiah::typed(text).map(Self::Amount)
        }
    }

    /// In rupiah of a subtotal; never more than it.
    fn of(self, subtotal: i64) -> Result<i64, Fault> {
        let off = match self {
            Self::Amount(Rupiah(amount)) => amount,
            Self::Percent(hundredths) if (0..=10_000).contains(&hundredths) => {
                let parts = i128::from(subtotal) * i128::from(hundredths);
                half_up(parts, 10_000).ok_or(Fault::OutOfRange)?
            }
            Self::Percent(_) => return Err(Fault::OutOfRange),
        };
        if (0..=subtotal).contains(&off) {
            Ok(off)
        } else {
            Err(Fault::OutOfRange)
        }
    }
}

/// An invoice's sums, in whole rupiah.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// The sum of the lines.
    pub subtotal: Rupiah,
    pub discount: Rupiah,
    /// Subtotal less discount: the service's price before tax.
    pub net: Rupiah,
    /// The base of the tax (DPP); 0 without tax.
    pub tax_base: Rupiah,
    /// The rate that the law names; 0 without tax.
    pub vat_percent: i64,
    pub vat: Rupiah,
    pub total: Rupiah,
}

impl Totals {
    /// Adds lines up, takes the discount off, puts the tax on. `vat` is `None` for a seller who is not registered.
    pub fn of(lines: &[Line], discount: Discount, vat: Option<Vat>) -> Result<Self, Fault> {
        let subtotal = subtotal(lines)?;
        let off = discount.of(subtotal)?;
        Self::after(subtotal, off, vat)
    }

    fn after(subtotal: i64, discount: i64, vat: Option<Vat>) -> Result<Self, Fault> {
        let net = subtotal - discount;
        let (base, percent, tax) = match vat {
            None => (Some(0), 0, Some(0)),
            Some(vat) => (vat.base_of(net), vat.percent, vat.of(net)),
        };
        let (Some(base), Some(tax)) = (base, tax) else {
            return Err(Fault::OutOfRange);
        };
        let total = net.checked_add(tax).filter(|total| *total <= LARGEST_TOTAL);
        Ok(Self {
            subtotal: Rupiah(subtotal),
            discount: Rupiah(discount),
            net: Rupiah(net),
            tax_base: Rupiah(base),
            vat_percent: percent,
            vat: Rupiah(tax),
            total: Rupiah(total.ok_or(Fault::OutOfRange)?),
        })
    }

    /// The discount's share of the subtotal in hundredths of a percent, rounded up: a limit of 10% refuses
    /// whatever is more than 10%, by however little.
    pub fn discount_share(&self) -> i64 {
        if self.subtotal.0 == 0 {
            return 0;
        }
        let (off, of) = (i128::from(self.discount.0) * 10_000, i128::from(self.subtotal.0));
        i64::try_from((off + of - 1) / of).unwrap_or(i64::MAX)
    }

    /// Whether the discount that made these sums stays within a limit in percent; `None`: there is none. A share
    /// is judged as it was given: what rounding to whole rupiah adds to it is nobody's doing.
    pub fn is_within(&self, discount: Discount, limit_percent: Option<i64>) -> bool {
        let Some(limit) = limit_percent else { return true };
        match discount {
            Discount::Percent(hundredths) => hundredths <= limit.saturating_mul(100),
            Discount::Amount(_) => {
                i128::from(self.discount.0) * 100 <= i128::from(limit) * i128::from(self.subtotal.0)
            }
        }
    }
}

/// The discount that makes the total what was asked for, or the nearest lower total that rounding can hit.
/// Refused when it is above what the lines come to, or not above zero.
pub fn discount_to(lines: &[Line], vat: Option<Vat>, wanted: Rupiah) -> Result<(Discount, Totals), Fault> {
    let subtotal = subtotal(lines)?;
    let full = Totals::after(subtotal, 0, vat)?;
    if wanted.0 <= 0 || wanted.0 > full.total.0 {
        return Err(Fault::OutOfRange);
    }
    // The total grows with the net price, so that the largest net price that fits is found by halving.
    let (mut fits, mut above) = (0, subtotal + 1);
    while above - fits > 1 {
        let middle = fits + (above - fits) / 2;
        if Totals::after(subtotal, subtotal - middle, vat)?.total <= wanted {
            fits = middle;
        } else {
            above = middle;
        }
    }
    let totals = Totals::after(subtotal, subtotal - fits, vat)?;
    Ok((Discount::Amount(totals.discount), totals))
}

fn subtotal(lines: &[Line]) -> Result<i64, Fault> {
    if lines.len() > MOST_LINES {
        return Err(Fault::TooLong);
    }
    let mut sum = 0_i64;
    for line in lines {
        sum = sum.checked_add(line.amount()?.0).ok_or(Fault::OutOfRange)?;
        if sum > LARGEST_TOTAL {
            return Err(Fault::OutOfRange);
        }
    }
    Ok(sum)
}
