//! Linking a Telegram account by an invite; a phone on file must be proven by the person's own contact.

use domain::person::Role;
use serde::{Deserialize, Serialize};

use crate::say::{Hint, Say};
use crate::text::Text;
use crate::turn::{Command, Input, Next, Outcome, State, Turn};

/// Waiting for the invited person's own contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linking {
    /// The invite, hashed: the code itself is not kept.
    pub invite_hash: String,
    pub name: String,
    pub role: Role,
    pub company: String,
}

impl Linking {
    /// Opens the conversation: asks for the contact.
    pub fn begin(self) -> Turn {
        let say = self.ask();
        Turn::stay(State::Linking(self), say)
    }

    fn ask(&self) -> Say {
        Say::text(Text::AskContact {
            name: self.name.clone(),
            role: self.role,
            company: self.company.clone(),
        })
        .hint(Hint::AskContact)
    }

    pub(crate) fn on_input(self, input: Input) -> Next {
        match input {
            Input::Contact { own: false, .. } => self.again(Text::ContactNotOwn),
            Input::Contact { phone, own: true } => {
                let command = Command::Link {
                    invite_hash: self.invite_hash.clone(),
                    phone: Some(phone),
                };
                Next::Run(State::Linking(self), command)
            }
            Input::Text(_) | Input::Place { .. } | Input::File(_) | Input::Waited | Input::Other => {
                self.again(Text::ContactExpected)
            }
        }
    }

    pub(crate) fn on_outcome(outcome: Outcome) -> Turn {
        match outcome {
            Outcome::PhoneDiffers => Turn::end(Say::text(Text::ContactMismatch).hint(Hint::RemoveKeys)),
            other => Turn::end(told(other)),
        }
    }

    fn again(self, text: Text) -> Next {
        let say = Say::text(text).hint(Hint::AskContact);
        Next::Turn(Turn::stay(State::Linking(self), say))
    }
}

/// What an attempt to link says, whether or not a contact was asked for.
pub fn told(outcome: Outcome) -> Say {
    let text = match outcome {
        Outcome::Linked { name, role } => {
            return Say::text(Text::Linked { name, role })
                .hint(Hint::RemoveKeys)
                .menu(role);
        }
        Outcome::InviteUsed => Text::InviteUsed,
        Outcome::InviteExpired => Text::InviteExpired,
        Outcome::TelegramTaken => Text::TelegramTaken,
        Outcome::OtherTelegramLinked => Text::OtherTelegramLinked,
        Outcome::PhoneDiffers => Text::ContactMismatch,
        _ => Text::InviteUnknown,
    };
    Say::text(text).hint(Hint::RemoveKeys)
}
