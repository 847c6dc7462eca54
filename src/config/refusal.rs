//! Why the settings were refused, in words for the operator.

use std::fmt;

/// Everything that is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub struct Refusal {
    complaints: Vec<Complaint>,
}

/// One thing that is wrong: a key (or a file), where its value came from, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    pub(crate) key: String,
    pub(crate) origin: Option<String>,
    pub(crate) expected: String,
}

impl Refusal {
    pub(crate) fn new(complaints: Vec<Complaint>) -> Self {
        Self { complaints }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = if self.complaints.len() == 1 {
            "setting is"
        } else {
            "settings are"
        };
        write!(f, "{} {many} wrong:", self.complaints.len())?;
        self.complaints
            .iter()
            .try_for_each(|complaint| write!(f, "\n  {complaint}"))
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.key)?;
        if let Some(origin) = &self.origin {
            write!(f, " (from {origin})")?;
        }
        write!(f, ": {}", self.expected)
    }
}

/// The word of `known` that `typed` was probably meant to be.
pub(crate) fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = known.map(|word| (distance(typed, word), word)).min()?;
    (near.0 <= typed.len().div_ceil(4)).then_some(near.1)
}

/// How many letters to add, drop or change to turn one word into the other (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (i, l) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, r) in right.chars().enumerate() {
            let changed = diagonal + usize::from(l != r);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
