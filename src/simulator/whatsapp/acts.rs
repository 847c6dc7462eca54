//! What people do in WhatsApp: write, press, share, react, change their number; each becomes a webhook.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::simulator::acts::{Done, missing, not_now};
use crate::simulator::whatsapp::media;
use crate::simulator::whatsapp::person::{
    ChatMessage, Choice, Customer, How, NewCustomer, Status, made_user_id,
};
use crate::simulator::world::World;

/// One message of a person, before it has an id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Saying {
    /// The wire's `type`, and its field of the same name.
    pub(crate) kind: String,
    pub(crate) wire: Value,
    /// What the chat shows.
    pub(crate) shown: Value,
    /// Fields beside the type's own, e.g. `errors`.
    pub(crate) beside: Value,
    pub(crate) reply_to: Option<String>,
    /// `once` or `often`.
    pub(crate) forwarded: Option<Forwarded>,
    /// Sent so many seconds ago: it comes late.
    pub(crate) ago: i64,
}

/// How often a message was passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Forwarded {
    Once,
    Often,
}

/// A file of a person.
#[derive(Clone, Debug)]
pub(crate) struct Sharing {
    /// `image`, `video`, `audio`, `document` or `sticker`.
    pub(crate) kind: &'static str,
    pub(crate) mime: String,
    pub(crate) bytes: Bytes,
    /// More than there are bytes for a file that is too big.
    pub(crate) size: Option<usize>,
    pub(crate) caption: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) voice: bool,
}

impl World {
    /// Adds a person, or changes one that is there; the chat stays.
    pub(crate) fn add_customer(&mut self, new: &NewCustomer) -> Done<i64> {
        let mut is = new.clone();
        is.phone = new.phone.chars().filter(char::is_ascii_digit).collect();
        if is.id <= 0 || !(8..=15).contains(&is.phone.len()) {
            return not_now("a person has a positive id and a phone of 8 to 15 digits");
        }
        let other = self.cloud.by_phone(&is.phone);
        if other.is_some_and(|other| other != is.id) {
            return not_now("someone else has this phone");
        }
        is.user_id = is.user_id.or_else(|| Some(made_user_id(is.id)));
        let id = is.id;
        self.cloud
            .people
            .entry(id)
            .and_modify(|person| person.is = is.clone())
            .or_insert_with(|| Customer::new(is));
        self.arrive(id);
        self.changed("customer", Some(id));
        Ok(id)
    }

    fn customer(&mut self, id: i64) -> Done<&mut Customer> {
        let found = self.cloud.people.get_mut(&id);
        found.map_or_else(|| missing("nobody has this id"), Ok)
    }

    /// Sends a message of a person. Returns its id.
    pub(crate) fn say(&mut self, id: i64, saying: Saying) -> Done<String> {
        let phone = self.customer(id)?.is.phone.clone();
        let wamid = self.cloud.wamid(&phone);
        let date = self.unix() - saying.ago;
        let (at, number) = (self.ms(), self.cloud.options.number.clone());
        let person = self.customer(id)?;
        let mut message = json!({"id": wamid, "timestamp": date.to_string(), "type": saying.kind});
        if let Some(phone) = person.wa_id() {
            message["from"] = json!(phone);
        }
        message["from_user_id"] = json!(person.user_id());
        if let Some(parent) = &person.is.parent_user_id {
            message["from_parent_user_id"] = json!(parent);
        }
        if !saying.wire.is_null() {
            message[&saying.kind] = saying.wire;
        }
        for (name, value) in saying.beside.as_object().into_iter().flatten() {
            message[name] = value.clone();
        }
        match (&saying.reply_to, saying.forwarded) {
            (Some(reply), _) => message["context"] = json!({"from": number, "id": reply}),
            (None, Some(Forwarded::Once)) => message["context"] = json!({"forwarded": true}),
            (None, Some(Forwarded::Often)) => message["context"] = json!({"frequently_forwarded": true}),
            (None, None) => {}
        }
        let contact = person.contact();
        person.last_inbound = person.last_inbound.max(Some(date));
        self.keep_message(
            Some(id),
            ChatMessage {
                id: wamid.clone(),
                from_business: false,
                date,
                at,
                kind: saying.kind,
                content: saying.shown,
                choices: Vec::new(),
                reply_to: saying.reply_to,
                reaction: None,
                edited: false,
                revoked: false,
                status: Status::Delivered,
                error: None,
                callback: None,
                template: None,
                input: String::new(),
            },
        );
        let mut value = self.cloud.envelope();
        value["contacts"] = json!([contact]);
        value["messages"] = json!([message]);
        self.tell_webhook(id, "messages", value);
        Ok(wamid)
    }

