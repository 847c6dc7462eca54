//! What is said to a person, before a channel gives it its shape.

use domain::ids::{DocumentId, TicketId};
use domain::person::Role;
use serde::{Deserialize, Serialize};

use crate::press::{Asked, Press};
use crate::standby::Standby;
use crate::text::{Label, Text};

/// One message: words, what may be pressed, and how it should arrive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Say {
    pub text: Text,
    /// Rows of choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Vec<Choice>>,
    #[serde(default)]
    pub hint: Hint,
    /// Arrives without a sound.
    #[serde(default)]
    pub quiet: bool,
    /// Must not be forwarded: it holds a customer's address or phone.
    #[serde(default)]
    pub private: bool,
    /// The commands of this role belong in the chat's menu from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub menu: Option<Role>,
    /// A file that the words go with. A message that is edited in place has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<Attachment>,
    /// What goes in its place where only words that were approved beforehand may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standby: Option<Standby>,
}

/// A file of ours, to be sent along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub document: DocumentId,
    /// What the file is called where it arrives.
    pub filename: String,
    pub media_type: String,
    /// As a picture of at most 1600 pixels on a side, to be looked at and not to be saved.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub picture: bool,
}

/// Something to press under a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    Press {
        label: Label,
        press: Press,
    },
    /// Opens a page.
    Open {
        label: Label,
        url: String,
    },
    /// Copies a text of at most 256 characters.
    Copy {
        label: Label,
        text: String,
    },
}

/// How a channel should show the message.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    #[default]
    None,
    /// Offer a key that shares the person's own contact.
    AskContact,
    /// Offer a key that sends the place where the person is.
    AskPlace,
    /// Take away what an earlier hint offered.
    RemoveKeys,
    /// This is the live card of that kind for that ticket: edit it in place, send it when there is none.
    Card(Card),
    /// Change the live card if the person has one; otherwise say nothing.
    RetireCard(Card),
}

/// A live card: one of each kind for a ticket, an epoch and a person.
///
/// `epoch` counts the ticket's assignments: after a release the next offer is a new message, and whatever is
/// still on its way to the old one changes only that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Card {
    pub ticket: TicketId,
    pub kind: CardKind,
    pub epoch: i32,
}

/// What a card shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// The offer of an open job.
    Offer,
    /// The winner's job card.
    Job,
    /// An earlier message of the job card, without its buttons.
    PastJob,
    /// What an upload mode has taken in; its epoch is the opening's number.
    Upload,
    /// The summary that asks whether the visit may end.
    CheckOut,
    /// An earlier message of that summary, without its buttons.
    PastCheckOut,
    /// An emergency; its epoch is the emergency's number.
    Alert,
    /// An earlier message of an emergency, without its buttons.
    PastAlert,
    /// A price that sales decide; its epoch is the request's number.
    Price,
    /// An earlier message of it, without its buttons.
    PastPrice,
    /// The question which price it shall be instead.
    Question,
    /// An earlier message of that question, without its buttons.
    PastQuestion,
}

impl CardKind {
    /// The stable name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Job => "job",
            Self::PastJob => "past_job",
            Self::Upload => "upload",
            Self::CheckOut => "check_out",
            Self::PastCheckOut => "past_check_out",
            Self::Alert => "alert",
            Self::PastAlert => "past_alert",
            Self::Price => "price",
            Self::PastPrice => "past_price",
            Self::Question => "question",
            Self::PastQuestion => "past_question",
        }
    }
}

impl Say {
    /// Plain words.
    pub fn text(text: impl Into<Text>) -> Self {
        Self {
            text: text.into(),
            choices: Vec::new(),
            hint: Hint::None,
            quiet: false,
            private: false,
            menu: None,
            attachment: None,
            standby: None,
        }
    }

    /// With a file.
    #[must_use]
    pub fn attach(mut self, attachment: Attachment) -> Self {
        self.attachment = Some(attachment);
        self
    }

    /// With what goes in its place where free words may not.
    #[must_use]
    pub fn standby(mut self, standby: Standby) -> Self {
        self.standby = Some(standby);
        self
    }

    /// With one more row of choices.
    #[must_use]
    pub fn row(mut self, row: Vec<Choice>) -> Self {
        self.choices.push(row);
        self
    }

    /// With a hint.
    #[must_use]
    pub fn hint(mut self, hint: Hint) -> Self {
        self.hint = hint;
        self
    }

    /// Without a sound.
    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// With the menu of this role.
    #[must_use]
    pub fn menu(mut self, role: Role) -> Self {
        self.menu = Some(role);
        self
    }

    /// Not to be forwarded.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }
}

impl Choice {
    /// A button that presses.
    pub fn press(label: Label, press: Press) -> Self {
        Self::Press { label, press }
    }

    /// The button that leaves a question.
    pub fn leave(asked: Asked) -> Self {
        Self::press(Label::Cancel, Press::Leave(asked))
    }
}

/// The short answer to a press: a toast, or an alert that waits to be closed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Toast {
    pub text: Text,
    pub alert: bool,
}

impl Toast {
    /// Passes by.
    pub fn brief(text: impl Into<Text>) -> Self {
        Self {
            text: text.into(),
            alert: false,
        }
    }

    /// Waits to be closed: a lost race, a refusal.
    pub fn alert(text: impl Into<Text>) -> Self {
        Self {
            text: text.into(),
            alert: true,
        }
    }
}
