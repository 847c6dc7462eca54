//! The people who hold the chat app, and what each has done with the bot.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Someone to play. Ids are the service's own: positive, and the id of the private chat too.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    pub telegram_id: i64,
    pub first_name: String,
    #[serde(default)]
    pub last_name: Option<String>,
    #[serde(default)]
    pub username: Option<String>,
    #[serde(default)]
    pub language_code: Option<String>,
    /// The number on this person's account, which `contact` shares by default.
    #[serde(default)]
    pub phone: Option<String>,
    /// What the page calls the pane: `technician`, `sales`, `admin`. It means nothing to the bot.
    #[serde(default)]
    pub role_hint: Option<String>,
    /// Begins with the chat open, as if start had been pressed long ago; the bot is told nothing.
    #[serde(default)]
    pub started: bool,
    /// The word after `/start` that the page offers, for an invite link.
    #[serde(default)]
    pub start_payload: Option<String>,
}

/// A person, and how he stands with the bot.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) is: NewPerson,
    /// Has pressed start at least once; before that the bot cannot write to him.
    pub(crate) started: bool,
    pub(crate) blocked: bool,
    pub(crate) deactivated: bool,
}

impl Person {
    pub(crate) fn new(is: NewPerson) -> Self {
        Self {
            is,
            started: false,
            blocked: false,
            deactivated: false,
        }
    }

    pub(crate) fn id(&self) -> i64 {
        self.is.telegram_id
    }

    /// First and last name.
    pub(crate) fn name(&self) -> String {
        match &self.is.last_name {
            Some(last) => format!("{} {last}", self.is.first_name),
            None => self.is.first_name.clone(),
        }
    }

    /// The service's `User`.
    pub(crate) fn user(&self) -> Value {
        let mut user = json!({"id": self.id(), "is_bot": false, "first_name": self.is.first_name});
        put(&mut user, "last_name", self.is.last_name.as_ref());
        put(&mut user, "username", self.is.username.as_ref());
        put(&mut user, "language_code", self.is.language_code.as_ref());
        user
    }

    /// The service's `Chat` of the private chat.
    pub(crate) fn chat(&self) -> Value {
        let mut chat = json!({"id": self.id(), "type": "private", "first_name": self.is.first_name});
        put(&mut chat, "last_name", self.is.last_name.as_ref());
        put(&mut chat, "username", self.is.username.as_ref());
        chat
    }

    /// What the control API tells of a person.
    pub(crate) fn view(&self) -> Value {
        json!({
            "telegram_id": self.id(),
            "first_name": self.is.first_name,
            "last_name": self.is.last_name,
            "name": self.name(),
            "username": self.is.username,
            "language_code": self.is.language_code,
            "phone": self.is.phone,
            "role_hint": self.is.role_hint,
            "start_payload": self.is.start_payload,
            "started": self.started,
            "blocked": self.blocked,
            "deactivated": self.deactivated,
        })
    }
}

fn put(object: &mut Value, key: &str, text: Option<&String>) {
    if let Some(text) = text {
        object[key] = json!(text);
    }
}
