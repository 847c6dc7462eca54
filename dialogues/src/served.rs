//! A customer's chat: keywords, buttons and the running flow, as one machine.
//!
//! What is saved between messages is [`Chat`]. One message makes one [`Next`]; what it needs of the database is a
//! [`Command`], whose [`Outcome`] ends the turn.

mod hear;
mod late;
mod tapped;
mod told;
mod unasked;

use chrono::{DateTime, Utc};
use domain::geo::Position;
use domain::ids::{CustomerId, InvoiceId, RatingId, RequestId, TicketId};
use domain::person::Locale;
use domain::phone::Phone;
use domain::rating::{Stars, Subject};
use serde::{Deserialize, Serialize};

use crate::customer::{Entry, Line};
use crate::heard::{Media, Place};
use crate::paying::{Open, Proved, Proving};
use crate::rating::Rating;
use crate::registering::Registering;
use crate::reporting::Reporting;
use crate::say::{Choice, Say};
use crate::tap::Tap;

pub use crate::served::told::stars;

/// What a chat remembers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Chat {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<Flow>,
    /// What may be answered by number or title: the buttons of what was said last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<Tap>,
    /// Answers in a row that did not fit.
    #[serde(default)]
    pub stumbles: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard_at: Option<DateTime<Utc>>,
    /// When something that nothing had asked for was answered last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub puzzled_at: Option<DateTime<Utc>>,
    /// What it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unasked: Option<String>,
    /// What could not be read last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<Unread>,
    /// When anything was answered last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_at: Option<DateTime<Utc>>,
    /// When it was said last that something had come late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_at: Option<DateTime<Utc>>,
}

/// Something that nothing here reads, and when it was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    pub kind: String,
    pub at: DateTime<Utc>,
}

/// What takes several messages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "flow")]
pub enum Flow {
    Registering(Registering),
    Reporting(Reporting),
    /// Waits for what the office is asked.
    Asking,
    Rating(Rating),
    Proving(Proving),
}

/// What a message brings.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Words; someone else's are no command.
    Text {
        text: String,
        forwarded: bool,
    },
    Tap(Tap),
    /// A button that nothing here reads.
    Unreadable,
    Place(Place),
    File(Media),
    /// Things chosen from a catalogue: the office sees to it.
    Order(String),
    /// Numbers of the address book; `own`: the service says that the first is the sender's.
    Contacts {
        phones: Vec<String>,
        own: bool,
    },
    /// Nothing came until the moment that the chat had set itself.
    Waited,
    /// Anything else.
    Other,
}

/// Who writes, and to whom, and when.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'s> {
    pub person: &'s Person,
    pub office: &'s Office,
    pub at: DateTime<Utc>,
    /// Tells a flow that begins now from every other.
    pub nonce: u32,
    /// The service's own id of the message that is heard.
    pub message: &'s str,
}

/// Who writes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// As on file; `None`: no customer yet.
    pub customer: Option<Known>,
    /// What the person calls himself.
    pub profile: Option<String>,
    /// What the service vouches for.
    pub phone: Option<Phone>,
}

/// A customer as on file.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub id: CustomerId,
    pub entry: Entry,
}

/// Who answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Office {
    pub company: String,
    pub phone: String,
    pub privacy: Option<String>,
    /// When people answer, ready to be read; `None`: always.
    pub hours: Option<String>,
    pub is_closed: bool,
}

