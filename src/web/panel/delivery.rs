//! Messages out and inputs in, as a page shows them.

use crate::web::panel::when::When;

/// Which way something came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Telegram,
    Whatsapp,
    Panel,
    Api,
    System,
}

impl Channel {
    /// The channel of a stored name; unknown ones are the system's.
    pub fn named(name: &str) -> Self {
        match name {
            "telegram" => Self::Telegram,
            "whatsapp" => Self::Whatsapp,
            "panel" => Self::Panel,
            "api" => Self::Api,
            _ => Self::System,
        }
    }

    /// The text key of its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Telegram => "channel-telegram",
            Self::Whatsapp => "channel-whatsapp",
            Self::Panel => "channel-panel",
            Self::Api => "channel-api",
            Self::System => "channel-system",
        }
    }
}

/// How far a message got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Queued,
    Sent,
    Delivered,
    Read,
    Failed,
}

impl State {
    /// The state of a stored name; unknown ones wait.
    pub fn named(name: &str) -> Self {
        match name {
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "read" => Self::Read,
            "failed" => Self::Failed,
            _ => Self::Queued,
        }
    }

    /// The tint of its chip.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Queued => "",
            Self::Sent | Self::Delivered | Self::Read => "good",
            Self::Failed => "bad",
        }
    }

    /// The shape of its chip.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Queued => "hourglass",
            Self::Sent => "check",
            Self::Delivered => "check-check",
            Self::Read => "eye",
            Self::Failed => "triangle-alert",
        }
    }

    /// The text key of its word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Queued => "delivery-queued",
            Self::Sent => "delivery-sent",
            Self::Delivered => "delivery-delivered",
            Self::Read => "delivery-read",
            Self::Failed => "delivery-failed",
        }
    }
}

/// A message to someone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub id: String,
    /// What it says, in a few words.
    pub what: String,
    pub channel: Channel,
    /// Masked.
    pub recipient: String,
    pub state: State,
    pub at: When,
    pub error: Option<String>,
    pub may_resend: bool,
    pub ticket_id: Option<String>,
}
