//! Names, languages, passwords.

use crate::invalid::{Fault, line, paragraph};
use crate::person::{Locale, Password, Role, Username, daily_quota, discount_limit, telegram_id};

#[test]
fn user_names_are_folded_and_plain() {
    assert_eq!(
        Username::parse(" Budi.S ").map(|u| u.as_str().to_owned()),
        Ok("budi.s".to_owned())
    );
    assert_eq!(Username::parse(""), Err(Fault::Required));
    assert_eq!(Username::parse("ab"), Err(Fault::TooShort));
    assert_eq!(Username::parse(&"a".repeat(33)), Err(Fault::TooLong));
    for bad in ["budi s", "büdi", "budi@x", "a\0b"] {
        assert_eq!(Username::parse(bad), Err(Fault::BadUsername), "{bad:?}");
    }
}

#[test]
fn passwords_are_long_enough_and_stay_hidden() {
    assert_eq!(Password::parse("1234567").err(), Some(Fault::TooShort));
    assert_eq!(Password::parse(&"x".repeat(129)).err(), Some(Fault::TooLong));
    let shown = format!("{:?}", Password::parse("rahasia sekali").expect("long enough"));
    assert!(!shown.contains("rahasia"));
}

#[test]
fn language_tags_choose_ours() {
    assert_eq!(Locale::of_tag("en-US"), Some(Locale::En));
    assert_eq!(Locale::of_tag("id_ID"), Some(Locale::Id));
    assert_eq!(Locale::of_tag("jv"), None);
}

#[test]
fn lines_are_trimmed_and_visible() {
    assert_eq!(line("  Ibu   Wati ", 1, 80), Ok("Ibu Wati".to_owned()));
    assert_eq!(line("   ", 1, 80), Err(Fault::Required));
    assert_eq!(line("a\u{0}b", 1, 80), Err(Fault::Unreadable));
    assert_eq!(line("abc", 1, 2), Err(Fault::TooLong));
    assert_eq!(paragraph(" a \r\n b ", 1, 80), Ok("a\nb".to_owned()));
    assert_eq!(paragraph("", 0, 80), Ok(String::new()));
}

#[test]
fn numbers_have_bounds() {
    assert_eq!(telegram_id(0), Err(Fault::OutOfRange));
    assert_eq!(telegram_id(1 << 52), Err(Fault::OutOfRange));
    assert_eq!(daily_quota(51), Err(Fault::OutOfRange));
    assert_eq!(daily_quota(i64::MAX), Err(Fault::OutOfRange));
    assert_eq!(daily_quota(0), Ok(0));
    assert_eq!(discount_limit(101), Err(Fault::OutOfRange));
}

#[test]
fn roles_have_stable_names() {
    for role in Role::ALL {
        assert_eq!(role.as_str().parse(), Ok(role));
    }
    assert_eq!("root".parse::<Role>(), Err(Fault::BadValue));
}
