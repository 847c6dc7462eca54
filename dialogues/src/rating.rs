//! Stars for whoever came and for the office, and a word about them.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{RatingId, TicketId};
use domain::rating::comment;
use serde::{Deserialize, Serialize};

use crate::served::{Command, Flow, Input, Scene, Step};

/// What is written later than this is about something else.
const FRESH: TimeDelta = TimeDelta::minutes(15);

/// A rating that has been asked for. The stars' buttons carry all they need; this keeps what a word is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub rating: RatingId,
    pub ticket: TicketId,
    pub stage: Stage,
    /// When a word about it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<DateTime<Utc>>,
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
    pub(crate) fn hear(self, input: Input, scene: &Scene<'_>) -> Step {
        let is_fresh = self.asked_at.is_some_and(|asked| scene.at - asked <= FRESH);
        match (self.stage, input) {
            (_, Input::Waited) => Step::Silent(Flow::Rating(self)),
            (Stage::Comment, Input::Text { text, forwarded }) if is_fresh => match comment(&text) {
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
