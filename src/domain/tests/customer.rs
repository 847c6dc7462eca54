//! What people write where a name, an address, a phone or a problem is asked for.

use proptest::prelude::*;

use crate::customer::{address, name};
use crate::geo::Position;
use crate::invalid::Fault;
use crate::phone::Phone;
use crate::request::{asked, report, told};

#[test]
fn a_name_is_a_name() {
    for (typed, kept) in [
        ("  Siti   Aminah ", "Siti Aminah"),
        ("Ｓｉｔｉ", "Siti"),
        ("CV Maju 99", "CV Maju 99"),
        ("<b>Budi</b> & \"Anak\"", "<b>Budi</b> & \"Anak\""),
        ("محمد علي", "محمد علي"),
        ("Dr.Siti", "Dr.Siti"),
        ("Siti\u{202e}", "Siti"),
    ] {
        assert_eq!(name(typed).as_deref(), Ok(kept));
    }
    for (typed, fault) in [
        ("", Fault::Required),
        ("A", Fault::TooShort),
        ("😀😀😀", Fault::BadValue),
        ("0812-3456", Fault::BadValue),
        ("wa.me/628", Fault::BadValue),
        ("https://x", Fault::BadValue),
        ("promo.com murah", Fault::BadValue),
        ("siti@x", Fault::BadValue),
        ("Siti#Jl. Melati", Fault::BadValue),
        ("Siti\nAminah", Fault::BadValue),
    ] {
        assert_eq!(name(typed), Err(fault), "{typed}");
    }
    assert_eq!(name(&"a".repeat(81)), Err(Fault::TooLong));
}

#[test]
fn of_too_long_a_tale_the_beginning_is_kept() {
    for long in [
        "AC kamar mati. ".repeat(300),
        "ﷺ مكيف ".repeat(400),
        "ﬀﬃ½…".repeat(900),
    ] {
        for kept in [told(&long), asked(&long)] {
            let kept = kept.unwrap_or_else(|| panic!("{long} is lost"));
            assert!(
                kept.ends_with("...") && (900..=1000).contains(&kept.chars().count()),
                "{kept}"
            );
        }
    }
    assert_eq!(told("AC kamar mati").as_deref(), Some("AC kamar mati"));
    assert_eq!((told("halo"), asked("?")), (None, None));
}

#[test]
fn an_address_has_words() {
    assert_eq!(
        address(" Jl. Melati No. 5,\n RT 03/02 \n\nBekasi").as_deref(),
        Ok("Jl. Melati No. 5, RT 03/02, Bekasi")
    );
    assert_eq!(address("Bekasi"), Err(Fault::TooShort));
    assert_eq!(address("Bekasiiiiiiiiii"), Err(Fault::TooShort));
    assert_eq!(address("123 456 789 012"), Err(Fault::TooShort));
    assert_eq!(address("  "), Err(Fault::Required));
    assert_eq!(address(&"Jl. Melati ".repeat(50)), Err(Fault::TooLong));
}

#[test]
fn a_mobile_number_in_every_spelling() {
    for text in [
        "081234567890",
        "0812-3456-7890",
        "812 3456 7890",
        "62812‑3456‑7890",
        "+62 (0)812 3456 7890",
        "No HP: 0812.3456.7890",
        "WA 0812 3456 7890",
        "０８１２３４５６７８９０",
        "\u{202a}+62 812-3456-7890\u{202c}",
        "0062 812 3456 7890",
    ] {
        let phone = Phone::mobile(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        assert_eq!(phone.as_str(), "+6281234567890", "{text}");
    }
    for text in ["021-7654321", "(021) 7654321", "+62 22 1234567", "0274 512345"] {
        assert_eq!(Phone::mobile(text), Err(Fault::Landline), "{text}");
    }
    for text in [
        "08123",
        "0812345678901234",
        "081",
        "0801234567890",
        "nanti saja",
        "4155550123",
    ] {
        assert_eq!(Phone::mobile(text), Err(Fault::BadPhone), "{text}");
    }
    assert_eq!(Phone::mobile(" "), Err(Fault::Required));
    assert_eq!(
        Phone::mobile("+1 415 555 0123").map(|phone| phone.as_str().to_owned()),
        Ok("+14155550123".to_owned())
    );
    let shown = |text| Phone::mobile(text).expect("a number").local();
    assert_eq!(shown("+6281234567890"), "0812-3456-7890");
    assert_eq!(shown("0811234567"), "0811-2345-67");
    assert_eq!(shown("+14155550123"), "+14155550123");
}

#[test]
fn indonesia_is_within_its_bounds() {
    let lies = |latitude, longitude| {
        Position::new(latitude, longitude)
            .expect("a place")
            .is_in_indonesia()
    };
    assert!(lies(-6.2, 106.8) && lies(-8.5, 140.4) && lies(5.9, 95.3));
    assert!(!lies(51.5, -0.1) && !lies(-33.9, 151.2) && !lies(6.2, -106.8));
}

#[test]
fn a_report_says_something() {
    assert_eq!(
        report("AC kamar\n tidak dingin").as_deref(),
        Ok("AC kamar\ntidak dingin")
    );
    assert_eq!(report("rusak"), Err(Fault::TooShort));
    assert_eq!(report(&"😡".repeat(40)), Err(Fault::TooShort));
    assert_eq!(report(&"a".repeat(4096)), Err(Fault::TooLong));
}

proptest! {
    #[test]
    fn whatever_is_kept_is_kept_again(text in "\\PC{0,120}") {
        if let Ok(kept) = name(&text) {
            prop_assert_eq!(name(&kept), Ok(kept.clone()));
        }
        if let Ok(kept) = address(&text) {
            prop_assert_eq!(address(&kept), Ok(kept.clone()));
        }
        if let Ok(phone) = Phone::mobile(&text) {
            prop_assert_eq!(Phone::mobile(&phone.local()), Ok(phone.clone()));
        }
    }
}
