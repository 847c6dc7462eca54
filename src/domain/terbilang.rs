//! Amounts in words, as Indonesian invoices and receipts write them beside the figures.

use crate::money::Rupiah;
use crate::person::Locale;

/// An amount in words: `satu juta lima ratus ribu rupiah`, `one million five hundred thousand rupiah`.
pub fn words(amount: Rupiah, locale: Locale) -> String {
    let count = amount.0.unsigned_abs();
    let mut said: Vec<&'static str> = Vec::new();
    if amount.0 < 0 {
        said.push("minus");
    }
    match locale {
        Locale::Id if count == 0 => said.push("nol"),
        Locale::En if count == 0 => said.push("zero"),
        Locale::Id => indonesian(count, &mut said),
        Locale::En => english(count, &mut said),
    }
    said.push("rupiah");
    // Compound tens are one word: twenty-one.
    said.join(" ").replace(" - ", "-")
}

const UNITS: [&str; 12] = [
    "", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
];
/// Quintillions: the largest `i64` has nineteen digits.
const SCALES: [(u64, &str); 6] = [
    (1_000_000_000_000_000_000, "kuintiliun"),
    (1_000_000_000_000_000, "kuadriliun"),
    (1_000_000_000_000, "triliun"),
    (1_000_000_000, "miliar"),
    (1_000_000, "juta"),
    (1_000, "ribu"),
];

fn indonesian(mut count: u64, said: &mut Vec<&'static str>) {
    for (scale, name) in SCALES {
        let times = count / scale;
        if times == 0 {
            continue;
        }
        if times == 1 && scale == 1_000 {
            // One thousand is a word of its own; every other scale counts with "satu".
            said.push("seribu");
        } else {
            below_thousand(times, said);
            said.push(name);
        }
        count %= scale;
    }
    below_thousand(count, said);
}

fn below_thousand(count: u64, said: &mut Vec<&'static str>) {
    let (hundreds, rest) = (count / 100, count % 100);
    match hundreds {
        0 => {}
        1 => said.push("seratus"),
        _ => said.extend([unit(hundreds), "ratus"]),
    }
    match rest {
        0 => {}
        1..=11 => said.push(unit(rest)),
        12..=19 => said.extend([unit(rest - 10), "belas"]),
        _ => {
            said.extend([unit(rest / 10), "puluh"]);
            if rest % 10 > 0 {
                said.push(unit(rest % 10));
            }
        }
    }
}

fn unit(count: u64) -> &'static str {
    usize::try_from(count)
        .ok()
        .and_then(|index| UNITS.get(index))
        .copied()
        .unwrap_or_default()
}

const ENGLISH: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const ENGLISH_SCALES: [(u64, &str); 6] = [
    (1_000_000_000_000_000_000, "quintillion"),
    (1_000_000_000_000_000, "quadrillion"),
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
];

fn english(mut count: u64, said: &mut Vec<&'static str>) {
    for (scale, name) in ENGLISH_SCALES {
        let times = count / scale;
        if times > 0 {
            english_below_thousand(times, said);
            said.push(name);
            count %= scale;
        }
    }
    english_below_thousand(count, said);
}

fn english_below_thousand(count: u64, said: &mut Vec<&'static str>) {
    let at = |list: &[&'static str], index: u64| {
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        list.get(index).copied().unwrap_or_default()
    };
    let (hundreds, rest) = (count / 100, count % 100);
    if hundreds > 0 {
        said.extend([at(&ENGLISH, hundreds), "hundred"]);
    }
    match rest {
        0 => {}
        1..=19 => said.push(at(&ENGLISH, rest)),
        _ => {
            said.push(at(&TENS, rest / 10));
            if rest % 10 > 0 {
                said.extend(["-", at(&ENGLISH, rest % 10)]);
            }
        }
    }
}
