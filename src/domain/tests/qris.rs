//! The merchant's code: read whole or refused, and asking for exactly one amount.

use proptest::prelude::*;

use crate::money::Rupiah;
use crate::qris::{Qris, QrisFault};

fn object(tag: &str, value: &str) -> String {
    format!("{tag}{:02}{value}", value.len())
}

/// The specification's checksum, bit by bit: another way than the one under test.
fn sum(text: &str) -> String {
    let mut crc = 0xffff_u16;
    for byte in text.bytes() {
        crc ^= u16::from(byte) << 8;
        for _ in 0..8 {
            let carry = crc & 0x8000 != 0;
            crc <<= 1;
            if carry {
                crc ^= 0x1021;
            }
        }
    }
    format!("{crc:04X}")
}

fn sealed(parts: &[(&str, &str)]) -> String {
    let mut text: String = parts.iter().map(|(tag, value)| object(tag, value)).collect();
    text.push_str("6304");
    let sum = sum(&text);
    text + &sum
}

/// An invented merchant's.
fn merchant() -> Vec<(&'static str, &'static str)> {
    vec![
        ("00", "01"),
        ("01", "11"),
        (
            "26",
            "0016ID.CO.CONTOH.WWW01189360099900000012340215ID10200000012340303UMI",
        ),
        ("52", "7699"),
        ("53", "360"),
        ("58", "ID"),
        ("59", "TANGGAP CONTOH"),
        ("60", "BANDUNG"),
        ("61", "40111"),
        ("62", "0703A01"),
    ]
}

fn without(tag: &str) -> String {
    let mut parts = merchant();
    parts.retain(|(own, _)| *own != tag);
    sealed(&parts)
}

fn with(tag: &'static str, value: &'static str) -> String {
    let mut parts = merchant();
    match parts.iter_mut().find(|(own, _)| *own == tag) {
        Some(part) => part.1 = value,
        None => parts.push((tag, value)),
    }
    sealed(&parts)
}

#[test]
fn the_checksum_is_the_one_of_the_specification() {
    assert_eq!(sum("123456789"), "29B1");
}

#[test]
fn a_static_code_asks_for_an_amount() {
    let qris = Qris::parse(&sealed(&merchant())).expect("sound");
    assert_eq!(qris.merchant(), "TANGGAP CONTOH");
    let asking = qris.asking(Rupiah(1_250_000)).expect("an amount");
    let mut parts = merchant();
    parts[1].1 = "12";
    parts.insert(5, ("54", "1250000"));
    assert_eq!(asking, sealed(&parts));
}

#[test]
fn what_pays_a_tip_is_left_out_and_a_missing_initiation_is_put_in() {
    let mut parts = merchant();
    parts.remove(1);
    parts.insert(4, ("55", "01"));
    let asking = Qris::parse(&sealed(&parts)).and_then(|qris| qris.asking(Rupiah(5)));
    let mut parts = merchant();
    parts[1].1 = "12";
    parts.insert(5, ("54", "5"));
    assert_eq!(asking, Ok(sealed(&parts)));
}

#[test]
fn what_is_no_static_code_for_rupiah_is_refused_with_why() {
    let good = sealed(&merchant());
    let wrong = format!("{}0000", &good[..good.len() - 4]);
    let changed = good.replacen("TANGGAP", "TANGKAP", 1);
    for (text, fault) in [
        (String::new(), QrisFault::Missing("63")),
        ("halo".to_owned(), QrisFault::Broken),
        ("é".to_owned(), QrisFault::Broken),
        (good[..good.len() - 1].to_owned(), QrisFault::Broken),
        (good[..good.len() - 8].to_owned(), QrisFault::Missing("63")),
        (wrong, QrisFault::Checksum),
        (changed, QrisFault::Checksum),
        (without("26"), QrisFault::Missing("26")),
        (without("59"), QrisFault::Missing("59")),
        (without("00"), QrisFault::Missing("00")),
        (with("53", "840"), QrisFault::Currency),
        (with("58", "SG"), QrisFault::Country),
        (with("01", "12"), QrisFault::NotStatic),
        (with("54", "10000"), QrisFault::NotStatic),
    ] {
        assert_eq!(Qris::parse(&text), Err(fault), "{text}");
    }
}

#[test]
fn an_amount_that_no_code_can_hold_is_refused() {
    let qris = Qris::parse(&sealed(&merchant())).expect("sound");
    for amount in [0, -1, 10_000_000_000_000, i64::MAX] {
        assert_eq!(qris.asking(Rupiah(amount)), Err(QrisFault::Amount), "{amount}");
    }
    assert!(qris.asking(Rupiah(9_999_999_999_999)).is_ok());
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in ".{0,200}", digits in "[0-9]{0,300}") {
        drop(Qris::parse(&text));
        drop(Qris::parse(&digits));
    }

    #[test]
    fn one_wrong_letter_is_always_found(at in 0_usize..100, letter in 0x20_u8..0x7f) {
        let good = sealed(&merchant());
        let at = at % good.len();
        let mut bytes = good.clone().into_bytes();
        prop_assume!(!bytes[at].eq_ignore_ascii_case(&letter));
        bytes[at] = letter;
        let text = String::from_utf8(bytes).expect("letters");
        prop_assert!(Qris::parse(&text).is_err(), "{}", text);
    }

    #[test]
    fn every_amount_is_in_its_code(amount in 1_i64..10_000_000_000_000) {
        let asking = Qris::parse(&sealed(&merchant())).and_then(|qris| qris.asking(Rupiah(amount)));
        let asking = asking.expect("an amount");
        let (before, check) = asking.split_at(asking.len() - 4);
        prop_assert_eq!(check, sum(before));
        let object = object("54", &amount.to_string());
        prop_assert!(asking.contains(&object));
    }
}
