//! What an offer may show.

use proptest::prelude::*;

use crate::address::area;

#[test]
fn district_and_city_remain() {
    for (address, shown) in [
        (
            "Jl. Melati 12 RT 03/05, Coblong, Bandung 40132",
            Some("Coblong, Bandung"),
        ),
        ("Jl. Sudirman No. 1, Jakarta Pusat", Some("Jakarta Pusat")),
        (
            "Perum Asri Blok B3, Kel. Sukamaju, Kec. Cilodong, Depok",
            Some("Kec. Cilodong, Depok"),
        ),
        ("Jalan Kenanga 5", None),
        ("Gg. Mawar 2, Jl. Melati 12", None),
        ("", None),
    ] {
        assert_eq!(area(address).as_deref(), shown, "{address}");
    }
}

proptest! {
    #[test]
    fn no_word_with_a_digit_is_ever_shown(address in "[A-Za-z0-9 .,/\\n]{0,80}") {
        if let Some(shown) = area(&address) {
            prop_assert!(!shown.chars().any(|c| c.is_ascii_digit()), "{}", shown);
            prop_assert!(!shown.trim().is_empty());
        }
    }
}
