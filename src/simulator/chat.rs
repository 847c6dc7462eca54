//! Chats and their messages, as the people see them now.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::simulator::media::Media;
use crate::simulator::wire::commands_in;

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Author {
    Bot,
    Person(i64),
}

/// Text as the service keeps it: bare, with what stands out in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text {
    pub(crate) plain: String,
    /// `MessageEntity` values; offsets and lengths in UTF-16 units.
    pub(crate) entities: Vec<Value>,
    /// What the bot sent, before its tags were read.
    pub(crate) source: Option<String>,
}

impl Text {
    /// Words as a person types them: the app marks commands and nothing else.
    pub(crate) fn written(text: &str) -> Self {
        Self {
            plain: text.to_owned(),
            entities: commands_in(text),
            source: None,
        }
    }
}

/// What is in a message besides or instead of text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Extra {
    Contact(Value),
    Location(Value),
    /// A place with a name; its `location` stands in the message too.
    Venue(Value),
    /// The message's text is its caption.
    Media(Media),
}

#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, as the service tells them"
)]
pub(crate) struct Message {
    pub(crate) id: i64,
    pub(crate) author: Author,
    /// Seconds since 1970.
    pub(crate) date: i64,
    /// Milliseconds since the simulator started.
    pub(crate) at: f64,
    pub(crate) text: Text,
    pub(crate) extra: Option<Extra>,
    /// The `InlineKeyboardMarkup` that hangs under it now.
    pub(crate) inline: Option<Value>,
    /// It brought, removed or asked for a reply keyboard; the service never lets such a message be edited.
    pub(crate) fixed: bool,
    pub(crate) edits: u32,
    pub(crate) edit_date: Option<i64>,
    pub(crate) edited_at: Option<f64>,
    pub(crate) deleted: bool,
    pub(crate) silent: bool,
    pub(crate) protected: bool,
    pub(crate) reply_to: Option<i64>,
    /// A `MessageOrigin`, when someone else wrote it first.
    pub(crate) origin: Option<Value>,
    /// The `media_group_id` that the messages of an album share.
    pub(crate) album: Option<String>,
    /// The emoji that the bot put on it.
    pub(crate) reaction: Option<String>,
}

impl Message {
    pub(crate) fn new(id: i64, author: Author, date: i64, at: f64) -> Self {
        Self {
            id,
            author,
            date,
            at,
            text: Text::default(),
            extra: None,
            inline: None,
            fixed: false,
            edits: 0,
            edit_date: None,
            edited_at: None,
            deleted: false,
            silent: false,
            protected: false,
            reply_to: None,
            origin: None,
            album: None,
            reaction: None,
        }
    }

    /// Its files, if it has any.
    pub(crate) fn media(&self) -> Option<&Media> {
        match &self.extra {
            Some(Extra::Media(media)) => Some(media),
            _ => None,
        }
    }

    /// The buttons under the message, row after row.
    pub(crate) fn buttons(&self) -> impl Iterator<Item = &Value> {
        let rows = self
            .inline
            .as_ref()
            .and_then(|markup| markup["inline_keyboard"].as_array());
        rows.into_iter().flatten().filter_map(Value::as_array).flatten()
    }
}

/// The keyboard in place of the letters.
#[derive(Clone, Debug)]
pub(crate) struct Keyboard {
    pub(crate) markup: Value,
    pub(crate) message_id: i64,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// With one person; the chat's id is his.
    Private,
    /// A supergroup; its id is negative.
    Group {
        title: String,
        members: BTreeSet<i64>,
        /// An administrator bot hears every message, any other only commands and what names it.
        bot_admin: bool,
        bot_inside: bool,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct Chat {
    pub(crate) id: i64,
    pub(crate) kind: Kind,
    pub(crate) messages: BTreeMap<i64, Message>,
    pub(crate) keyboard: Option<Keyboard>,
    /// What the bot says it is doing, and when it said so (ms since start).
    pub(crate) action: Option<(String, f64)>,
    last_id: i64,
}

impl Chat {
    pub(crate) fn new(id: i64, kind: Kind) -> Self {
        Self {
            id,
            kind,
            messages: BTreeMap::new(),
            keyboard: None,
            action: None,
            last_id: 0,
        }
    }

    pub(crate) fn next_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    /// Adds a message and lets the oldest go beyond `kept`.
    pub(crate) fn add(&mut self, message: Message, kept: usize) {
        self.messages.insert(message.id, message);
        while self.messages.len() > kept {
            self.messages.pop_first();
        }
    }

    /// A message that is still there.
    pub(crate) fn message(&self, id: i64) -> Option<&Message> {
        self.messages.get(&id).filter(|message| !message.deleted)
    }

    pub(crate) fn message_mut(&mut self, id: i64) -> Option<&mut Message> {
        self.messages.get_mut(&id).filter(|message| !message.deleted)
    }

    pub(crate) fn has(&self, person: i64) -> bool {
        match &self.kind {
            Kind::Private => self.id == person,
            Kind::Group { members, .. } => members.contains(&person),
        }
    }

    pub(crate) fn is_private(&self) -> bool {
        matches!(self.kind, Kind::Private)
    }

    /// The group's `Chat` in the service's shape; private chats take theirs from the person.
    pub(crate) fn group(&self) -> Value {
        match &self.kind {
            Kind::Private => json!({"id": self.id, "type": "private"}),
            Kind::Group { title, .. } => json!({"id": self.id, "type": "supergroup", "title": title}),
        }
    }
}
