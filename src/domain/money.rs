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

    /// A price as people type it: `1500000`, `1.500.000`, `Rp1.500.000`, `150rb`, `1,5jt`.
    pub fn typed(text: &str) -> Result<Self, Fault> {
        let text = text.trim().to_lowercase();
        let text = text
            .strip_prefix("rp")
            .unwrap_or(&text)
            .trim_start_matches('.')
            .trim();
        if text.is_empty() {
            return Err(Fault::Required);
        }
        let units = [
            ("rb", 1_000),
            ("ribu", 1_000),
            ("jt", 1_000_000),
            ("juta", 1_000_000),
        ];
        let unit = units
            .into_iter()
            .find_map(|(unit, worth)| Some((text.strip_suffix(unit)?.trim(), worth)));
        let amount = match unit {
            Some((number, worth)) => times(number, worth),
            None => grouped(text),
        };
        Self::price(amount.ok_or(Fault::BadNumber)?)
    }
}

/// A whole number, its thousands divided by dots or not at all.
fn grouped(text: &str) -> Option<i64> {
    let mut groups = text.split('.');
    let first = groups.next()?;
    let divided = text.contains('.');
    if divided && !(1..=3).contains(&first.len()) || groups.clone().any(|group| group.len() != 3) {
        return None;
    }
    let digits: String = text.chars().filter(|c| *c != '.').collect();
    digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

/// `1,5` times a unit, when that is whole.
fn times(number: &str, worth: i64) -> Option<i64> {
    let (whole, part) = number.split_once(',').unwrap_or((number, ""));
    if !part.bytes().all(|b| b.is_ascii_digit()) || part.len() > 6 || number.ends_with(',') {
        return None;
    }
    let scale = 10_i64.pow(u32::try_from(part.len()).ok()?);
    let part = if part.is_empty() {
        0
    } else {
        part.parse::<i64>().ok()?
    };
    let scaled = grouped(whole)?
        .checked_mul(scale)?
        .checked_add(part)?
        .checked_mul(worth)?;
    (scaled % scale == 0).then_some(scaled / scale)
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
