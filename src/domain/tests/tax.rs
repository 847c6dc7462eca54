//! PPN by date, rounded once.

use chrono::NaiveDate;

use crate::tax::{Vat, half_up, most_withheld, pph_23};

fn on(year: i32, month: u32, day: u32) -> Option<Vat> {
    Vat::on(NaiveDate::from_ymd_opt(year, month, day)?)
}

#[test]
fn the_rate_is_that_of_the_date() {
    let percent = |vat: Option<Vat>| vat.map(|vat| (vat.percent, vat.base));
    assert_eq!(percent(on(2009, 12, 31)), None);
    assert_eq!(percent(on(2022, 3, 31)), Some((10, (1, 1))));
    assert_eq!(percent(on(2022, 4, 1)), Some((11, (1, 1))));
    assert_eq!(percent(on(2024, 12, 31)), Some((11, (1, 1))));
    assert_eq!(percent(on(2025, 1, 1)), Some((12, (11, 12))));
    assert_eq!(percent(on(2026, 11, 22)), Some((12, (11, 12))));
}

#[test]
fn twelve_percent_of_eleven_twelfths_is_rounded_once() {
    let vat = on(2026, 11, 22).expect("in the table");
    for (net, base, tax) in [
        (0, 0, 0),
        (1_200_000, 1_100_000, 132_000),
        (1_000_000, 916_667, 110_000),
        (100_000, 91_667, 11_000),
        (350_000, 320_833, 38_500),
        // Half a rupiah goes up: 11% of 50 is 5.5.
        (50, 46, 6),
        (4, 4, 0),
        (5, 5, 1),
    ] {
        assert_eq!((vat.base_of(net), vat.of(net)), (Some(base), Some(tax)), "{net}");
    }
    // Nothing overflows on the way.
    assert_eq!(vat.of(i64::MAX), Some(1_014_570_924_054_025_339));
}

#[test]
fn two_percent_are_withheld_of_a_fee() {
    assert_eq!(pph_23(1_000_000), Some(20_000));
    assert_eq!(pph_23(25), Some(1));
    assert_eq!(pph_23(24), Some(0));
    assert_eq!(
        (most_withheld(1_000_000), most_withheld(1), most_withheld(-5)),
        (40_000, 1, 0)
    );
    assert_eq!(half_up(-1, 2), None);
    assert_eq!(half_up(1, 0), None);
}
