//! Phone numbers, kept as E.164.

use std::fmt;

use serde::{Deserialize, Serialize};

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
