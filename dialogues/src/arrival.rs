//! What a customer's channel understood of one message, before anyone decides anything.

use chrono::{DateTime, Utc};
use domain::phone::Phone;
use serde::{Deserialize, Serialize};

use crate::heard::{Media, Place};
use crate::press::Press;

/// One message of one customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Arrival {
    /// The service's own id of the message; a repeat of it changes nothing.
    pub external_id: String,
    pub who: Who,
    /// When it was sent, as the service says, in whole seconds.
    pub sent_at: DateTime<Utc>,
    pub received_at: DateTime<Utc>,
    /// Someone else's words: never a command about oneself.
    pub forwarded: bool,
    /// The message of ours that it answers.
    pub reply_to: Option<String>,
    pub said: Said,
}

/// The names that the service vouches for. At least one is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Who {
    /// May be missing since people can go by a user name.
    pub phone: Option<Phone>,
    /// The person's id towards our business, e.g. `ID.1502…`.
    pub user_id: Option<String>,
    /// The same above several businesses.
    pub parent_id: Option<String>,
    /// What the person calls himself: worth a suggestion, proves nothing.
    pub name: Option<String>,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Text(String),
    Press(Press),
    /// A button whose id cannot be read: forged, or from a time before memory.
    UnreadablePress,
    Place(Place),
    /// A photo, a film, a voice note or a file.
    File(Media),
    /// Cards of the address book. `own`: the service itself says that the first number is the sender's.
    Contacts {
        phones: Vec<String>,
        own: bool,
    },
    /// A reaction or a sticker: seen, and answered by nothing.
    Gesture,
    /// Things chosen from a catalogue, in words.
    Order(String),
    /// An earlier message was changed or taken back; with its id.
    Changed {
        external_id: String,
    },
    Revoked {
        external_id: String,
    },
    /// The person goes by other names from now on; `Arrival::who` has the old ones.
    Renamed(Who),
    /// A kind of message that nothing here reads.
    Unsupported,
}
