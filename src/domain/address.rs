//! What of an address may be shown before the job is won.

/// District and city of an Indonesian address: the last two parts between commas, with every word that
/// holds a digit, and every street or house-number word, left out. `None` when nothing safe remains.
///
/// `Jl. Melati 12 RT 03/05, Coblong, Bandung 40132` becomes `Coblong, Bandung`.
pub fn area(address: &str) -> Option<String> {
    let parts: Vec<String> = address
        .split([',', '\n', ';'])
        .map(safe_words)
        .filter(|p| !p.is_empty())
        .collect();
    let count = address
        .split([',', '\n', ';'])
        .filter(|p| !p.trim().is_empty())
        .count();
    // A single part is a street with its number: nothing in it says where the district begins.
    if count < 2 || parts.is_empty() {
        return None;
    }
    let tail: Vec<String> = parts.into_iter().rev().take(2.min(count - 1)).collect();
    let area: Vec<String> = tail.into_iter().rev().collect();
    Some(area.join(", "))
}

/// Words that name a street, a house or a neighbourhood unit rather than a district.
const STREET: [&str; 14] = [
    "jl", "jln", "jalan", "gg", "gang", "no", "nomor", "rt", "rw", "blok", "lt", "lantai", "unit", "kav",
];

fn safe_words(part: &str) -> String {
    let words: Vec<&str> = part.split_whitespace().collect();
    if words.first().is_some_and(|w| STREET.contains(&bare(w).as_str())) {
        return String::new();
    }
    let kept: Vec<&str> = words
        .into_iter()
        .filter(|w| !w.chars().any(char::is_numeric) && w.chars().any(char::is_alphabetic))
        .filter(|w| !STREET.contains(&bare(w).as_str()))
        .collect();
    kept.join(" ")
}

fn bare(word: &str) -> String {
    word.chars()
        .filter(|c| c.is_alphanumeric())
        .collect::<String>()
        .to_lowercase()
}
