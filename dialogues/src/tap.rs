//! What a customer's button means, and how it is written in a few letters.

use std::fmt;
use std::str::FromStr;

use domain::ids::{InvoiceId, RatingId, RequestId};
use domain::rating::{Stars, Subject};
use serde::{Deserialize, Serialize};

use crate::say::Choice;
use crate::text::Label;

/// One press of a customer. What was once given out must still be read: a list lives as long as its message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tap {
    /// Show what there is to choose from.
    Menu,
    /// Report a problem.
    Report,
    /// How one's tickets stand.
    Status,
    /// What is still to be paid.
    Invoice,
    /// One's own data.
    Data,
    /// Speak with the office.
    Office,
    /// No more messages that nobody asked for.
    Stop,
    /// Messages again.
    Start,
    /// Become a customer.
    Register,
    /// Change one's own data.
    Change,
    /// Leave what is being asked.
    Cancel,
    /// Answers a question of one flow: a button of an earlier flow is stale.
    Answer { flow: u32, answer: Answer },
    /// Show what the office answered.
    Read { request: RequestId },
    /// Send a proof that this invoice was paid.
    Prove { invoice: InvoiceId },
    /// Show the questions of this rating.
    Rate { rating: RatingId },
    /// So many stars for this one.
    Stars {
        rating: RatingId,
        subject: Subject,
        stars: Stars,
    },
}

/// What a flow may be answered by a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// One's data may be kept.
    Agree,
    Refuse,
    /// The name in the profile is the right one.
    UseName,
    OtherName,
    /// The number that writes is the right one.
    OwnPhone,
    OtherPhone,
    Save,
    Fix,
    FixName,
    FixAddress,
    FixPhone,
    /// Go on where it was left.
    Continue,
    Restart,
    /// Send the report as it is.
    Send,
    AddPhotos,
}

/// A button that says nothing of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no button of ours")]
pub struct NoTap;

impl Answer {
    /// Every answer.
    pub const ALL: [Self; 15] = [
        Self::Agree,
        Self::Refuse,
        Self::UseName,
        Self::OtherName,
        Self::OwnPhone,
        Self::OtherPhone,
        Self::Save,
        Self::Fix,
        Self::FixName,
        Self::FixAddress,
        Self::FixPhone,
        Self::Continue,
        Self::Restart,
        Self::Send,
        Self::AddPhotos,
    ];

    /// The stable name in codes and locales.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Refuse => "refuse",
            Self::UseName => "use-name",
            Self::OtherName => "other-name",
            Self::OwnPhone => "own-phone",
            Self::OtherPhone => "other-phone",
            Self::Save => "save",
            Self::Fix => "fix",
            Self::FixName => "fix-name",
            Self::FixAddress => "fix-address",
            Self::FixPhone => "fix-phone",
            Self::Continue => "continue",
            Self::Restart => "restart",
            Self::Send => "send",
            Self::AddPhotos => "add-photos",
        }
    }
}

impl Tap {
    /// The taps that carry nothing, whose name is their code.
    pub const PLAIN: [Self; 11] = [
        Self::Menu,
        Self::Report,
        Self::Status,
        Self::Invoice,
        Self::Data,
        Self::Office,
        Self::Stop,
        Self::Start,
        Self::Register,
        Self::Change,
        Self::Cancel,
    ];

    /// The stable name of its words.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Report => "report",
            Self::Status => "status",
            Self::Invoice => "invoice",
            Self::Data => "data",
            Self::Office => "office",
            Self::Stop => "stop",
            Self::Start => "start",
            Self::Register => "register",
            Self::Change => "change",
            Self::Cancel => "leave",
            Self::Answer { answer, .. } => answer.as_str(),
            Self::Read { .. } => "read",
            Self::Prove { .. } => "prove",
            Self::Rate { .. } => "rate",
            Self::Stars { stars, .. } => match stars.count() {
                5 => "stars-5",
                4 => "stars-4",
                3 => "stars-3",
                2 => "stars-2",
                _ => "stars-1",
            },
        }
    }

    /// The button with its own words.
    pub fn choice(self) -> Choice {
        Choice::press(Label::Tap(self), crate::press::Press::Customer(self))
    }
}

impl fmt::Display for Tap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer { flow, answer } => write!(f, "a.{flow:x}.{}", answer.as_str()),
            Self::Read { request } => write!(f, "read.{request}"),
            Self::Prove { invoice } => write!(f, "prove.{invoice}"),
            Self::Rate { rating } => write!(f, "rate.{rating}"),
            Self::Stars {
                rating,
                subject,
                stars,
            } => write!(f, "stars.{rating}.{subject}.{}", stars.count()),
            plain => f.write_str(plain.name()),
        }
    }
}

impl FromStr for Tap {
    type Err = NoTap;

    fn from_str(text: &str) -> Result<Self, NoTap> {
        if let Some(tap) = Self::PLAIN.into_iter().find(|tap| tap.name() == text) {
            return Ok(tap);
        }
        let parts: Vec<&str> = text.split('.').collect();
        match parts[..] {
            ["a", flow, answer] => {
                let flow = u32::from_str_radix(flow, 16).map_err(|_| NoTap)?;
                let answer = Answer::ALL.into_iter().find(|one| one.as_str() == answer);
                Ok(Self::Answer {
                    flow,
                    answer: answer.ok_or(NoTap)?,
                })
            }
            ["read", request] => Ok(Self::Read {
                request: request.parse().map_err(|_| NoTap)?,
            }),
            ["prove", invoice] => Ok(Self::Prove {
                invoice: invoice.parse().map_err(|_| NoTap)?,
            }),
            ["rate", rating] => Ok(Self::Rate {
                rating: rating.parse().map_err(|_| NoTap)?,
            }),
            ["stars", rating, subject, stars] => {
                let subject = Subject::ALL.into_iter().find(|one| one.to_string() == subject);
                let stars: u8 = stars.parse().map_err(|_| NoTap)?;
                Ok(Self::Stars {
                    rating: rating.parse().map_err(|_| NoTap)?,
                    subject: subject.ok_or(NoTap)?,
                    stars: stars.try_into().map_err(|_| NoTap)?,
                })
            }
            _ => Err(NoTap),
        }
    }
}
