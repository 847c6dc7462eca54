//! How words are put for people: given by whoever builds the app, since use cases know no language.

use dialogues::text::{Label, Text};
use domain::person::Locale;
use domain::ticket::Status;

/// What a person reads.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    /// A message in plain words.
    pub text: fn(&Text, Locale) -> String,
    /// A button.
    pub label: fn(&Label, Locale) -> String,
    /// What customers call a ticket's state.
    pub status: fn(Status, Locale) -> String,
}

impl Default for Voice {
    /// Says only what things are called.
    fn default() -> Self {
        Self {
            text: |text, _| text.name().to_owned(),
            label: |label, _| label.name().to_owned(),
            status: |status, _| status.as_str().to_owned(),
        }
    }
}
