//! Another price, as buttons carry it, and what it makes of an invoice.

use proptest::prelude::*;

use crate::invalid::Fault;
use crate::invoice::{Discount, Line, Quantity, Totals};
use crate::money::Rupiah;
use crate::offer::Offer;
use crate::tax::Vat;

fn offers() -> impl Strategy<Value = Offer> {
    prop_oneof![
        (0..=10_000_i64).prop_map(|share| Offer::Discount(Discount::Percent(share))),
        (0..=i64::MAX).prop_map(|amount| Offer::Discount(Discount::Amount(Rupiah(amount)))),
        (0..=i64::MAX).prop_map(|total| Offer::Final(Rupiah(total))),
    ]
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let line = (1..=1_000_000_i64, 0..=1_000_000_000_i64).prop_map(|(quantity, price)| Line {
        description: "x".to_owned(),
        quantity: Quantity(quantity),
        unit: "unit".to_owned(),
        unit_price: Rupiah(price),
    });
    prop::collection::vec(line, 1..10)
}

#[test]
fn nothing_else_is_an_offer() {
    for text in ["", "p", "x5", "p-1", "p10001", "a1.5", "5", "f+5", "p 5", "é5"] {
        assert!(text.parse::<Offer>().is_err(), "{text}");
    }
    assert_eq!("a99999999999999999999".parse::<Offer>(), Err(Fault::OutOfRange));
}

proptest! {
    #[test]
    fn a_button_carries_an_offer_there_and_back(offer in offers()) {
        let carried = offer.to_string();
        prop_assert!(carried.len() <= 20);
        prop_assert_eq!(carried.parse(), Ok(offer));
    }

    /// A final price is hit, or the nearest below it is: one rupiah less off would be above it.
    #[test]
    fn a_final_price_is_never_exceeded(lines in lines(), part in 1..=1000_i64, taxed in any::<bool>()) {
        let vat = taxed.then_some(Vat { percent: 12, base: (11, 12) });
        let full = Totals::of(&lines, Discount::NONE, vat).expect("sums");
        prop_assume!(full.total.0 > 0);
        let wanted = Rupiah((i128::from(full.total.0) * i128::from(part) / 1000).max(1).try_into().expect("fits"));
        let (discount, totals) = Offer::Final(wanted).of(&lines, vat).expect("can be");
        prop_assert!(totals.total <= wanted);
        prop_assert_eq!(Totals::of(&lines, discount, vat), Ok(totals));
        prop_assert_eq!(Offer::Discount(discount).of(&lines, vat), Ok((discount, totals)));
        if let (Discount::Amount(off), true) = (discount, totals.total < wanted) {
            let more = Discount::Amount(Rupiah(off.0 - 1));
            prop_assert!(Totals::of(&lines, more, vat).expect("sums").total > wanted);
        }
    }
}
