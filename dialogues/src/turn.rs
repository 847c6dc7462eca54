//! One message, at most one command, one turn.

use domain::ids::TicketId;
use domain::person::Role;
use serde::{Deserialize, Serialize};

use crate::linking::Linking;
use crate::releasing::Releasing;
use crate::say::Say;

/// A conversation that takes several messages, as saved between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "flow")]
pub enum State {
    Linking(Linking),
    Releasing(Releasing),
}

/// What a running conversation may hear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    Text(String),
    Contact {
        phone: String,
        own: bool,
    },
    /// Anything that no conversation asked for.
    Other,
}

/// What a conversation asks the use cases to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Link this chat to the invited account, proving the phone when one is on file.
    Link {
        invite_hash: String,
        phone: Option<String>,
    },
    /// Give the job back.
    Release {
        ticket: TicketId,
        epoch: i32,
        reason: String,
    },
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Linked {
        name: String,
        role: Role,
    },
    PhoneDiffers,
    InviteUsed,
    InviteExpired,
    InviteUnknown,
    TelegramTaken,
    OtherTelegramLinked,
    Released {
        ticket: TicketId,
    },
    /// The job is no longer this person's, or the visit has begun.
    NotYours {
        ticket: TicketId,
    },
}

/// After an input: a command to run, or a turn at once.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    Run(State, Command),
    Turn(Turn),
}

/// What is remembered and what is said.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// `None` ends the conversation.
    pub state: Option<State>,
    pub say: Vec<Say>,
}

impl State {
    /// Hears one input.
    pub fn on_input(self, input: Input) -> Next {
        match self {
            Self::Linking(linking) => linking.on_input(input),
            Self::Releasing(releasing) => releasing.on_input(input),
        }
    }

    /// Hears what came of its command.
    pub fn on_outcome(self, outcome: Outcome) -> Turn {
        match self {
            Self::Linking(_) => Linking::on_outcome(outcome),
            Self::Releasing(_) => Releasing::on_outcome(&outcome),
        }
    }
}

impl Turn {
    /// Ends the conversation with these words.
    pub fn end(say: Say) -> Self {
        Self {
            state: None,
            say: vec![say],
        }
    }

    /// Stays in this state and says this.
    pub fn stay(state: State, say: Say) -> Self {
        Self {
            state: Some(state),
            say: vec![say],
        }
    }
}
