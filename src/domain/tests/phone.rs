//! Every spelling that people use.

use proptest::prelude::*;

use crate::invalid::Fault;
use crate::phone::Phone;

#[test]
fn indonesian_spellings_are_one_number() {
    for text in [
        "081234567890",
        "81234567890",
        "6281234567890",
        "+62 812-3456-7890",
        "006281234567890",
        "+62 (0)812 3456 7890",
        " 0812.3456.7890 ",
    ] {
        let phone = Phone::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        assert_eq!(phone.as_str(), "+6281234567890", "{text}");
    }
}

#[test]
fn a_vouched_number_never_gets_its_country_twice() {
    assert_eq!(
        Phone::vouched("6281234567890").map(|p| p.as_str().to_owned()),
        Ok("+6281234567890".to_owned())
    );
    assert_eq!(
        Phone::vouched("+6281234567890").map(|p| p.as_str().to_owned()),
        Ok("+6281234567890".to_owned())
    );
    assert_eq!(
        Phone::vouched("14155550123").map(|p| p.as_str().to_owned()),
        Ok("+14155550123".to_owned())
    );
}

#[test]
fn what_is_no_number_is_refused() {
    assert_eq!(Phone::parse("  "), Err(Fault::Required));
    for text in [
        "08",
        "abc",
        "0812345678901234567",
        "+0812345678",
        "0812+345678",
        "12345",
        "08123456789x",
        "+",
    ] {
        assert_eq!(Phone::parse(text), Err(Fault::BadPhone), "{text}");
    }
}

#[test]
fn foreign_numbers_need_their_plus() {
    assert_eq!(
        Phone::parse("+1 415 555 0123").map(|p| p.as_str().to_owned()),
        Ok("+14155550123".to_owned())
    );
    assert_eq!(Phone::parse("4155550123"), Err(Fault::BadPhone));
}

#[test]
fn debug_does_not_tell_the_number() {
    let shown = format!("{:?}", Phone::parse("081234567890").expect("a number"));
    assert!(!shown.contains("34567"), "{shown}");
}

proptest! {
    #[test]
    fn parsing_never_panics_and_keeps_its_form(text in "\\PC{0,30}") {
        if let Ok(phone) = Phone::parse(&text) {
            prop_assert!(phone.as_str().starts_with('+'));
            prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
            prop_assert_eq!(Phone::vouched(phone.as_str()), Ok(phone.clone()));
            prop_assert!(phone.masked().chars().count() >= 9);
        }
    }
}
