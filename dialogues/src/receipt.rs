//! What a customers' service says became of a message of ours.

use chrono::{DateTime, Utc};
use domain::ids::DeliveryId;
use serde::{Deserialize, Serialize};

use crate::arrival::Who;

/// One piece of news about one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The service's own id of the message.
    pub message: String,
    pub stage: Stage,
    /// By the service's clock.
    pub at: DateTime<Utc>,
    /// Our own id of the message, which we gave along.
    pub callback: Option<DeliveryId>,
    /// Whom it reached, as far as the service tells.
    pub who: Who,
    /// Why it failed.
    pub fault: Option<Fault>,
    /// What it costs, as the service says, in JSON.
    pub price: Option<String>,
}

/// How far a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Sent,
    Delivered,
    Read,
    Failed,
}

/// A fault, and what it means for us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The service's number.
    pub code: i64,
    /// A stable code of ours, for which there are words.
    pub word: String,
    pub remedy: Remedy,
    /// In the service's words.
    pub details: String,
}

/// What is to be done about a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Later.
    Again,
    /// Later, and everybody: too many at once.
    Slow,
    /// Later, and only this person: the service takes no more for him at the moment.
    Pair,
    /// At once, in words that were approved beforehand.
    Standby,
    /// Nothing gets through to this person: call.
    DeadEnd,
    /// Nothing gets through to anybody until somebody mends it.
    Stop,
    /// Never: this message will not be taken.
    Refused,
}

impl Fault {
    /// A failure that the service does not explain.
    pub fn unknown(details: String) -> Self {
        Self {
            code: 0,
            word: "other".to_owned(),
            remedy: Remedy::Refused,
            details,
        }
    }

    /// The number and the service's words.
    pub fn told(&self) -> String {
        format!("{} {}", self.code, self.details).trim().to_owned()
    }
}

impl Stage {
    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
        }
    }
}
