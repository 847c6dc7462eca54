//! One message in words, ready for a channel, and what became of it.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use dialogues::press::Press;
use dialogues::receipt::Fault;
use dialogues::say::{Attachment, Choice, Hint, Say};
use dialogues::standby::Standby;
use domain::ids::DeliveryId;
use domain::person::Locale;

pub use crate::app::conversation::contacts::{Address, Way};
use crate::delivery::commands::{MenuLine, menu};
use crate::delivery::pacing::Pace;
use crate::delivery::render::{html, label, starred};
use crate::delivery::words::word;

/// A message as a channel sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The chat, as the channel names it.
    pub recipient: String,
    /// The service's id of the message to change; `None`: a new message.
    pub edit: Option<String>,
    /// In Telegram's HTML, or with WhatsApp's stars where the letter goes by post.
    pub words: String,
    pub keys: Keys,
    /// Arrives without a sound.
    pub quiet: bool,
    /// Must not be forwarded.
    pub private: bool,
    /// What the chat's menu offers from now on, when that changes.
    pub menu: Option<Vec<MenuLine>>,
    /// A file that goes along.
    pub attachment: Option<Attachment>,
    /// What a channel needs that goes by post ([`Courier::POSTS`]).
    pub post: Option<Post>,
}

/// How a letter goes to someone whom a service takes messages for only under conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    pub address: Address,
    /// What may go in the letter's place when free words may not.
    pub standby: Option<Standby>,
    /// Free words were refused before.
    pub standby_only: bool,
    /// Our own id of the message, which comes back with all news of it.
    pub callback: DeliveryId,
    pub leaves_at: DateTime<Utc>,
    pub locale: Locale,
}

/// A letter's file, as a channel may send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enclosed {
    /// By the name that the service gave it when it was sent before.
    Known(String),
    Bytes {
        filename: String,
        media_type: String,
        bytes: Bytes,
    },
}

/// What became of a letter with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Posted {
    /// As for any letter; with the name that the service gave the file.
    Done { outcome: Outcome, name: Option<String> },
    /// The service does not know the file by that name; nothing was sent.
    Forgotten,
}

/// What may be pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keys {
    None,
    /// Under the message.
    Rows(Vec<Vec<Key>>),
    /// A key that shares the person's own contact, with its words.
    ShareContact(String),
    /// A key that sends the place where the person is.
    SharePlace,
    /// Take away the key that an earlier message offered.
    Remove,
}

/// One button, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Press { label: String, press: Press },
    Open { label: String, url: String },
    Copy { label: String, text: String },
}

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The service took it; with its id for the message.
    Sent { message: Option<String> },
    /// The message to change is no longer there, or cannot be changed.
    Gone,
    /// Too many: nothing more for so long.
    Flood { wait: Duration },
    /// The person cannot be reached: blocked the bot, is gone, never came.
    Unreachable { why: String },
    /// The service will never take this letter.
    Refused { why: String },
    /// The service did not answer, or could not.
    Trouble { why: String },
    /// The service does not know us: nothing can be sent until that is mended.
    Locked { why: String },
    /// The service says no, and what that means for us.
    Fault(Fault),
    /// It may have been taken, and the answer was lost: news of it may still come.
    Unsure { why: String },
    /// It was not begun: someone else has it, or its departure could not be noted.
    NotBegun,
}

/// A channel that carries letters.
pub trait Courier: Send + Sync {
    /// The channel's name in the outbox.
    const CHANNEL: &'static str;
    /// How fast it may send.
    const PACE: Pace;
    /// Whether letters go by post: to contacts, whose address is looked up when they leave; noted before they
    /// leave, since a second copy cannot be taken back; and told of by news that comes afterwards.
    const POSTS: bool = false;

    /// Carries one letter. Must answer within 10 seconds or so, and never panic.
    fn deliver(&self, letter: Letter) -> impl Future<Output = Outcome> + Send;

    /// Carries a letter and a file. May take as long as the file's bytes need.
    fn post(&self, letter: Letter, file: Enclosed) -> impl Future<Output = Posted> + Send;
}

impl Letter {
    /// What is said, in words.
    pub fn of(
        say: &Say,
        recipient: String,
        locale: Locale,
        edit: Option<String>,
        post: Option<Post>,
    ) -> Self {
        let words = html(&say.text, locale);
        Self {
            recipient,
            edit,
            words: if post.is_some() { starred(&words) } else { words },
            keys: keys(say, locale),
            quiet: say.quiet,
            private: say.private,
            menu: say.menu.map(|role| menu(Some(role), locale)),
            attachment: say.attachment.clone(),
            post,
        }
    }
}

fn keys(say: &Say, locale: Locale) -> Keys {
    if !say.choices.is_empty() {
        let rows = say.choices.iter();
        return Keys::Rows(
            rows.map(|row| row.iter().map(|choice| key(choice, locale)).collect())
                .collect(),
        );
    }
    match say.hint {
        Hint::AskContact => Keys::ShareContact(word(locale, "key-share-contact")),
        Hint::RemoveKeys => Keys::Remove,
        Hint::AskPlace => Keys::SharePlace,
        Hint::None | Hint::Card(_) | Hint::RetireCard(_) => Keys::None,
    }
}

fn key(choice: &Choice, locale: Locale) -> Key {
    match choice {
        Choice::Press { label: words, press } => Key::Press {
            label: label(words, locale),
            press: *press,
        },
        Choice::Open { label: words, url } => Key::Open {
            label: label(words, locale),
            url: url.clone(),
        },
        Choice::Copy { label: words, text } => Key::Copy {
            label: label(words, locale),
            text: text.clone(),
        },
    }
}
