//! Rupiah as Indonesians write them.

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
