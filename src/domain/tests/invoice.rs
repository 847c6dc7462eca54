//! Sums, discounts, prices asked for, and what is still to be paid.

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::invalid::Fault;
use crate::invoice::{Discount, Line, MOST_LINES, Quantity, State, Totals, discount_to};
use crate::money::Rupiah;
use crate::payment::{Payment, PaymentFault, outstanding};
use crate::person::Locale;
use crate::tax::Vat;

fn line(thousandths: i64, price: i64) -> Line {
    Line::new("Servis AC", Quantity(thousandths), "unit", Rupiah(price)).expect("a line")
}

fn vat() -> Option<Vat> {
    NaiveDate::from_ymd_opt(2026, 11, 22).and_then(Vat::on)
}

fn totals(lines: &[Line], discount: Discount, vat: Option<Vat>) -> Totals {
    Totals::of(lines, discount, vat).expect("sums")
}

#[test]
fn lines_a_discount_and_tax_make_a_total() {
    let lines = [line(2_000, 350_000), line(1_500, 100_000)];
    let sums = totals(&lines, Discount::Percent(1_000), vat());
    let rupiah = [
        sums.subtotal,
        sums.discount,
        sums.net,
        sums.tax_base,
        sums.vat,
        sums.total,
    ];
    assert_eq!(
        rupiah.map(|r| r.0),
        [850_000, 85_000, 765_000, 701_250, 84_150, 849_150]
    );
    assert_eq!(sums.vat_percent, 12);

    let plain = totals(&lines, Discount::Amount(Rupiah(50_000)), None);
    assert_eq!(
        (
            plain.net.0,
            plain.vat.0,
            plain.vat_percent,
            plain.tax_base.0,
            plain.total.0
        ),
        (800_000, 0, 0, 0, 800_000)
    );
    assert_eq!(totals(&[], Discount::NONE, vat()).total, Rupiah(0));
}

#[test]
fn a_discount_is_never_more_than_there_is() {
    let lines = [line(1_000, 100_000)];
    for discount in [
        Discount::Amount(Rupiah(100_001)),
        Discount::Amount(Rupiah(-1)),
        Discount::Percent(10_001),
        Discount::Percent(-1),
    ] {
        assert_eq!(
            Totals::of(&lines, discount, None),
            Err(Fault::OutOfRange),
            "{discount:?}"
        );
    }
    assert_eq!(totals(&lines, Discount::Percent(10_000), None).total, Rupiah(0));
}

#[test]
fn discounts_are_read_as_people_type_them() {
    for (text, discount) in [
        ("10%", Discount::Percent(1_000)),
        ("7,5 %", Discount::Percent(750)),
        ("7.25%", Discount::Percent(725)),
        ("0%", Discount::Percent(0)),
        ("150rb", Discount::Amount(Rupiah(150_000))),
        ("1,5jt", Discount::Amount(Rupiah(1_500_000))),
        ("Rp50.000", Discount::Amount(Rupiah(50_000))),
    ] {
        assert_eq!(Discount::typed(text), Ok(discount), "{text}");
    }
    for (text, fault) in [
        ("", Fault::Required),
        ("%", Fault::Required),
        ("101%", Fault::OutOfRange),
        ("-5%", Fault::BadNumber),
        ("1,234%", Fault::BadNumber),
        ("5,%", Fault::BadNumber),
        ("sepuluh", Fault::BadNumber),
    ] {
        assert_eq!(Discount::typed(text), Err(fault), "{text}");
    }
}

#[test]
fn quantities_have_three_places() {
    for (text, thousandths) in [
        ("1", 1_000),
        ("1,5", 1_500),
        ("0,125", 125),
        ("1000000", 1_000_000_000),
    ] {
        assert_eq!(Quantity::typed(text), Ok(Quantity(thousandths)), "{text}");
    }
    for text in [
        "0",
        "1,2345",
        "-1",
        ",5",
        "1,",
        "1000001",
        "satu",
        "99999999999999999999",
    ] {
        assert!(Quantity::typed(text).is_err(), "{text}");
    }
}

