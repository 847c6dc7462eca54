//! Giving a job back before check-in: asks for the reason.

use domain::ids::TicketId;
use domain::ticket::reason;
use serde::{Deserialize, Serialize};

use crate::press::Asked;
use crate::say::{Choice, Say};
use crate::text::Text;
use crate::turn::{Command, Input, Next, Outcome, State, Turn};

/// Waiting for the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Releasing {
    pub ticket: TicketId,
    pub epoch: i32,
}

impl Releasing {
    /// Opens the conversation.
    pub fn begin(self) -> Turn {
        let row = vec![Choice::leave(self.asked())];
        let say = Say::text(Text::AskReleaseReason { ticket: self.ticket }).row(row);
        Turn::stay(State::Releasing(self), say)
    }

    pub(crate) const fn asked(&self) -> Asked {
        let (ticket, epoch) = (self.ticket, self.epoch);
        Asked::Release { ticket, epoch }
    }

    pub(crate) fn on_input(self, input: Input) -> Next {
        let ticket = self.ticket;
        let text = match input {
            Input::Text(text) => text,
            Input::Contact { .. } | Input::Place { .. } | Input::File(_) | Input::Waited | Input::Other => {
                String::new()
            }
        };
        match reason(&text) {
            Ok(reason) => {
                let command = Command::Release {
                    ticket,
                    epoch: self.epoch,
                    reason,
                };
                Next::Run(State::Releasing(self), command)
            }
            Err(fault) => {
                let say = Say::text(Text::BadReason {
                    ticket,
                    fault: fault.into(),
                })
                .row(vec![Choice::leave(self.asked())]);
                Next::Turn(Turn::stay(State::Releasing(self), say))
            }
        }
    }

    pub(crate) fn on_outcome(outcome: &Outcome) -> Turn {
        let text = match outcome {
            Outcome::Released { ticket } => Text::Released { ticket: *ticket },
            Outcome::NotYours { ticket } => Text::NotYours { ticket: *ticket },
            _ => Text::StaleButton,
        };
        Turn::end(Say::text(text))
    }
}
