//! Amounts in words, both ways of counting.

use proptest::prelude::*;

use crate::money::Rupiah;
use crate::person::Locale;
use crate::terbilang::words;

#[test]
fn indonesian_counts_with_its_own_words() {
    for (amount, said) in [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (1_100, "seribu seratus"),
        (2_011, "dua ribu sebelas"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_500_000, "satu juta lima ratus ribu"),
        (1_000_000_000, "satu miliar"),
        (
            2_350_750_500,
            "dua miliar tiga ratus lima puluh juta tujuh ratus lima puluh ribu lima ratus",
        ),
        (1_000_000_000_000, "satu triliun"),
    ] {
        assert_eq!(
            words(Rupiah(amount), Locale::Id),
            format!("{said} rupiah"),
            "{amount}"
        );
    }
    assert_eq!(words(Rupiah(-5), Locale::Id), "minus lima rupiah");
}

#[test]
fn english_counts_too() {
    for (amount, said) in [
        (0, "zero"),
        (13, "thirteen"),
        (40, "forty"),
        (42, "forty-two"),
        (115, "one hundred fifteen"),
        (1_500_000, "one million five hundred thousand"),
    ] {
        assert_eq!(
            words(Rupiah(amount), Locale::En),
            format!("{said} rupiah"),
            "{amount}"
        );
    }
}

/// Reads the words back, independently of how they were made.
fn count(text: &str) -> i64 {
    let unit = |word: &str| {
        let units = "satu dua tiga empat lima enam tujuh delapan sembilan";
        let index = units.split(' ').position(|unit| unit == word);
        index.and_then(|index| i64::try_from(index + 1).ok())
    };
    let (mut sum, mut group, mut last) = (0_i64, 0_i64, 0_i64);
    for word in text.split(' ') {
        let scale = match word {
            "ribu" => 1_000,
            "juta" => 1_000_000,
            "miliar" => 1_000_000_000,
            "triliun" => 1_000_000_000_000,
            "kuadriliun" => 1_000_000_000_000_000,
            _ => 0,
        };
        if scale > 0 {
            sum += (group + last) * scale;
            (group, last) = (0, 0);
            continue;
        }
        match word {
            "seribu" => sum += 1_000,
            "sepuluh" => last = 10,
            "sebelas" => last = 11,
            "seratus" => group += 100,
            "belas" => last += 10,
            "puluh" => (group, last) = (group + last * 10, 0),
            "ratus" => (group, last) = (group + last * 100, 0),
            "rupiah" => return sum + group + last,
            word => {
                group += last;
                last = unit(word).expect("a unit");
            }
        }
    }
    panic!("no rupiah in {text}");
}

/// The same for English.
fn english_count(text: &str) -> i64 {
    let units = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
        seventeen eighteen nineteen";
    let tens = "twenty thirty forty fifty sixty seventy eighty ninety";
    let place = |list: &str, word: &str| {
        let index = list.split_whitespace().position(|own| own == word);
        index.and_then(|index| i64::try_from(index).ok())
    };
    let (mut sum, mut group) = (0_i64, 0_i64);
    for word in text.split([' ', '-']) {
        match word {
            "rupiah" => return sum + group,
            "hundred" => group *= 100,
            "thousand" => (sum, group) = (sum + group * 1_000, 0),
            "million" => (sum, group) = (sum + group * 1_000_000, 0),
            "billion" => (sum, group) = (sum + group * 1_000_000_000, 0),
            "trillion" => (sum, group) = (sum + group * 1_000_000_000_000, 0),
            "quadrillion" => (sum, group) = (sum + group * 1_000_000_000_000_000, 0),
            "zero" => {}
            word => {
                let unit = place(units, word).map(|at| at + 1);
                group += unit
                    .or_else(|| Some((place(tens, word)? + 2) * 10))
                    .expect("a number");
            }
        }
    }
    panic!("no rupiah in {text}");
}

/// Both readers know every small number, every round one, and the ends of the range.
#[test]
fn every_small_and_every_round_number_is_right() {
    let rounds = (0..16).map(|power| 10_i64.pow(power));
    let around = rounds.flat_map(|round| [round - 1, round, round + 1]);
    for amount in (1..2_000)
        .chain(around)
        .filter(|amount| (1..=1_000_000_000_000_001).contains(amount))
    {
        assert_eq!(count(&words(Rupiah(amount), Locale::Id)), amount);
        assert_eq!(english_count(&words(Rupiah(amount), Locale::En)), amount);
    }
}

proptest! {
    #[test]
    fn whatever_is_said_is_what_was_meant(amount in 1_i64..=1_000_000_000_000_000) {
        prop_assert_eq!(count(&words(Rupiah(amount), Locale::Id)), amount);
        prop_assert_eq!(english_count(&words(Rupiah(amount), Locale::En)), amount);
    }

    #[test]
    fn no_amount_is_too_large_to_be_said(amount in any::<i64>()) {
        for locale in Locale::ALL {
            let said = words(Rupiah(amount), locale);
            prop_assert!(said.ends_with(" rupiah") && !said.contains("  "), "{}", said);
        }
    }
}