#[test]
fn too_many_or_too_dear_lines_are_refused() {
    let many = vec![line(1_000, 1); MOST_LINES + 1];
    assert_eq!(Totals::of(&many, Discount::NONE, None), Err(Fault::TooLong));
    let dear = vec![line(1_000_000_000, 1_000_000_000_000); 2];
    assert_eq!(Totals::of(&dear, Discount::NONE, vat()), Err(Fault::OutOfRange));
}

#[test]
fn a_limit_refuses_whatever_is_above_it() {
    let lines = [line(1_000, 300_000)];
    let is_within = |discount, limit| totals(&lines, discount, vat()).is_within(discount, limit);
    let rupiah = |amount| Discount::Amount(Rupiah(amount));
    assert!(is_within(rupiah(30_000), Some(10)));
    assert!(!is_within(rupiah(30_001), Some(10)));
    assert!(is_within(rupiah(300_000), None));
    assert!(is_within(rupiah(0), Some(0)));
    assert!(!is_within(rupiah(1), Some(0)));
    assert!(!is_within(Discount::Percent(1_001), Some(10)));
    // Ten percent of it is rounded up by half a rupiah, which is not above ten percent.
    let odd = [line(1_000, 1_000_005)];
    let ten = Discount::Percent(1_000);
    assert!(totals(&odd, ten, None).is_within(ten, Some(10)));
}

#[test]
fn a_dot_before_three_digits_is_not_guessed_at() {
    assert_eq!(Quantity::typed("1.500"), Err(Fault::BadNumber));
    assert_eq!(Quantity::exact("1.125"), Ok(Quantity(1_125)));
    assert_eq!(Quantity::exact("1e3"), Err(Fault::BadNumber));
}

#[test]
fn a_final_price_that_rounding_cannot_hit_becomes_the_next_lower() {
    let lines = [line(1_000, 1_000_000)];
    let (discount, sums) = discount_to(&lines, vat(), Rupiah(999_000)).expect("a price");
    assert_eq!(
        (discount, sums.total),
        (Discount::Amount(Rupiah(100_000)), Rupiah(999_000))
    );
    // 11% of 5 is rounded up to 1: no net price makes a total of 5.
    let (_, sums) = discount_to(&lines, vat(), Rupiah(5)).expect("a price");
    assert_eq!(
        (sums.net, sums.vat, sums.total),
        (Rupiah(4), Rupiah(0), Rupiah(4))
    );
    for wanted in [0, -1, 1_110_001] {
        assert!(discount_to(&lines, vat(), Rupiah(wanted)).is_err(), "{wanted}");
    }
}

#[test]
fn paid_is_what_was_paid_and_what_was_withheld() {
    let total = Rupiah(1_110_000);
    let first = Payment::new(Rupiah(500_000), Rupiah(0), total).expect("a payment");
    let left = outstanding(total, &[first]);
    assert_eq!(left, Rupiah(610_000));
    let rest = Payment::new(Rupiah(590_000), Rupiah(20_000), left).expect("the rest");
    assert_eq!(outstanding(total, &[first, rest]), Rupiah(0));
    let reversed = Payment {
        is_reversed: true,
        ..rest
    };
    assert_eq!(outstanding(total, &[first, reversed]), Rupiah(610_000));

    let refused = |amount, withheld| Payment::new(Rupiah(amount), Rupiah(withheld), left).err();
    assert_eq!(refused(610_001, 0), Some(PaymentFault::MoreThanOutstanding));
    assert_eq!(refused(610_000, 1), Some(PaymentFault::MoreThanOutstanding));
    assert_eq!(
        refused(i64::MAX, i64::MAX),
        Some(PaymentFault::MoreThanOutstanding)
    );
    for (amount, withheld) in [(0, 0), (-1, 5), (5, -1)] {
        assert_eq!(refused(amount, withheld), Some(PaymentFault::Nothing));
    }
}