/// What a chat asks the use cases to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Become a customer. `flow` tells a repeat.
    Register {
        flow: u32,
        entry: Entry,
        position: Option<Position>,
        at_once: bool,
        /// The service's id of the message that agreed to it.
        agreed: String,
    },
    /// Write one's data anew.
    Change {
        entry: Entry,
        /// `Some`: a pin that replaces the old.
        position: Option<Position>,
    },
    /// The person does not want his data kept.
    Refuse,
    Report {
        flow: u32,
        text: String,
        photos: Vec<Media>,
        position: Option<Position>,
    },
    /// Tell the office.
    Ask {
        text: String,
        photos: Vec<Media>,
        /// Nobody had asked for it.
        unasked: bool,
    },
    /// What became of a flow whose last button came again.
    Repeat {
        flow: u32,
    },
    /// How it stands: all that is open, or this one.
    Status(Option<String>),
    Stop,
    Start,
    Speak(Locale),
    /// A photo that nothing asked for: perhaps of a report just made.
    Follow(Media),
    /// A place that nothing asked for: perhaps of a report just made.
    Locate(Position),
    /// Show what the office answered.
    Read(RequestId),
    /// What is still to be paid.
    Bills,
    /// Whether this one is, and is the person's own.
    Owes(InvoiceId),
    /// Keep a proof that it was paid.
    Prove {
        invoice: InvoiceId,
        media: Media,
        /// It belongs to one that was answered just now.
        quiet: bool,
    },
    /// Show the questions of a rating.
    Rate(RatingId),
    Stars {
        rating: RatingId,
        subject: Subject,
        stars: Stars,
    },
    Comment {
        rating: RatingId,
        text: String,
    },
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Registered {
        customer: CustomerId,
        entry: Entry,
        at_once: bool,
    },
    AlreadyRegistered {
        customer: CustomerId,
    },
    Changed(Entry),
    /// Nothing of the person is kept.
    Refused,
    Reported {
        request: RequestId,
    },
    /// A person will answer.
    Asked {
        request: RequestId,
        unasked: bool,
    },
    Standing(Vec<Line>),
    /// What was asked about does not exist, or is someone else's.
    NotFound,
    Stopped,
    Started,
    Spoken,
    Bills(Vec<Open>),
    /// `None`: nothing is owed on it, or it is someone else's.
    Owes(Option<Open>),
    Proved {
        proved: Proved,
        number: String,
    },
    /// What the office answered.
    Said {
        words: String,
    },
    Followed {
        request: RequestId,
    },
    NotFollowed(Media),
    /// The report has as many photos as it takes.
    Overfull,
    /// The report has a place now.
    Located {
        request: RequestId,
    },
    /// No report waits for a place.
    NotLocated,
    /// These stars are asked for now.
    Asks(Question),
    /// Everything was said; whether a word about it is wanted.
    Rated {
        rating: RatingId,
        ticket: TicketId,
        low: bool,
        mixed: bool,
    },
    Commented,
    RatingOver,
    /// Done, or nothing to be done; there is nothing to say.
    Nothing,
    /// That button no longer means anything.
    Stale,
}

/// Stars that are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub rating: RatingId,
    pub ticket: TicketId,
    pub subject: Subject,
    /// Who came.
    pub technician: Option<String>,
    /// The page on which the same may be said.
    pub link: Option<String>,
}

/// After a message: a command to run, or a turn at once.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    Run(Chat, Command),
    Turn(Turn),
}

/// What is remembered and what is said.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    pub chat: Chat,
    pub say: Vec<Say>,
}

/// What a flow makes of an input.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    /// Goes on with this question.
    Ask(Flow, Say),
    /// The answer did not fit: the same question again.
    Again(Flow, Say),
    /// Goes on and says nothing.
    Silent(Flow),
    Run(Flow, Command),
    /// Over; and the input means something else.
    Pass(Input),
    /// The button belongs to another question.
    Stale(Flow),
}

impl Chat {
    /// When it should go on by itself, if nothing comes.
    pub fn wakes_at(&self) -> Option<DateTime<Utc>> {
        match &self.flow {
            Some(Flow::Reporting(reporting)) => reporting.due,
            _ => None,
        }
    }

    /// Photos that came together are answered with the next message, not by themselves.
    pub fn rest(&mut self) {
        if let Some(Flow::Reporting(reporting)) = &mut self.flow {
            reporting.due = None;
        }
    }

    /// The flow's own number, when its buttons carry one.
    pub(crate) fn nonce(&self) -> Option<u32> {
        match &self.flow {
            Some(Flow::Registering(registering)) => Some(registering.nonce),
            Some(Flow::Reporting(reporting)) => Some(reporting.nonce),
            Some(Flow::Asking | Flow::Rating(_) | Flow::Proving(_)) | None => None,
        }
    }

    /// Ends a turn: what was said offers what may be answered.
    pub(crate) fn says(mut self, say: Vec<Say>) -> Turn {
        let offered: Vec<Tap> = say.iter().flat_map(offers).collect();
        if !say.is_empty() {
            self.offered = offered;
        }
        Turn { chat: self, say }
    }
}

/// The customers' buttons under a message.
pub fn offers(say: &Say) -> Vec<Tap> {
    let choices = say.choices.iter().flatten();
    let taps = choices.filter_map(|choice| match choice {
        Choice::Press {
            press: crate::press::Press::Customer(tap),
            ..
        } => Some(*tap),
        Choice::Press { .. } | Choice::Open { .. } | Choice::Copy { .. } => None,
    });
    taps.collect()
}
