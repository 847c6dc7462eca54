//! One message, at most one command, one turn.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{TicketId, UploadId};
use domain::offer::Offer;
use domain::person::Role;
use domain::visit::{Finding, Fix};
use serde::{Deserialize, Serialize};

use crate::heard::{Media, Place};
use crate::linking::Linking;
use crate::press::Asked;
use crate::price::Price;
use crate::pricing::{Pricing, Subject};
use crate::releasing::Releasing;
use crate::say::Say;
use crate::sheet::Preview;
use crate::site::Site;
use crate::text::{Moment, Text};
use crate::uploading::Uploading;
use crate::visiting::{CheckIn, Visiting};

/// A conversation that takes several messages, as saved between them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "flow")]
pub enum State {
    Linking(Linking),
    Releasing(Releasing),
    Visiting(Visiting),
    Uploading(Uploading),
    Pricing(Pricing),
}

/// What a running conversation may hear.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    Text(String),
    /// A place, and when it arrived.
    Place {
        place: Place,
        at: DateTime<Utc>,
    },
    /// A photo or a file.
    File(Media),
    /// Nothing came until the moment that the conversation had set itself.
    Waited,
    Contact {
        phone: String,
        own: bool,
    },
    /// Anything that no conversation asked for.
    Other,
}

/// What a conversation asks the use cases to do.
#[derive(Debug, Clone, PartialEq)]
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
    /// Begin the visit.
    CheckIn(CheckIn),
    /// Keep a photo that explains a check-in which is still to come, beside those `kept` so far.
    KeepPlacePhoto {
        ticket: TicketId,
        epoch: i32,
        kept: Option<UploadId>,
        media: Box<Media>,
    },
    /// Take a photo or a paper in.
    Attach { upload: UploadId, media: Media },
    /// See what another price would make of an invoice.
    PreviewPrice { subject: Subject, offer: Offer },
    /// Give an invoice back to the admins.
    RejectPrice { subject: Subject, reason: String },
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq)]
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
    /// The visit has begun.
    CheckedIn {
        ticket: TicketId,
        at: Moment,
        finding: Finding,
        accuracy_meters: Option<f64>,
        /// A photo of the place is asked for, in this opening.
        place_photo: Option<UploadId>,
    },
    /// The place alone proves too little; nothing was written.
    NotProven {
        fix: Fix,
        finding: Finding,
        /// A live location may still come nearer to the truth.
        may_improve: bool,
        moved: bool,
        at: DateTime<Utc>,
    },
    /// The photo will be fetched, whatever comes of the check-in.
    PlacePhotoKept {
        upload: UploadId,
    },
    /// None of the photos that were to explain the check-in could be used; nothing was written.
    PlacePhotoGone,
    /// The visit's date has not come.
    TooEarly {
        date: NaiveDate,
    },
    AlreadyCheckedIn {
        ticket: TicketId,
    },
    /// The file will be fetched.
    Attached,
    /// The file is not taken; with what to say, unless that was said before.
    NotAttached {
        text: Option<Site>,
    },
    /// The job takes no more files.
    UploadOver {
        ticket: TicketId,
    },
    /// What the price would be.
    PricePreviewed(Box<Preview>),
    /// That price cannot be; with what to say.
    PriceRefused(Box<Price>),
    /// There is nothing to decide any more, by whoever's doing; with what to say.
    PriceOver(Box<Text>),
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
            Self::Visiting(visiting) => visiting.on_input(input),
            Self::Uploading(uploading) => uploading.on_input(input),
            Self::Pricing(pricing) => pricing.on_input(input),
        }
    }

    /// Hears what came of its command.
    pub fn on_outcome(self, outcome: Outcome) -> Turn {
        match self {
            Self::Linking(_) => Linking::on_outcome(outcome),
            Self::Releasing(_) => Releasing::on_outcome(&outcome),
            Self::Visiting(visiting) => visiting.on_outcome(outcome),
            Self::Uploading(uploading) => uploading.on_outcome(outcome),
            Self::Pricing(pricing) => pricing.on_outcome(outcome),
        }
    }

    /// What it asks, as a button that leaves it says so. [`None`]: nothing else can be meant.
    pub fn asked(&self) -> Option<Asked> {
        match self {
            Self::Linking(_) => None,
            Self::Releasing(releasing) => Some(releasing.asked()),
            Self::Visiting(visiting) => Some(visiting.asked()),
            Self::Uploading(uploading) => Some(uploading.asked()),
            Self::Pricing(pricing) => Some(pricing.asked()),
        }
    }

    /// When it should go on by itself, if nothing comes.
    pub fn wakes_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Visiting(visiting) => visiting.wakes_at(),
            Self::Linking(_) | Self::Releasing(_) | Self::Uploading(_) | Self::Pricing(_) => None,
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
