//! Letters as messages of the Cloud API, and the service's answers as what became of them.

pub(crate) mod shape;

use std::time::Duration;

use bytes::Bytes;
use dialogues::receipt::Remedy;
use reqwest::multipart::{Form as Parts, Part};
use serde_json::{Map, Value, json};

use crate::config::whatsapp::Templates;
use crate::delivery::letter::{Post, Way};
use crate::delivery::pacing::{Pace, WHATSAPP};
use crate::delivery::{Courier, Enclosed, Keys, Letter, Outcome, Posted};
use crate::whatsapp::CHANNEL;
use crate::whatsapp::client::{CallError, Client};
use crate::whatsapp::errors;
use crate::whatsapp::send::shape::{CAPTION, cut_to, said, text};
use crate::whatsapp::templates;
use crate::whatsapp::window::{Form, form};

/// Carries our own id of a message, which comes back with all news of it.
const CALLBACK: &str = "biz_opaque_callback_data";
/// How long a file may take on its way.
const UPLOAD: Duration = Duration::from_secs(70);

/// Carries letters to WhatsApp. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Sender {
    client: Client,
    templates: Templates,
}

impl Sender {
    /// A courier that speaks through this client and knows these templates.
    pub fn new(client: Client, templates: Templates) -> Self {
        Self { client, templates }
    }

    async fn call(&self, body: &Value) -> Outcome {
        let path = format!("{}/messages", self.client.number());
        match self.client.post(&path, body).await {
            Ok(answer) => taken(&answer),
            Err(error) => outcome_of(error),
        }
    }

    /// Uploads a file; answers the id that it has at the service.
    async fn upload(&self, filename: &str, media_type: &str, bytes: Bytes) -> Result<String, Outcome> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let part = Part::stream_with_length(bytes, length)
            .file_name(filename.to_owned())
            .mime_str(media_type);
        let part = part.map_err(|error| Outcome::Refused {
            why: error.to_string(),
        })?;
        let parts = Parts::new()
            .text("messaging_product", "whatsapp")
            .text("type", media_type.to_owned())
            .part("file", part);
        let path = format!("{}/media", self.client.number());
        let answer = match self.client.upload(&path, parts, UPLOAD).await {
            Ok(answer) => answer,
            // An upload that nobody sends on reaches nobody: it may simply be made again.
            Err(CallError::Unsure(why) | CallError::NotSent(why)) => return Err(Outcome::Trouble { why }),
            Err(error) => return Err(outcome_of(error)),
        };
        let id = answer.get("id").and_then(Value::as_str);
        id.map(str::to_owned).ok_or_else(|| Outcome::Trouble {
            why: "an upload was answered without an id".to_owned(),
        })
    }
}

impl Courier for Sender {
    const CHANNEL: &'static str = CHANNEL;
    const PACE: Pace = WHATSAPP;
    const POSTS: bool = true;

    async fn deliver(&self, letter: Letter) -> Outcome {
        let Some(post) = &letter.post else {
            return refused("the letter has no address");
        };
        let message = match form(post) {
            Form::Free => said(&letter),
            Form::Standby => match templates::message(&self.templates, post) {
                Ok(message) => message,
                Err(why) => return fault(132_000, why),
            },
            Form::Not(word) => return not_at_all(post, word),
        };
        match addressed(message, post) {
            Some(body) => self.call(&body).await,
            None => not_at_all(post, "no-address"),
        }
    }

