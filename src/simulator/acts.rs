//! What people do: open the chat, write, tap, share, block; each becomes the update that the service would send.

use std::fmt;

use serde_json::{Value, json};
use tokio::time::Instant;

use crate::simulator::chat::{Author, Extra, Kind, Message, Text};
use crate::simulator::people::{NewPerson, Person};
use crate::simulator::sharing::Draft;
use crate::simulator::taps::Tap;
use crate::simulator::updates::Line;
use crate::simulator::world::World;

/// Why a person cannot do this, for whoever plays him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cannot {
    /// No such person, chat, message or button.
    Missing(String),
    /// It is there, and the app would not let him.
    Now(String),
}

impl fmt::Display for Cannot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Missing(why) | Self::Now(why)) = self;
        f.write_str(why)
    }
}

/// What became of a deed.
pub(crate) type Done<T> = Result<T, Cannot>;

/// Which button is meant.
pub(crate) enum Pick<'a> {
    Data(&'a str),
    Label(&'a str),
    /// Data that need not be on any button now: forged, or of a button that was there a moment ago.
    Unseen {
        data: &'a str,
        label: &'a str,
    },
}

pub(crate) fn missing<T>(what: impl Into<String>) -> Done<T> {
    Err(Cannot::Missing(what.into()))
}

pub(crate) fn not_now<T>(why: impl Into<String>) -> Done<T> {
    Err(Cannot::Now(why.into()))
}

impl World {
    /// Adds a person, or changes one that is there; what he did with the bot stays.
    pub(crate) fn add_person(&mut self, new: &NewPerson) -> Done<i64> {
        let id = new.telegram_id;
        if id <= 0 {
            return not_now("a person's id is positive");
        }
        let started = new.started;
        let person = self
            .people
            .entry(id)
            .and_modify(|person| person.is = new.clone())
            .or_insert_with(|| Person::new(new.clone()));
        if started {
            person.started = true;
            self.private_chat(id);
        }
        self.changed("people", Some(id));
        Ok(id)
    }

    /// Presses start: opens the chat, or opens it again after blocking.
    pub(crate) fn start(&mut self, person: i64, payload: Option<&str>) -> Done<i64> {
        let payload = payload.unwrap_or_default();
        let sound = payload
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        if payload.len() > 64 || !sound {
            return not_now("the word after start has at most 64 of A-Z a-z 0-9 _ -");
        }
        self.able(person)?.started = true;
        self.unblock(person)?;
        let text = if payload.is_empty() {
            "/start".to_owned()
        } else {
            format!("/start {payload}")
        };
        self.write(person, None, None, &text)
    }

    /// Writes a text, to the bot when no chat is named, perhaps in reply to a message. Returns the message's id.
    pub(crate) fn write(
        &mut self,
        person: i64,
        chat: Option<i64>,
        reply_to: Option<i64>,
        text: &str,
    ) -> Done<i64> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > 4096 {
            return not_now("a message has 1 to 4096 characters");
        }
        let chat = self.open(person, chat)?;
        self.there(chat, reply_to)?;
        let draft = Draft {
            text: Text::written(text),
            reply_to,
            ..Draft::default()
        };
        Ok(self.post(person, chat, draft))
    }

    /// Shares a contact: his own number, unless another is given.
    pub(crate) fn share_contact(&mut self, person: i64, contact: Option<Value>) -> Done<i64> {
        let chat = self.open(person, None)?;
        let own = self.people.get(&person).map(|person| {
            let mut own = json!({
                "phone_number": person.is.phone.clone().unwrap_or_default(),
                "first_name": person.is.first_name,
                "user_id": person.id(),
            });
            if let Some(last) = &person.is.last_name {
                own["last_name"] = json!(last);
            }
            own
        });
        let Some(contact) = contact.or(own) else {
            return missing("nobody has this id");
        };
        if contact["phone_number"].as_str().is_none_or(str::is_empty) {
            return not_now("this account has no number to share");
        }
        Ok(self.post(person, chat, Draft::of(Extra::Contact(contact))))
    }

    /// Changes his own message, or its caption.
    pub(crate) fn rewrite(&mut self, person: i64, chat: Option<i64>, id: i64, text: &str) -> Done<()> {
        let chat_id = self.open(person, chat)?;
        let (date, at) = (self.unix(), self.ms());
        let message = self.chats.get_mut(&chat_id).and_then(|chat| chat.message_mut(id));
        let Some(message) = message.filter(|message| message.author == Author::Person(person)) else {
            return missing("no such message of his");
        };
        if !matches!(message.extra, None | Some(Extra::Media(_))) {
            return not_now("there are no words in this message");
        }
        message.text = Text::written(text);
        message.edits += 1;
        message.edit_date = Some(date);
        message.edited_at = Some(at);
        self.tell(chat_id, id, "edited_message");
        Ok(())
    }

    /// Taps a button under a message. Returns the query's id, or what the app did by itself.
    pub(crate) fn tap(&mut self, person: i64, chat_id: i64, message_id: i64, pick: &Pick<'_>) -> Done<Value> {
        self.able(person)?;
        let Some(chat) = self.chats.get(&chat_id).filter(|chat| chat.has(person)) else {
            return missing("he is not in this chat");
        };
        let Some(message) = chat.message(message_id) else {
            return missing("no such message");
        };
        let button = message.buttons().find(|button| match pick {
            Pick::Data(data) => button["callback_data"] == **data,
            Pick::Label(label) => button["text"].as_str().is_some_and(|text| text.contains(label)),
            Pick::Unseen { .. } => false,
        });
        let (label, data) = match (pick, button) {
            (Pick::Unseen { data, label }, _) => ((*label).to_owned(), (*data).to_owned()),
            (_, None) => return missing("no such button on this message"),
            (_, Some(button)) => {
                let label = button["text"].as_str().unwrap_or_default().to_owned();
                let Some(data) = button["callback_data"].as_str() else {
                    return Ok(
                        json!({"label": label, "url": button["url"], "copied": button["copy_text"]["text"]}),
                    );
                };
                (label, data.to_owned())
            }
        };
        let (seq, query_id) = self.taps.next();
        let query = json!({
            "id": query_id,
            "from": self.user_value(person),
            "message": self.message_value(chat, message),
            "chat_instance": (chat_id.unsigned_abs().wrapping_mul(2_654_435_761)).to_string(),
            "data": data,
        });
        let tap_expiry = self.options.tap_expiry;
        let line = Line::Person(person);
        let update_id = self.update_from(person, "callback_query", &query, line, Some(tap_expiry));
        let (at, kept) = (self.ms(), self.options.kept.taps);
        let tap = Tap {
            seq,
            callback_query_id: query_id.clone(),
            person,
            chat_id,
            message_id,
            label,
            data,
            update_id,
            at,
            answer: None,
            dropped: false,
            repeated: self.may_double(person),
            born: Instant::now(),
        };
        self.taps.add(tap, kept);
        self.changed("person", Some(person));
        Ok(json!({"callback_query_id": query_id, "update_id": update_id, "at": at}))
    }

    /// Blocks the bot: it can no longer write to him, and learns so.
    pub(crate) fn block(&mut self, person: i64) -> Done<()> {
        let person_now = self.able(person)?;
        if !person_now.started {
            return not_now("he has never opened the chat");
        }
        if !std::mem::replace(&mut person_now.blocked, true) {
            self.membership(person, person, "member", "kicked");
        }
        self.changed("person", Some(person));
        Ok(())
    }

    pub(crate) fn unblock(&mut self, person: i64) -> Done<()> {
        if std::mem::replace(&mut self.able(person)?.blocked, false) {
            self.membership(person, person, "kicked", "member");
        }
        self.changed("person", Some(person));
        Ok(())
    }

    /// His account is gone for good; the bot is not told.
    pub(crate) fn deactivate(&mut self, person: i64) -> Done<()> {
        self.able(person)?.deactivated = true;
        self.changed("person", Some(person));
        Ok(())
    }

    fn able(&mut self, person: i64) -> Done<&mut Person> {
        match self.people.get_mut(&person) {
            None => missing("nobody has this id"),
            Some(person) if person.deactivated => not_now("this account is deactivated"),
            Some(person) => Ok(person),
        }
    }

    /// The chat in which he may write now.
    pub(crate) fn open(&mut self, person: i64, chat: Option<i64>) -> Done<i64> {
        let now = self.able(person)?;
        let (started, blocked) = (now.started, now.blocked);
        match chat.filter(|chat| *chat != person) {
            None if blocked => not_now("he has blocked the bot"),
            None if !started => not_now("he has never pressed start"),
            None => Ok(self.private_chat(person).id),
            Some(id) => match self.chats.get(&id) {
                Some(chat) if chat.has(person) => Ok(id),
                _ => missing("he is not in this chat"),
            },
        }
    }

    /// Whether the message that is replied to is there.
    pub(crate) fn there(&self, chat: i64, reply_to: Option<i64>) -> Done<()> {
        let there = |id| {
            self.chats
                .get(&chat)
                .is_some_and(|chat| chat.message(id).is_some())
        };
        match reply_to {
            Some(id) if !there(id) => missing("no such message to reply to"),
            _ => Ok(()),
        }
    }

    /// Puts a message into a chat and tells the bot. Returns its id.
    pub(crate) fn post(&mut self, person: i64, chat_id: i64, draft: Draft) -> i64 {
        let (date, at, kept) = (self.unix(), self.ms(), self.options.kept.messages);
        let Some(chat) = self.chats.get_mut(&chat_id) else {
            return 0;
        };
        let id = chat.next_id();
        let mut message = Message::new(id, Author::Person(person), date, at);
        message.text = draft.text;
        message.extra = draft.extra;
        message.reply_to = draft.reply_to;
        message.origin = draft.origin;
        message.album = draft.album;
        chat.add(message, kept);
        self.tell(chat_id, id, "message");
        id
    }

    /// Tells the bot of a person's message, if it may hear it.
    pub(crate) fn tell(&mut self, chat_id: i64, id: i64, kind: &'static str) {
        self.changed("chat", Some(chat_id));
        let Some((chat, message)) = self
            .chats
            .get(&chat_id)
            .and_then(|chat| Some((chat, chat.message(id)?)))
        else {
            return;
        };
        let hears = match &chat.kind {
            Kind::Group {
                bot_inside: false, ..
            } => false,
            Kind::Private | Kind::Group { bot_admin: true, .. } => true,
            // A bot in privacy mode hears commands and its own name, nothing else.
            Kind::Group { .. } => {
                message.text.plain.starts_with('/')
                    || message
                        .text
                        .plain
                        .contains(&format!("@{}", self.options.bot_username))
            }
        };
        if hears {
            let value = self.message_value(chat, message);
            let Author::Person(author) = message.author else {
                return;
            };
            self.update_from(author, kind, &value, Line::Chat(chat_id), None);
        }
    }
}
