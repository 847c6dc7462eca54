//! What customers say of themselves, and how it must read to be kept.

use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use crate::invalid::Fault;

/// Who says that a number is a customer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhoneBy {
    /// Someone in the office wrote it down: whoever writes from it is that customer.
    Office,
    /// It was typed into a chat, which proves nothing.
    Chat,
    /// The service vouched for it in that customer's own chat.
    Proven,
}

impl PhoneBy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Office, Self::Chat, Self::Proven];

    /// The stable name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Chat => "chat",
            Self::Proven => "proven",
        }
    }
}

impl FromStr for PhoneBy {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let found = Self::ALL.into_iter().find(|by| by.as_str() == text);
        found.ok_or(Fault::BadValue)
    }
}

/// Endings of what people click on: a name has none.
const ENDINGS: [&str; 9] = [".com", ".net", ".org", ".id", ".me", ".ly", ".io", ".xyz", ".app"];

/// A person's or a company's name: 2 to 80 characters, two letters at least, two digits at most, and nothing
/// that leads anywhere.
pub fn name(text: &str) -> Result<String, Fault> {
    let text = visible(text);
    if text.trim().lines().count() > 1 {
        return Err(Fault::BadValue);
    }
    let name = joined(&text, " ");
    sized(&name, 2, 80)?;
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let digits = name.chars().filter(|c| c.is_numeric()).count();
    if letters < 2 || digits > 2 || name.contains(['@', '#']) || leads_somewhere(&name) {
        return Err(Fault::BadValue);
    }
    Ok(name)
}

/// Where the service is wanted, in one line: 10 to 250 characters, two words at least.
pub fn address(text: &str) -> Result<String, Fault> {
    let text = visible(text);
    let lines: Vec<String> = text
        .lines()
        .map(|line| joined(line, " ").trim_end_matches(',').to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    let address = lines.join(", ");
    sized(&address, 10, 250)?;
    let words = address
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric));
    if words.count() < 2 || !address.chars().any(char::is_alphabetic) {
        return Err(Fault::TooShort);
    }
    Ok(address)
}

/// What anyone may write in a chat, made comparable: letters of all widths alike, nothing that turns or hides.
pub fn visible(text: &str) -> String {
    // What hides first: whatever it kept apart may be one letter afterwards.
    text.chars()
        .filter(|c| !is_hidden(*c))
        .nfkc()
        .map(|c| if c.is_whitespace() && c != '\n' { ' ' } else { c })
        .filter(|c| (!c.is_control() || *c == '\n') && !is_hidden(*c))
        .collect()
}

/// Marks without a shape of their own, other than the joiner that emoji need.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn joined(text: &str, by: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(by)
}

fn sized(text: &str, min: usize, max: usize) -> Result<(), Fault> {
    match text.chars().count() {
        0 => Err(Fault::Required),
        n if n < min => Err(Fault::TooShort),
        n if n > max => Err(Fault::TooLong),
        _ => Ok(()),
    }
}

fn leads_somewhere(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("://")
        || text.contains("www.")
        || text.split_whitespace().any(|word| {
            ENDINGS
                .iter()
                .any(|ending| word.ends_with(ending) || word.contains(&format!("{ending}/")))
        })
}
