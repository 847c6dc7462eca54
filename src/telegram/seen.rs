//! An update as far as we read it.
//!
//! Read leniently from the service's own JSON: fields that we do not know are passed over, so that a newer Bot
//! API changes nothing here. (Teloxide's `Update` turns a message with one unknown text entity into an empty
//! one, and its text is gone.) What we do read must have its documented type.

use serde::Deserialize;
use serde::de::IgnoredAny;

/// An update (Bot API, `Update`).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Seen {
    pub(crate) update_id: i64,
    #[serde(default)]
    pub(crate) message: Option<Message>,
    #[serde(default)]
    pub(crate) edited_message: Option<Message>,
    #[serde(default)]
    pub(crate) callback_query: Option<Query>,
    #[serde(default)]
    pub(crate) my_chat_member: Option<Membership>,
}

/// A press on an inline button (Bot API, `CallbackQuery`).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Query {
    pub(crate) id: String,
    pub(crate) from: User,
    #[serde(default)]
    pub(crate) data: Option<String>,
    /// Only where it hangs; what it says is in our own database.
    #[serde(default)]
    pub(crate) message: Option<Hanging>,
}

/// The message that a button hangs under.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Hanging {
    pub(crate) chat: Chat,
}

/// A message (Bot API, `Message`).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Message {
    pub(crate) chat: Chat,
    /// Seconds since 1970, when it was sent.
    #[serde(default)]
    pub(crate) date: i64,
    /// Seconds since 1970, when it was last edited.
    #[serde(default)]
    pub(crate) edit_date: Option<i64>,
    #[serde(default)]
    pub(crate) from: Option<User>,
    #[serde(default)]
    pub(crate) text: Option<String>,
    #[serde(default)]
    pub(crate) caption: Option<String>,
    #[serde(default)]
    pub(crate) contact: Option<Contact>,
    #[serde(default)]
    pub(crate) location: Option<Location>,
    #[serde(default)]
    pub(crate) venue: Option<IgnoredAny>,
    #[serde(default)]
    pub(crate) forward_origin: Option<IgnoredAny>,
    /// An inline bot wrote it: it proves nothing about its sender.
    #[serde(default)]
    pub(crate) via_bot: Option<IgnoredAny>,
    #[serde(default)]
    pub(crate) photo: Option<Vec<PhotoSize>>,
    #[serde(default)]
    pub(crate) document: Option<Document>,
    #[serde(default)]
    pub(crate) media_group_id: Option<String>,
    #[serde(default, rename = "reply_to_message")]
    pub(crate) answers: Option<Box<Answered>>,
    #[serde(flatten)]
    pub(crate) service: Service,
}

/// A place (Bot API, `Location`).
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Location {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    /// Metres, 0 to 1500.
    #[serde(default)]
    pub(crate) horizontal_accuracy: Option<f64>,
    /// Seconds for which it goes on; only of a live location that does.
    #[serde(default)]
    pub(crate) live_period: Option<i64>,
}

/// One size of a photo (Bot API, `PhotoSize`).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct PhotoSize {
    pub(crate) file_id: String,
    pub(crate) file_unique_id: String,
    #[serde(default)]
    pub(crate) width: i64,
    #[serde(default)]
    pub(crate) height: i64,
    #[serde(default)]
    pub(crate) file_size: Option<i64>,
}

/// A file (Bot API, `Document`).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Document {
    pub(crate) file_id: String,
    pub(crate) file_unique_id: String,
    #[serde(default)]
    pub(crate) file_name: Option<String>,
    #[serde(default)]
    pub(crate) mime_type: Option<String>,
    #[serde(default)]
    pub(crate) file_size: Option<i64>,
}

/// The message that another one answers.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Answered {
    pub(crate) message_id: i64,
}

/// What the service itself puts into chats; nobody said it to us.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Service {
    new_chat_members: Option<IgnoredAny>,
    left_chat_member: Option<IgnoredAny>,
    new_chat_title: Option<IgnoredAny>,
    new_chat_photo: Option<IgnoredAny>,
    delete_chat_photo: Option<IgnoredAny>,
    group_chat_created: Option<IgnoredAny>,
    supergroup_chat_created: Option<IgnoredAny>,
    pinned_message: Option<IgnoredAny>,
    migrate_to_chat_id: Option<IgnoredAny>,
    migrate_from_chat_id: Option<IgnoredAny>,
    message_auto_delete_timer_changed: Option<IgnoredAny>,
    write_access_allowed: Option<IgnoredAny>,
    chat_background_set: Option<IgnoredAny>,
    boost_added: Option<IgnoredAny>,
}

/// A chat (Bot API, `Chat`).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Chat {
    pub(crate) id: i64,
    #[serde(rename = "type")]
    pub(crate) kind: String,
}

/// A person or a bot (Bot API, `User`).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct User {
    pub(crate) id: i64,
    #[serde(default)]
    pub(crate) is_bot: bool,
    #[serde(default)]
    pub(crate) language_code: Option<String>,
}

/// A shared contact (Bot API, `Contact`).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Contact {
    pub(crate) phone_number: String,
    #[serde(default)]
    pub(crate) user_id: Option<i64>,
}

/// The bot's own standing in a chat changed (Bot API, `ChatMemberUpdated`).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Membership {
    pub(crate) chat: Chat,
    pub(crate) from: User,
    pub(crate) new_chat_member: Member,
}

/// A standing (Bot API, `ChatMember`).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Member {
    pub(crate) status: String,
}

impl Seen {
    /// Whether it is something that we never asked to be told.
    pub(crate) fn is_of_no_known_kind(&self) -> bool {
        self.message.is_none()
            && self.edited_message.is_none()
            && self.callback_query.is_none()
            && self.my_chat_member.is_none()
    }
}

impl Chat {
    pub(crate) fn is_private(&self) -> bool {
        self.kind == "private"
    }
}

impl Service {
    /// Whether any of these is there.
    pub(crate) fn is_any(&self) -> bool {
        [
            &self.new_chat_members,
            &self.left_chat_member,
            &self.new_chat_title,
            &self.new_chat_photo,
            &self.delete_chat_photo,
            &self.group_chat_created,
            &self.supergroup_chat_created,
            &self.pinned_message,
            &self.migrate_to_chat_id,
            &self.migrate_from_chat_id,
            &self.message_auto_delete_timer_changed,
            &self.write_access_allowed,
            &self.chat_background_set,
            &self.boost_added,
        ]
        .into_iter()
        .any(Option::is_some)
    }
}
