//! Numbers that people write on paper: invoices and letters, with the month in Roman figures.

use chrono::{Datelike, NaiveDate};

const MONTHS: [&str; 12] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
];

/// `INV/2026/XI/0001`: by the date where the company is; the serial runs through the year.
pub fn invoice(date: NaiveDate, serial: i64) -> String {
    format!("INV/{}/{}/{serial:04}", date.year(), month(date))
}

/// `001/ST/TGP/XI/2026`: the kind of letter and the company's code; the serial runs through the month.
pub fn letter(date: NaiveDate, serial: i64, kind: &str, company: &str) -> String {
    format!("{serial:03}/{kind}/{company}/{}/{}", month(date), date.year())
}

fn month(date: NaiveDate) -> &'static str {
    let index = usize::try_from(date.month0()).unwrap_or(usize::MAX);
    MONTHS.get(index).copied().unwrap_or_default()
}
