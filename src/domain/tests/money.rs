//! Rupiah as Indonesians write them.

use proptest::prelude::*;

use crate::invalid::Fault;
use crate::money::Rupiah;

#[test]
fn dots_group_thousands() {
    for (amount, shown) in [
        (0, "Rp0"),
        (999, "Rp999"),
        (1_000, "Rp1.000"),
        (1_500_000, "Rp1.500.000"),
        (-250_000, "-Rp250.000"),
        (i64::MIN, "-Rp9.223.372.036.854.775.808"),
    ] {
        assert_eq!(Rupiah(amount).to_string(), shown);
    }
}

#[test]
fn a_price_is_never_negative() {
    assert!(Rupiah::price(-1).is_err());
    assert!(Rupiah::price(1_000_000_000_001).is_err());
    assert_eq!(Rupiah::price(0), Ok(Rupiah(0)));
}

#[test]
fn prices_are_read_as_people_type_them() {
    for (text, amount) in [
        ("1500000", 1_500_000),
        ("1.500.000", 1_500_000),
        ("Rp1.500.000", 1_500_000),
        ("Rp. 95.000", 95_000),
        ("150rb", 150_000),
        ("150 ribu", 150_000),
        ("1,5jt", 1_500_000),
        ("1,25 juta", 1_250_000),
        ("0", 0),
    ] {
        assert_eq!(Rupiah::typed(text), Ok(Rupiah(amount)), "{text}");
    }
    for text in [
        "abc",
        "1.5",
        "1.50.000",
        "1,5",
        "-5",
        "1,5555rb",
        "12,jt",
        "9999999999999999999",
        "1.500.000.0",
    ] {
        assert_eq!(Rupiah::typed(text), Err(Fault::BadNumber), "{text}");
    }
    assert_eq!(Rupiah::typed("  "), Err(Fault::Required));
    assert_eq!(Rupiah::typed("2000000000000"), Err(Fault::OutOfRange));
}

proptest! {
    /// However a price is written, it is read as what it was; and what is shown can be typed back.
    #[test]
    fn what_is_typed_is_what_was_meant(amount in 0_i64..=1_000_000_000_000) {
        let shown = Rupiah(amount).to_string();
        let bare = shown.trim_start_matches("Rp").to_owned();
        for text in [shown.clone(), bare, amount.to_string(), format!("Rp {amount}"), format!("rp. {amount} ")] {
            prop_assert_eq!(Rupiah::typed(&text), Ok(Rupiah(amount)), "{}", text);
        }
    }

    /// Thousands and millions with a comma, as far as they are whole rupiah.
    #[test]
    fn short_forms_are_exact(whole in 0_i64..100_000, part in 0_i64..1_000, places in 1_usize..=3) {
        let scale = 10_i64.pow(u32::try_from(places).expect("few"));
        let part = part % scale;
        for (unit, worth) in [("rb", 1_000), ("ribu", 1_000), ("jt", 1_000_000), ("juta", 1_000_000)] {
            let text = format!("{whole},{part:0places$} {unit}");
            let amount = whole * worth + part * (worth / scale);
            prop_assert_eq!(Rupiah::typed(&text), Ok(Rupiah(amount)), "{}", text);
        }
    }

    #[test]
    fn no_text_becomes_a_price_by_chance(text in ".{0,20}") {
        if let Ok(amount) = Rupiah::typed(&text) {
            prop_assert!((0..=1_000_000_000_000).contains(&amount.0), "{}", text);
            prop_assert!(text.chars().any(|c| c.is_ascii_digit()), "{}", text);
        }
    }
}
