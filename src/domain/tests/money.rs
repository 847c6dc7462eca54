//! Rupiah as Indonesians write them.

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