    /// Sends a file of a person.
    pub(crate) fn share_media(&mut self, id: i64, file: Sharing, mut saying: Saying) -> Done<String> {
        self.customer(id)?;
        let media_id = self.cloud.object_id();
        let now = self.unix();
        let mut kept = media::file(media_id.clone(), &file.mime, file.bytes, false, now - saying.ago);
        kept.size = file.size.unwrap_or(kept.size).max(kept.size);
        let mut wire = json!({"id": media_id, "mime_type": file.mime, "sha256": kept.sha256});
        if let Some(caption) = &file.caption {
            wire["caption"] = json!(caption);
        }
        match file.kind {
            "document" => wire["filename"] = json!(file.name),
            "audio" => wire["voice"] = json!(file.voice),
            "sticker" => wire["animated"] = json!(false),
            _ => {}
        }
        saying.shown = json!({
            "text": file.caption, "media_id": media_id, "mime_type": file.mime,
            "file_name": file.name, "file_size": kept.size, "voice": file.voice,
        });
        let most = self.options.kept.file_bytes;
        self.cloud.media.add(kept, most);
        file.kind.clone_into(&mut saying.kind);
        saying.wire = wire;
        self.say(id, saying)
    }

    /// Presses what a message offers, by its id or a part of its title.
    pub(crate) fn press(&mut self, id: i64, message: &str, choice: &Pressed<'_>) -> Done<String> {
        let person = self.customer(id)?;
        let Some(found) = person.message(message).filter(|message| message.is_there()) else {
            return missing("this person has no such message");
        };
        let choice = match choice {
            Pressed::Forged { id, title } => Choice {
                how: if found.kind == "template" {
                    How::Template
                } else {
                    How::Button
                },
                id: (*id).to_owned(),
                title: (*title).to_owned(),
                description: None,
            },
            Pressed::Id(wanted) => pick(found, |choice| choice.id == *wanted)?,
            Pressed::Title(wanted) => match pick(found, |choice| choice.title == *wanted) {
                Ok(choice) => choice,
                Err(_) => pick(found, |choice| choice.title.contains(wanted))?,
            },
        };
        let reply = json!({"id": choice.id, "title": choice.title});
        let (kind, wire) = match choice.how {
            How::Button => (
                "interactive",
                json!({"type": "button_reply", "button_reply": reply}),
            ),
            How::Template => ("button", json!({"payload": choice.id, "text": choice.title})),
            How::Row => {
                let mut reply = reply;
                if let Some(description) = &choice.description {
                    reply["description"] = json!(description);
                }
                ("interactive", json!({"type": "list_reply", "list_reply": reply}))
            }
        };
        self.say(
            id,
            Saying {
                kind: kind.to_owned(),
                wire,
                shown: json!({"text": choice.title, "pressed": choice.id}),
                reply_to: Some(message.to_owned()),
                ..Saying::default()
            },
        )
    }

    /// Puts a reaction on a message of the business, or takes it back.
    pub(crate) fn react(&mut self, id: i64, message: &str, emoji: Option<String>) -> Done<String> {
        let Some(found) = self.customer(id)?.message(message) else {
            return missing("this person has no such message");
        };
        found.reaction.clone_from(&emoji);
        let mut wire = json!({"message_id": message});
        if let Some(emoji) = &emoji {
            wire["emoji"] = json!(emoji);
        }
        self.say(
            id,
            Saying {
                kind: "reaction".to_owned(),
                wire,
                shown: json!({"text": emoji}),
                ..Saying::default()
            },
        )
    }

