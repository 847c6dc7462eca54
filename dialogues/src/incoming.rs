//! What a channel understood of one update, before anyone decides anything.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::heard;
use crate::press::Press;

/// One input of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incoming {
    /// The service's own id of the update; a repeat of it changes nothing.
    pub external_id: String,
    pub sender: Sender,
    pub place: Place,
    pub received_at: DateTime<Utc>,
    pub intent: Intent,
}

/// Who sent it, as the channel says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    pub telegram_id: i64,
    /// The language of the person's app, when it is one of ours.
    pub locale: Option<domain::person::Locale>,
}

/// Where it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A chat with one person: its id is the person's.
    Private,
    /// A group, by its chat id.
    Group(i64),
}

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    Command(Command),
    /// A command that is not ours, as typed.
    UnknownCommand(String),
    /// A button; the channel must answer the press.
    Press(Press),
    /// A button whose data cannot be read: forged, or from a time before memory.
    UnreadablePress,
    Text(String),
    /// A shared contact: the number, and whether it is the sender's own.
    Contact {
        phone: String,
        own: bool,
    },
    /// A place: shared, forwarded, chosen from a list, or moved.
    Place(heard::Place),
    /// A photo or a file.
    File(heard::Media),
    /// The person blocked (`false`) or unblocked (`true`) the bot.
    Reachable(bool),
    /// A message of a kind that nothing here reads yet.
    Unsupported,
    /// Not for us: a service message, another bot's, a group's small talk.
    Ignore,
}

/// The commands, in any language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// With the payload of a deep link, which may be empty.
    Start(String),
    Help,
    Language,
    Cancel,
    /// The open jobs.
    Pool,
    /// One's own jobs.
    Tasks,
    OnDuty,
    OffDuty,
    /// The emergencies that wait for a decision.
    Alerts,
    /// The prices that wait for a decision.
    Prices,
}
