//! Letters that are drawn here: their codes, how long they stand, and the goods that go along.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::document::Kind;
use crate::invalid::{Fault, line};
use crate::invoice::Quantity;

/// The most goods on one letter.
pub const MOST_GOODS: usize = 100;
/// How long a Surat Tugas stands after the day of the visit: a job may take longer than a day, and nobody should
/// open the door to a paper of last month.
const STANDS_DAYS: u64 = 7;

/// What stands in a letter's number; `None`: it is no letter.
pub const fn code(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::AssignmentLetter => Some("ST"),
        Kind::TravelLetter => Some("SJ"),
        Kind::BastForm => Some("BAST"),
        Kind::Bast | Kind::Evidence | Kind::PaymentProof | Kind::CheckIn | Kind::Report => None,
    }
}

/// The last day on which a letter stands. `None`: it says what was, and does not end.
pub fn valid_until(kind: Kind, visit: NaiveDate) -> Option<NaiveDate> {
    if kind != Kind::AssignmentLetter {
        return None;
    }
    visit.checked_add_days(Days::new(STANDS_DAYS))
}

/// Goods of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goods {
    pub name: String,
    pub quantity: Quantity,
    /// E.g. `unit`, `meter`.
    pub unit: String,
    pub serial: Option<String>,
    pub condition: Option<String>,
}

impl Goods {
    /// What the goods are called.
    pub fn name(text: &str) -> Result<String, Fault> {
        line(text, 1, 200)
    }

    /// What they are counted in.
    pub fn unit(text: &str) -> Result<String, Fault> {
        line(text, 1, 20)
    }

    /// A serial number, or the condition that they are in: nothing, when nothing was written.
    pub fn remark(text: Option<&str>) -> Result<Option<String>, Fault> {
        optional(text, 100)
    }
}

/// What goes along with a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consignment {
    pub goods: Vec<Goods>,
    /// Left open, it is written in by hand.
    pub vehicle: Option<String>,
    /// Left open, the technician drives.
    pub driver: Option<String>,
}

impl Consignment {
    /// A vehicle, e.g. `Avanza B 1234 XYZ`.
    pub fn vehicle(text: Option<&str>) -> Result<Option<String>, Fault> {
        optional(text, 60)
    }

    /// A driver's name.
    pub fn driver(text: Option<&str>) -> Result<Option<String>, Fault> {
        optional(text, 80)
    }

    /// What a letter of that kind cannot carry, by field.
    pub fn fits(&self, kind: Kind) -> Vec<(&'static str, Fault)> {
        let mut wrong = Vec::new();
        if self.goods.len() > MOST_GOODS {
            wrong.push(("goods", Fault::OutOfRange));
        }
        if kind == Kind::AssignmentLetter && !self.goods.is_empty() {
            wrong.push(("goods", Fault::BadValue));
        }
        if kind != Kind::TravelLetter {
            let given = [("vehicle", &self.vehicle), ("driver", &self.driver)];
            let given = given.into_iter().filter(|(_, value)| value.is_some());
            wrong.extend(given.map(|(field, _)| (field, Fault::BadValue)));
        }
        wrong
    }
}

fn optional(text: Option<&str>, most: usize) -> Result<Option<String>, Fault> {
    let text = line(text.unwrap_or_default(), 0, most)?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// What a letter that was drawn is worth now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Valid,
    /// Its last day is over, or the job is.
    Lapsed,
    /// A newer one has taken its place.
    Replaced,
    /// The assignment has ended.
    Revoked,
}
