//! What customers report or ask by chat, before it is a ticket.

use std::fmt;
use std::str::FromStr;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::customer::visible;
use crate::invalid::{Fault, paragraph};

/// How long a report or a question is at most, in characters.
const MOST: usize = 1000;
/// How many photos a report takes.
pub const PHOTOS: usize = 5;
/// How long after a report its sender's photos still belong to it.
pub const PHOTOS_FOLLOW: TimeDelta = TimeDelta::minutes(30);

/// What a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something is broken.
    Report,
    /// Someone wants to speak with the office.
    Question,
}

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    New,
    /// It became a ticket.
    Accepted,
    Answered,
    Dismissed,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Report, Self::Question];

    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Question => "question",
        }
    }
}

impl State {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::New, Self::Accepted, Self::Answered, Self::Dismissed];

    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Accepted => "accepted",
            Self::Answered => "answered",
            Self::Dismissed => "dismissed",
        }
    }
}

impl FromStr for Kind {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or(Fault::BadValue)
    }
}

impl FromStr for State {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == text);
        found.ok_or(Fault::BadValue)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is wrong, in the customer's words: 10 to 1000 characters, some of them letters.
pub fn report(text: &str) -> Result<String, Fault> {
    let text = paragraph(&visible(text), 10, MOST)?;
    lettered(text)
}

/// What somebody tells before anyone asked for it: as a report, of which the end is left out where it is too long.
pub fn told(text: &str) -> Option<String> {
    report(&begun(text)).ok()
}

/// What is asked: 2 to 1000 characters, some of them letters or digits.
pub fn question(text: &str) -> Result<String, Fault> {
    paragraph(&visible(text), 2, MOST)
}

/// What somebody asks, however long it is: of too long a one the end is left out.
pub fn asked(text: &str) -> Option<String> {
    question(&begun(text)).ok()
}

/// As much of it as is kept.
fn begun(text: &str) -> String {
    let shown = visible(text);
    let shown = shown.trim();
    if shown.chars().count() <= MOST {
        return shown.to_owned();
    }
    // An ellipsis becomes three dots where widths are made alike.
    let head: String = shown.chars().take(MOST - 3).collect();
    format!("{}...", head.trim_end())
}

/// What the office answers: up to 1000 characters.
pub fn answer(text: &str) -> Result<String, Fault> {
    paragraph(text, 1, 1000)
}

fn lettered(text: String) -> Result<String, Fault> {
    if text.chars().filter(|c| c.is_alphabetic()).count() < 5 {
        return Err(Fault::TooShort);
    }
    Ok(text)
}