    async fn post(&self, letter: Letter, file: Enclosed) -> Posted {
        let done = |outcome| Posted::Done { outcome, name: None };
        let Some(post) = letter.post.clone() else {
            return done(refused("the letter has no address"));
        };
        // A file needs an open window; approved words go without it.
        if form(&post) != Form::Free {
            return done(self.deliver(letter).await);
        }
        let (filename, id) = match file {
            Enclosed::Known(_) => return Posted::Forgotten,
            Enclosed::Bytes {
                filename,
                media_type,
                bytes,
            } => match self.upload(&filename, &media_type, bytes).await {
                Ok(id) => (filename, id),
                Err(outcome) => return done(outcome),
            },
        };
        // Words that do not fit under a file, or have something to press, follow it.
        let fits =
            letter.words.chars().count() <= CAPTION && matches!(letter.keys, Keys::None | Keys::Remove);
        let mut document = json!({ "id": id, "filename": cut_to(&filename, 240) });
        if fits && !letter.words.is_empty() {
            document["caption"] = letter.words.clone().into();
        }
        let message = json!({ "type": "document", "document": document });
        let Some(mut body) = addressed(message, &post) else {
            return done(not_at_all(&post, "no-address"));
        };
        if fits {
            return done(self.call(&body).await);
        }
        // Two messages, of which only the second is told of by our own id: what becomes of the words is what becomes
        // of the letter.
        if let Value::Object(parts) = &mut body {
            parts.remove(CALLBACK);
        }
        let sent = self.call(&body).await;
        if !matches!(sent, Outcome::Sent { .. }) {
            return done(sent);
        }
        let words = if letter.keys == Keys::None {
            text(&letter.words)
        } else {
            said(&letter)
        };
        done(match addressed(words, &post) {
            Some(body) => after_file(self.call(&body).await),
            None => not_at_all(&post, "no-address"),
        })
    }
}

/// What became of words whose file has gone: they are not tried again by themselves, since the file would go twice.
fn after_file(outcome: Outcome) -> Outcome {
    let why = match outcome {
        Outcome::Sent { .. } | Outcome::Unsure { .. } => return outcome,
        Outcome::Fault(mut fault) => {
            fault.remedy = match fault.remedy {
                Remedy::Stop | Remedy::DeadEnd => fault.remedy,
                _ => Remedy::Refused,
            };
            return Outcome::Fault(fault);
        }
        Outcome::Trouble { why } | Outcome::Refused { why } => why,
        other => format!("{other:?}"),
    };
    Outcome::Refused {
        why: format!("the file went, and its words did not: {why}"),
    }
}

/// What every message carries: to whom, and our own id of it.
fn addressed(message: Value, post: &Post) -> Option<Value> {
    let mut body = Map::new();
    body.insert("messaging_product".to_owned(), "whatsapp".into());
    body.insert("recipient_type".to_owned(), "individual".into());
    match post.address.way.as_ref()? {
        // A business-scoped id in `to` is taken and dropped in silence; it belongs in `recipient`.
        Way::Phone(phone) => body.insert("to".to_owned(), phone.clone().into()),
        Way::User(id) => body.insert("recipient".to_owned(), id.clone().into()),
    };
    body.insert(CALLBACK.to_owned(), post.callback.to_string().into());
    if let Value::Object(parts) = message {
        body.extend(parts);
    }
    Some(Value::Object(body))
}

/// What the service says of a message that it took.
fn taken(answer: &Value) -> Outcome {
    let message = answer.pointer("/messages/0/id").and_then(Value::as_str);
    match message {
        // Held back or not, news of it will come.
        Some(id) => Outcome::Sent {
            message: Some(id.to_owned()),
        },
        None => Outcome::Unsure {
            why: "the answer names no message".to_owned(),
        },
    }
}

/// What an answer other than "taken" means for a message.
pub(crate) fn outcome_of(error: CallError) -> Outcome {
    match error {
        CallError::NotSent(why) => Outcome::Trouble { why },
        CallError::Unsure(why) => Outcome::Unsure { why },
        CallError::Said {
            status,
            code,
            details,
        } => {
            // No number of the service's: only its HTTP status is left to go by.
            let code = match (code, status) {
                (0, 429) => 130_429,
                (0, 500..) => 131_000,
                (0, 400) => 100,
                (code, _) => code,
            };
            fault(code, details)
        }
    }
}

fn fault(code: i64, details: String) -> Outcome {
    Outcome::Fault(errors::fault(code, details))
}

/// It may not go at all: nobody is asked.
fn not_at_all(post: &Post, word: &str) -> Outcome {
    let word = match (word, &post.address.unusable) {
        ("unusable", Some(why)) => why.as_str(),
        (word, _) => word,
    };
    let mut fault = dialogues::receipt::Fault::unknown("not sent".to_owned());
    word.clone_into(&mut fault.word);
    Outcome::Fault(fault)
}

fn refused(why: &str) -> Outcome {
    Outcome::Refused { why: why.to_owned() }
}
