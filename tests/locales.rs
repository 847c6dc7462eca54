//! Both languages say everything, with the same facts, and nothing is asked for that is not there.

use crate::source::{Source, is_rust, is_word_char, read_sources};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What gives a text for a key in Rust; the key is its second argument.
const LOOKUPS: [&str; 4] = ["word", "words", "lookup", "lookup_with_args"];

/// The texts of one language's files: file and key, the line, and the variables that it takes.
type Texts = BTreeMap<(String, String), (usize, BTreeSet<String>)>;

#[test]
fn both_languages_say_everything() {
    let sources = read_sources(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(texts(&sources, "id").len() > 50, "the texts were not found");
    let told = broken_texts(&sources);
    assert!(
        told.is_empty(),
        "{} texts are wrong:\n{}",
        told.len(),
        told.join("\n")
    );
}

/// Everything wrong with the texts and with what asks for them, as `file:line: what`.
pub(crate) fn broken_texts(sources: &[Source]) -> Vec<String> {
    let (id, en) = (texts(sources, "id"), texts(sources, "en"));
    let mut told = differences(("id", &id), ("en", &en));
    told.extend(differences(("en", &en), ("id", &id)));
    for ((file, key), (line, variables)) in &id {
        if let Some((_, others)) = en.get(&(file.clone(), key.clone()))
            && others != variables
        {
            told.push(format!(
                "locales/id/{file}:{line}: `{key}` takes {variables:?}, in English {others:?}"
            ));
        }
    }
    let known: BTreeSet<&str> = id.keys().map(|(_, key)| key.as_str()).collect();
    let twice = id
        .keys()
        .filter(|(file, key)| id.keys().any(|(other, same)| same == key && other < file));
    told.extend(twice.map(|(file, key)| format!("locales/id/{file}:1: `{key}` is in another file too")));
    for source in sources.iter().filter(|source| source.path.starts_with("src/")) {
        for (line, key) in asked_for(source)
            .into_iter()
            .filter(|(_, key)| !known.contains(key.as_str()))
        {
            told.push(format!("{}:{line}: there is no text `{key}`", source.path));
        }
    }
    told
}

fn differences((name, texts): (&str, &Texts), (other, others): (&str, &Texts)) -> Vec<String> {
    let missing = texts.iter().filter(|(place, _)| !others.contains_key(*place));
    let tell = |((file, key), (line, _)): (&(String, String), &(usize, BTreeSet<String>))| {
        format!("locales/{name}/{file}:{line}: `{key}` is missing in locales/{other}/{file}")
    };
    missing.map(tell).collect()
}

/// Every message and attribute (`message.attribute`) of a language.
fn texts(sources: &[Source], language: &str) -> Texts {
    let folder = format!("locales/{language}/");
    let mut texts = Texts::new();
    for source in sources.iter().filter(|source| source.path.starts_with(&folder)) {
        let file = &source.path[folder.len()..];
        let (mut message, mut place) = (String::new(), None);
        for (number, line) in (1..).zip(source.text.lines()) {
            let name = line.split('=').next().unwrap_or_default().trim_end();
            let is_name =
                line.contains('=') && name.chars().all(|c| is_word_char(c) || c == '-') && !name.is_empty();
            if is_name && line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') {
                name.clone_into(&mut message);
                place = Some((file.to_owned(), message.clone()));
            } else if let Some(attribute) = line
                .trim_start()
                .strip_prefix('.')
                .filter(|line| line.contains('='))
            {
                let attribute = attribute.split('=').next().unwrap_or_default().trim();
                place = Some((file.to_owned(), format!("{message}.{attribute}")));
            } else if line.starts_with('#') || !line.starts_with([' ', '}', '\t']) && !line.is_empty() {
                place = None;
            }
            if let Some(place) = &place {
                let entry = texts.entry(place.clone()).or_insert((number, BTreeSet::new()));
                entry.1.extend(variables(line));
            }
        }
    }
    texts
}

fn variables(line: &str) -> impl Iterator<Item = String> + '_ {
    let parts = line.split('$').skip(1);
    parts.map(|part| {
        part.chars()
            .take_while(|c| is_word_char(*c) || *c == '-')
            .collect()
    })
}

/// Every key that a file asks for, with its line: `"key"|t…` in a template, `word(…, "key")` in Rust.
fn asked_for(source: &Source) -> Vec<(usize, String)> {
    let line_of = |at: usize| source.text[..at].matches('\n').count() + 1;
    let mut asked = Vec::new();
    if source.path.contains("/templates/") {
        for (at, _) in source.text.match_indices("\"|t") {
            let rest = &source.text[at + 3..];
            let filter: String = rest
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                .collect();
            let key = source.text[..at].rsplit('"').next().unwrap_or_default();
            if ["", "n", "x", "xy"].contains(&filter.as_str()) && is_key(key) {
                asked.push((line_of(at), key.to_owned()));
            }
        }
    } else if is_rust(&source.path) {
        for name in LOOKUPS {
            for (at, _) in source.text.match_indices(&format!("{name}(")) {
                let fresh = !source.text[..at].ends_with(|c: char| is_word_char(c));
                let arguments = &source.text[at + name.len() + 1..];
                if let Some(key) = second_text(arguments).filter(|key| fresh && is_key(key)) {
                    asked.push((line_of(at), key.to_owned()));
                }
            }
        }
    }
    asked
}

/// The second of a call's arguments, if it is a plain text.
fn second_text(arguments: &str) -> Option<&str> {
    let mut depth = 0;
    let comma = arguments.char_indices().find(|(_, c)| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        depth < 0 || depth == 0 && *c == ','
    });
    let (at, _) = comma.filter(|(_, c)| *c == ',')?;
    let (text, after) = arguments[at + 1..]
        .trim_start()
        .strip_prefix('"')?
        .split_once('"')?;
    after.trim_start().starts_with([',', ')']).then_some(text)
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| is_word_char(c) || c == '-' || c == '.')
}
