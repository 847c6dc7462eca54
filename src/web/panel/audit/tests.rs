//! Whatever the use cases write down has its place and its words.

use std::collections::BTreeSet;
use std::path::Path;

use domain::person::Locale;

use crate::web::panel::audit::deeds::{KINDS, meant};
use crate::web::panel::story::called;

/// What is followed by the name of a deed.
const BEFORE: [&str; 7] = [
    ".audit(",
    ".audit_ticket(",
    "looked_at(",
    "note(tx,",
    "action: ",
    "let action = ",
    "pause(",
];

/// Every deed that stands in the code of the use cases.
fn written() -> BTreeSet<String> {
    let mut files = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app")];
    let mut deeds = BTreeSet::new();
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(
                std::fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for before in BEFORE {
            for (at, _) in text.match_indices(before) {
                let call = text[at..].split([';', '{']).next().unwrap_or_default();
                let words = call.split('"').skip(1).step_by(2);
                let is_deed = |word: &&str| {
                    word.contains('_') && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                };
                deeds.extend(words.filter(is_deed).take(1).map(str::to_owned));
            }
        }
    }
    deeds
}

#[test]
fn every_deed_has_its_kind_and_its_words() {
    let known: BTreeSet<&str> = KINDS
        .iter()
        .flat_map(|(_, _, deeds)| deeds.iter().copied())
        .collect();
    let written = written();
    assert!(written.len() > 50, "the deeds were not found: {written:?}");
    let strange: Vec<&String> = written
        .iter()
        .filter(|deed| !known.contains(deed.as_str()))
        .collect();
    assert!(strange.is_empty(), "without a kind in deeds.rs: {strange:?}");
    for locale in Locale::ALL {
        for deed in &known {
            let words = called(deed, locale);
            assert_ne!(
                words,
                deed.replace('_', " "),
                "{deed} has no words in {}",
                locale.as_str()
            );
        }
    }
}

#[test]
fn a_choice_is_all_a_kind_or_one() {
    assert!(meant("").is_empty());
    assert!(meant("@looks").contains(&"customer_viewed".to_owned()));
    assert_eq!(meant("ticket_closed"), ["ticket_closed"]);
}
