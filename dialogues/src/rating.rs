//! Stars for whoever came and for the office, and a word about them.

use domain::ids::{RatingId, TicketId};
use domain::rating::comment;
use serde::{Deserialize, Serialize};

use crate::served::{Command, Flow, Input, Step};

/// A rating that has been asked for. The stars' buttons carry all they need; this keeps what a word is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub rating: RatingId,
    pub ticket: TicketId,
    pub stage: Stage,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Technician,
    Office,
    Comment,
}

impl Rating {
    pub(crate) fn hear(self, input: Input) -> Step {
        match (self.stage, input) {
            (_, Input::Waited) => Step::Silent(Flow::Rating(self)),
            (Stage::Comment, Input::Text { text, forwarded }) => match comment(&text) {
                Ok(text) => {
                    let rating = self.rating;
                    Step::Run(Flow::Rating(self), Command::Comment { rating, text })
                }
                Err(_) => Step::Pass(Input::Text { text, forwarded }),
            },
            // Nobody must rate: whoever says something else is heard. The stars can still be pressed.
            (_, input) => Step::Pass(input),
        }
    }
}
