//! Phone numbers, kept as E.164.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::invalid::Fault;

/// A number in E.164: `+` and 8 to 15 digits (ITU-T E.164). `Debug` masks it, since logs must not hold it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

impl Phone {
    /// Reads what people in Indonesia type: `0812…`, `812…`, `62812…`, `+62 812-…`, `0062…`, `+62 (0)812…`;
    /// and any other country's number written with its `+` or `00`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::Required);
        }
        if !text
            .chars()
            .all(|c| c.is_ascii_digit() || " +-().\u{a0}".contains(c))
        {
            return Err(Fault::BadPhone);
        }
        let plus = text.starts_with('+');
        if text.chars().skip(usize::from(plus)).any(|c| c == '+') {
            return Err(Fault::BadPhone);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let national = if plus {
            digits
        } else if let Some(rest) = digits.strip_prefix("00") {
            rest.to_owned()
        } else if let Some(rest) = digits.strip_prefix('0') {
            format!("62{rest}")
        } else if digits.starts_with('8') {
            format!("62{digits}")
        } else if digits.starts_with("62") {
            digits
        } else {
            return Err(Fault::BadPhone);
        };
        // "+62 (0)812…": the trunk zero is dialled only inside the country.
        let e164 = match national.strip_prefix("620") {
            Some(rest) => format!("62{rest}"),
            None => national,
        };
        Self::checked(&e164)
    }

    /// Reads the mobile number of a customer as people write it in a chat, with a label before it and any kind
    /// of dash in it. In Indonesia 10 to 13 digits from `08` on (Kominfo's numbering plan); a landline is
    /// [`Fault::Landline`].
    pub fn mobile(text: &str) -> Result<Self, Fault> {
        let text: String = text
            .nfkc()
            .map(|c| {
                if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') {
                    '-'
                } else {
                    c
                }
            })
            .filter(
                |c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'),
            )
            .collect();
        let bare = text.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+' && c != '(');
        if bare.trim().is_empty() {
            return Err(if text.trim().is_empty() {
                Fault::Required
            } else {
                Fault::BadPhone
            });
        }
        let phone = Self::parse(bare)?;
        let Some(national) = phone.0.strip_prefix("+62") else {
            return Ok(phone);
        };
        let mut digits = national.bytes();
        match (digits.next(), digits.next()) {
            (Some(b'8'), Some(b'1'..=b'9')) if (9..=12).contains(&national.len()) => Ok(phone),
            (Some(b'2'..=b'7' | b'9'), _) => Err(Fault::Landline),
            _ => Err(Fault::BadPhone),
        }
    }

    /// As it is dialled and read in Indonesia: `0812-3456-7890`; another country's stays E.164.
    pub fn local(&self) -> String {
        let Some(national) = self.0.strip_prefix("+62") else {
            return self.0.clone();
        };
        let digits: Vec<char> = format!("0{national}").chars().collect();
        let parts = [0..4, 4..8, 8..digits.len()];
        let parts = parts.into_iter().filter_map(|part| digits.get(part));
        let parts: Vec<String> = parts
            .filter(|part| !part.is_empty())
            .map(|part| part.iter().collect())
            .collect();
        parts.join("-")
    }

    /// Reads a number that a service vouches for, which may lack its `+` (WhatsApp's `wa_id`, Telegram's contact).
    pub fn vouched(digits: &str) -> Result<Self, Fault> {
        let digits = digits.trim().trim_start_matches('+');
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Fault::BadPhone);
        }
        Self::checked(digits)
    }

    fn checked(digits: &str) -> Result<Self, Fault> {
        let indonesian = digits.strip_prefix("62");
        let length = digits.len();
        let valid = match indonesian {
            // A subscriber number of 7 to 13 digits after the country code (Kominfo's numbering plan).
            Some(rest) => (7..=13).contains(&rest.len()) && !rest.starts_with('0'),
            None => (8..=15).contains(&length) && !digits.starts_with('0'),
        };
        if valid {
            Ok(Self(format!("+{digits}")))
        } else {
            Err(Fault::BadPhone)
        }
    }

    /// `+62812…`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `+62812•••789`: enough to recognise, too little to call.
    pub fn masked(&self) -> String {
        let (head, tail) = (
            self.0.get(..6).unwrap_or_default(),
            self.0.get(self.0.len() - 3..).unwrap_or_default(),
        );
        format!("{head}•••{tail}")
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}
