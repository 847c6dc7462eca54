//! Letters: codes, days, and what may go along.

use chrono::NaiveDate;

use crate::document::Kind;
use crate::invalid::Fault;
use crate::invoice::Quantity;
use crate::letter::{Consignment, Goods, MOST_GOODS, code, valid_until};

fn goods() -> Goods {
    Goods {
        name: "Router".to_owned(),
        quantity: Quantity::ONE,
        unit: "unit".to_owned(),
        serial: None,
        condition: None,
    }
}

#[test]
fn every_letter_has_a_code_and_nothing_else_has() {
    for kind in Kind::ALL {
        assert_eq!(code(kind).is_some(), kind.is_letter(), "{kind}");
    }
}

#[test]
fn only_an_assignment_ends_by_itself() {
    let visit = NaiveDate::from_ymd_opt(2026, 11, 28).expect("a date");
    assert_eq!(
        valid_until(Kind::AssignmentLetter, visit),
        NaiveDate::from_ymd_opt(2026, 12, 5)
    );
    assert_eq!(valid_until(Kind::TravelLetter, visit), None);
    assert_eq!(valid_until(Kind::BastForm, visit), None);
}

#[test]
fn what_goes_along_fits_its_letter() {
    let carried = Consignment {
        goods: vec![goods(); MOST_GOODS],
        vehicle: Some("B 1234 XYZ".to_owned()),
        driver: None,
    };
    assert!(carried.fits(Kind::TravelLetter).is_empty());
    assert_eq!(carried.fits(Kind::BastForm), [("vehicle", Fault::BadValue)]);
    let wrong = [("goods", Fault::BadValue), ("vehicle", Fault::BadValue)];
    assert_eq!(carried.fits(Kind::AssignmentLetter), wrong);
    let much = Consignment {
        goods: vec![goods(); MOST_GOODS + 1],
        ..Consignment::default()
    };
    assert_eq!(much.fits(Kind::TravelLetter), [("goods", Fault::OutOfRange)]);
    assert!(Consignment::default().fits(Kind::AssignmentLetter).is_empty());
}

#[test]
fn words_are_trimmed_and_bounded() {
    assert_eq!(Goods::remark(Some("  ")), Ok(None));
    assert_eq!(Goods::remark(Some(" SN  1 ")), Ok(Some("SN 1".to_owned())));
    assert_eq!(Goods::remark(Some(&"x".repeat(101))), Err(Fault::TooLong));
    assert_eq!(Goods::name(""), Err(Fault::Required));
    assert_eq!(Goods::unit(&"x".repeat(21)), Err(Fault::TooLong));
    assert_eq!(Consignment::driver(Some("a\u{0}b")), Err(Fault::Unreadable));
    assert_eq!(Consignment::vehicle(None), Ok(None));
}