    /// Changes the words of one's own message, or takes it back when there are none.
    pub(crate) fn change(&mut self, id: i64, message: &str, text: Option<&str>) -> Done<String> {
        let found = self.customer(id)?.message(message);
        let Some(found) = found.filter(|message| !message.from_business) else {
            return missing("this person wrote no such message");
        };
        let (kind, wire) = match text {
            Some(text) => {
                found.edited = true;
                found.content["text"] = json!(text);
                let new = json!({"type": "text", "text": {"body": text}});
                ("edit", json!({"original_message_id": message, "message": new}))
            }
            None => {
                found.revoked = true;
                ("revoke", json!({"original_message_id": message}))
            }
        };
        self.say(
            id,
            Saying {
                kind: kind.to_owned(),
                wire,
                ..Saying::default()
            },
        )
    }

    /// Moves to another number, which brings another business-scoped id. The service tells with a system message.
    pub(crate) fn change_number(&mut self, id: i64, phone: &str) -> Done<()> {
        let new: String = phone.chars().filter(char::is_ascii_digit).collect();
        if self.cloud.by_phone(&new).is_some() || !(8..=15).contains(&new.len()) {
            return not_now("the number is taken, or none");
        }
        let fresh = format!("{}9{id}", made_user_id(id));
        let person = self.customer(id)?;
        let old = std::mem::replace(&mut person.is.phone, new.clone());
        let former = person.is.user_id.replace(fresh.clone()).unwrap_or_default();
        let hides = person.is.hides_phone;
        let body = format!("User {} changed from {old} to {new}", person.is.name);
        let system = json!({
            "body": body, "wa_id": new, "user_id": fresh, "previous_user_id": former,
            "type": "user_changed_number",
        });
        self.system(id, system, (!hides).then_some(old), None);
        Ok(())
    }

    /// Gets another business-scoped id with the same phone.
    pub(crate) fn change_user_id(&mut self, id: i64, user: &str) -> Done<()> {
        let person = self.customer(id)?;
        let former = person.is.user_id.replace(user.to_owned()).unwrap_or_default();
        let body = format!("User {} changed to a new business-scoped ID", person.is.name);
        let from = person.wa_id().map(str::to_owned);
        let system = json!({
            "body": body, "user_id": user, "previous_user_id": former, "type": "user_changed_user_id",
        });
        self.system(id, system, from, Some(former));
        Ok(())
    }

    /// A system message: without `contacts`, as the service sends it.
    fn system(&mut self, id: i64, system: Value, from: Option<String>, user: Option<String>) {
        let wamid = self.cloud.wamid(from.as_deref().unwrap_or("system"));
        let now = self.unix().to_string();
        let mut message = json!({"id": wamid, "timestamp": now, "type": "system", "system": system});
        if let Some(from) = from {
            message["from"] = json!(from);
        }
        if let Some(user) = user {
            message["from_user_id"] = json!(user);
        }
        let mut value = self.cloud.envelope();
        value["messages"] = json!([message]);
        self.tell_webhook(id, "messages", value);
        self.changed("customer", Some(id));
    }

    /// Opens the chat: what has arrived is read.
    pub(crate) fn read_all(&mut self, id: i64) -> Done<()> {
        self.customer(id)?;
        self.arrive(id);
        self.advance(id, Status::Delivered, Status::Read);
        Ok(())
    }
}

/// What is pressed.
pub(crate) enum Pressed<'a> {
    Id(&'a str),
    Title(&'a str),
    /// An id that need not be on any message.
    Forged {
        id: &'a str,
        title: &'a str,
    },
}

fn pick(message: &ChatMessage, is_it: impl Fn(&Choice) -> bool) -> Done<Choice> {
    let found = message.choices.iter().find(|choice| is_it(choice)).cloned();
    found.map_or_else(|| missing("the message offers no such choice"), Ok)
}
