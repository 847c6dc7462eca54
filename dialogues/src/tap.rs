//! What a customer's button means, and how it is written in a few letters.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

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
    /// The newest invoice.
    Invoice,
    /// One's own data.
    Data,
    /// Speak with the office.
    Office,
    /// No more messages that nobody asked for.
    Stop,
}

/// A button that says nothing of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no button of ours")]
pub struct NoTap;

impl fmt::Display for Tap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Menu => "menu",
            Self::Report => "report",
            Self::Status => "status",
            Self::Invoice => "invoice",
            Self::Data => "data",
            Self::Office => "office",
            Self::Stop => "stop",
        })
    }
}

impl FromStr for Tap {
    type Err = NoTap;

    fn from_str(text: &str) -> Result<Self, NoTap> {
        Ok(match text {
            "menu" => Self::Menu,
            "report" => Self::Report,
            "status" => Self::Status,
            "invoice" => Self::Invoice,
            "data" => Self::Data,
            "office" => Self::Office,
            "stop" => Self::Stop,
            _ => return Err(NoTap),
        })
    }
}
