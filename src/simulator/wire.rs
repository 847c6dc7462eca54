//! Puts people, chats and messages into the service's own JSON.

use serde_json::{Value, json};

use crate::simulator::chat::{Author, Chat, Extra, Message};
use crate::simulator::world::World;

impl World {
    /// The bot as a `User`.
    pub(crate) fn bot_user(&self) -> Value {
        json!({
            "id": self.options.bot_id(),
            "is_bot": true,
            "first_name": self.options.bot_name,
            "username": self.options.bot_username,
        })
    }

    /// A `Chat`.
    pub(crate) fn chat_value(&self, chat: &Chat) -> Value {
        match self.people.get(&chat.id) {
            Some(person) if chat.is_private() => person.chat(),
            _ => chat.group(),
        }
    }

    /// A person as a `User`; someone erased is a bare id.
    pub(crate) fn user_value(&self, id: i64) -> Value {
        match self.people.get(&id) {
            Some(person) => person.user(),
            None => json!({"id": id, "is_bot": false, "first_name": ""}),
        }
    }

    /// A `Message` as it stands now.
    pub(crate) fn message_value(&self, chat: &Chat, message: &Message) -> Value {
        let from = match message.author {
            Author::Bot => self.bot_user(),
            Author::Person(id) => self.user_value(id),
        };
        let mut value = json!({
            "message_id": message.id,
            "from": from,
            "chat": self.chat_value(chat),
            "date": message.date,
        });
        if let Some(date) = message.edit_date {
            value["edit_date"] = json!(date);
        }
        if message.protected {
            value["has_protected_content"] = json!(true);
        }
        if let Some(replied) = message.reply_to.and_then(|id| chat.message(id)) {
            let mut replied = self.message_value(chat, replied);
            // The service tells one level of replies, no more.
            if let Some(fields) = replied.as_object_mut() {
                fields.remove("reply_to_message");
            }
            value["reply_to_message"] = replied;
        }
        match &message.extra {
            Some(Extra::Contact(contact)) => value["contact"] = contact.clone(),
            Some(Extra::Location(location)) => value["location"] = location.clone(),
            Some(Extra::Venue(venue)) => {
                value["venue"] = venue.clone();
                value["location"] = venue["location"].clone();
            }
            Some(Extra::Media(media)) => {
                value[media.kind.field()] = media.value.clone();
                if !message.text.plain.is_empty() {
                    value["caption"] = json!(message.text.plain);
                }
            }
            None => value["text"] = json!(message.text.plain),
        }
        if !message.text.entities.is_empty() {
            let captioned = message.media().is_some();
            let field = if captioned { "caption_entities" } else { "entities" };
            value[field] = json!(message.text.entities);
        }
        if let Some(origin) = &message.origin {
            value["forward_origin"] = origin.clone();
        }
        if let Some(album) = &message.album {
            value["media_group_id"] = json!(album);
        }
        if let Some(markup) = &message.inline {
            value["reply_markup"] = markup.clone();
        }
        value
    }
}

/// The commands in a text, as the service finds them: at the start of a word, Latin, at most 32 long.
pub(crate) fn commands_in(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut units = 0;
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        let starts = character == '/' && (before.is_whitespace() || "([{\"'".contains(before));
        if starts {
            let rest = &text[at + 1..];
            let length = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            let mut whole = length;
            if let Some(named) = rest[length..].strip_prefix('@') {
                let name = named
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(named.len());
                if name >= 3 {
                    whole += 1 + name;
                }
            }
            let after = rest[whole..].chars().next();
            let ends = after.is_none_or(|c| !c.is_alphanumeric() && c != '/' && c != '_' && c != '@');
            if (1..=32).contains(&length) && ends {
                found.push(json!({"type": "bot_command", "offset": units, "length": whole + 1}));
            }
        }
        units += character.len_utf16();
        before = character;
    }
    found
}
