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

/// A fault by the service's number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub code: i64,
    pub details: String,
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
