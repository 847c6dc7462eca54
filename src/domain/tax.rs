//! Indonesian value added tax (PPN) by the date of the invoice, and the income tax that some customers withhold.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Version 1 of the one rounding rule: half up to a whole rupiah, once an invoice, never line by line.
/// It is stored with each invoice, so that an old one is always computed as it was.
pub const ROUNDING: i16 = 1;

/// A service fee's income tax that a corporate customer withholds, in percent (Pasal 23 UU PPh).
pub const PPH_23_PERCENT: i64 = 2;

/// What is withheld of a seller who has no tax number: twice as much (Pasal 23 ayat 1a UU PPh).
pub const PPH_23_MOST_PERCENT: i64 = 4;

/// PPN as it is charged from a date on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vat {
    /// The rate that the law names.
    pub percent: i64,
    /// What part of the price is taxed (the DPP): numerator and denominator.
    pub base: (i64, i64),
}

/// The rates, newest first: `(year, month, day)` and what holds from then on.
///
/// 12% of 11/12 of the price for what is no luxury: PMK 131/2024. 11%: UU 7/2021 (HPP), article 4. 10%: UU 42/2009.
const RATES: [((i32, u32, u32), Vat); 3] = [
    (
        (2025, 1, 1),
        Vat {
            percent: 12,
            base: (11, 12),
        },
    ),
    (
        (2022, 4, 1),
        Vat {
            percent: 11,
            base: (1, 1),
        },
    ),
    (
        (2010, 4, 1),
        Vat {
            percent: 10,
            base: (1, 1),
        },
    ),
];

impl Vat {
    /// What a VAT-registered seller charges on that date; `None` before the table begins.
    pub fn on(date: NaiveDate) -> Option<Self> {
        RATES
            .into_iter()
            .find(|((year, month, day), _)| {
                NaiveDate::from_ymd_opt(*year, *month, *day).is_some_and(|from| from <= date)
            })
            .map(|(_, vat)| vat)
    }

    /// The base (DPP) of a net price, in whole rupiah: it is shown, and the tax is not computed from it.
    pub fn base_of(self, net: i64) -> Option<i64> {
        half_up(i128::from(net) * i128::from(self.base.0), i128::from(self.base.1))
    }

    /// The tax on a net price, rounded once.
    pub fn of(self, net: i64) -> Option<i64> {
        let parts = i128::from(net) * i128::from(self.base.0) * i128::from(self.percent);
        half_up(parts, i128::from(self.base.1) * 100)
    }
}

/// What a corporate customer may withhold of a net service fee.
pub fn pph_23(net: i64) -> Option<i64> {
    half_up(i128::from(net) * i128::from(PPH_23_PERCENT), 100)
}

/// The most that any customer may withhold of a net service fee, rounded up.
pub fn most_withheld(net: i64) -> i64 {
    let parts = i128::from(net.max(0)) * i128::from(PPH_23_MOST_PERCENT);
    i64::try_from((parts + 99) / 100).unwrap_or(i64::MAX)
}

/// A fraction of rupiah as a whole number: half goes up. `None`: more than can be counted, or below zero.
pub(crate) fn half_up(parts: i128, whole: i128) -> Option<i64> {
    if parts < 0 || whole <= 0 {
        return None;
    }
    i64::try_from((parts * 2 + whole) / (whole * 2)).ok()
}