#[test]
fn an_approved_invoice_never_goes_back_to_a_draft() {
    for from in [State::Approved, State::Sent, State::Paid, State::Void] {
        for to in [State::Draft, State::Submitted] {
            assert!(!from.may_become(to), "{from:?} {to:?}");
        }
    }
    assert!(State::Submitted.may_become(State::Draft));
    assert!(
        !State::Paid.may_become(State::Void),
        "a payment is reversed first"
    );
    for state in State::ALL {
        assert!(!State::Void.may_become(state));
        assert_eq!(state.as_str().parse(), Ok(state));
    }
}

prop_compose! {
    fn some_lines()(lines in prop::collection::vec((1_i64..100_000, 0_i64..10_000_000), 1..6)) -> Vec<Line> {
        lines.into_iter().map(|(count, price)| line(count, price)).collect()
    }
}

proptest! {
    #[test]
    fn sums_always_add_up(lines in some_lines(), share in 0_i64..=10_000, taxed: bool) {
        let sums = totals(&lines, Discount::Percent(share), taxed.then(vat).flatten());
        prop_assert_eq!(sums.subtotal.0 - sums.discount.0, sums.net.0);
        prop_assert_eq!(sums.net.0 + sums.vat.0, sums.total.0);
        prop_assert!(sums.net.0 >= 0 && sums.vat.0 >= 0);
        // The tax is off from the exact eleven percent by at most half a rupiah.
        if taxed {
            prop_assert!((sums.vat.0 * 100 - sums.net.0 * 11).abs() <= 50);
        }
    }

    #[test]
    fn a_price_asked_for_is_hit_or_missed_by_less_than_two_rupiah(
        lines in some_lines(), part in 1_i64..=1_000, taxed: bool
    ) {
        let vat = taxed.then(vat).flatten();
        let full = totals(&lines, Discount::NONE, vat).total.0;
        prop_assume!(full > 0);
        let wanted = (full * part / 1_000).max(1);
        let (discount, sums) = discount_to(&lines, vat, Rupiah(wanted)).expect("a price");
        prop_assert!(sums.total.0 <= wanted && wanted - sums.total.0 < 2);
        prop_assert_eq!(totals(&lines, discount, vat), sums, "the discount alone says the same");
    }

    /// What a form shows of a discount or a quantity can be sent back unchanged.
    #[test]
    fn discounts_and_quantities_are_read_back(hundredths in 0_i64..=10_000, thousandths in 1_i64..=1_000_000_000) {
        let (whole, part) = (hundredths / 100, hundredths % 100);
        for text in [format!("{whole},{part:02}%"), format!("{whole}.{part:02} %")] {
            prop_assert_eq!(Discount::typed(&text), Ok(Discount::Percent(hundredths)), "{}", text);
        }
        let shown = Quantity(thousandths).shown(Locale::Id);
        prop_assert_eq!(Quantity::typed(&shown), Ok(Quantity(thousandths)), "{}", shown);
        let exact = Quantity(thousandths).shown(Locale::En);
        prop_assert_eq!(Quantity::exact(&exact), Ok(Quantity(thousandths)), "{}", exact);
    }

    /// The largest lines there may be are added up or refused, and nothing overflows on the way.
    #[test]
    fn large_lines_are_counted_or_refused(
        lines in prop::collection::vec((1_i64..=1_000_000_000, 0_i64..=1_000_000_000_000), 1..8),
        off in 0_i64..=10_000, taxed: bool
    ) {
        let lines: Vec<Line> = lines.into_iter().map(|(count, price)| line(count, price)).collect();
        if let Ok(sums) = Totals::of(&lines, Discount::Percent(off), taxed.then(vat).flatten()) {
            prop_assert!((0..=crate::invoice::LARGEST_TOTAL).contains(&sums.total.0));
            prop_assert_eq!(sums.net.0 + sums.vat.0, sums.total.0);
            prop_assert_eq!(sums.subtotal.0 - sums.discount.0, sums.net.0);
        }
    }

    #[test]
    fn typed_numbers_break_nothing(text in ".{0,30}") {
        let read = (Discount::typed(&text), Quantity::typed(&text));
        prop_assert!(read.1.is_ok_and(|count| count.0 > 0) || read.1.is_err());
    }
}
