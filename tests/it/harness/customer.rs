//! Someone with WhatsApp on a simulated phone.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::harness::{PATIENCE, World};

/// A customer whom the simulator plays.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    http: reqwest::Client,
    /// The simulator.
    base: String,
    pub(crate) id: i64,
}

impl World {
    /// Someone with WhatsApp at `0812000{id}`, who has never written to the company.
    pub(crate) async fn customer(&self, id: i64, name: &str) -> Customer {
        self.customer_with(id, name, json!({})).await
    }

    /// The same with more: `phone`, `username`, `hides_phone`, `offline`, `reads`, `unreachable`, …
    pub(crate) async fn customer_with(&self, id: i64, name: &str, more: Value) -> Customer {
        let mut person = json!({ "id": id, "name": name, "phone": format!("62812000{id:05}") });
        for (key, value) in more.as_object().expect("an object") {
            person[key] = value.clone();
        }
        self.sim_post("whatsapp/people", person).await;
        Customer {
            http: self.http.clone(),
            base: self.sim.clone(),
            id,
        }
    }
}

impl Customer {
    /// The phone of someone whom the simulator at `base` knows already.
    pub(crate) fn known(http: &reqwest::Client, base: &str, id: i64) -> Self {
        Self {
            http: http.clone(),
            base: base.to_owned(),
            id,
        }
    }

    /// Does something: `text`, `press`, `location`, `file`, `contacts`, `react`, `edit`, `revoke`, `other`, …
    pub(crate) async fn act(&self, what: &str, body: Value) -> Value {
        let url = format!("{}/sim/api/whatsapp/people/{}/{what}", self.base, self.id);
        let answer = self.http.post(url).json(&body).send().await;
        let answer = answer.expect("the simulator answers");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        assert!(status.is_success(), "{what}: {status} {text}");
        serde_json::from_str(&text).expect("JSON")
    }

    /// Writes; answers the message's id.
    pub(crate) async fn says(&self, text: &str) -> String {
        id_of(&self.act("text", json!({ "text": text })).await)
    }

    /// Writes something with more: `reply_to`, `forwarded` (`once`, `often`), `ago` (seconds).
    pub(crate) async fn says_with(&self, text: &str, mut more: Value) -> String {
        more["text"] = json!(text);
        id_of(&self.act("text", more).await)
    }

    /// The chat as it looks on the phone now, oldest first.
    pub(crate) async fn chat(&self) -> Vec<Value> {
        let screen = self.screen().await;
        screen["messages"].as_array().expect("messages").clone()
    }

    async fn screen(&self) -> Value {
        let url = format!("{}/sim/api/whatsapp/people/{}", self.base, self.id);
        let answer = self.http.get(url).send().await.expect("the simulator answers");
        answer.json().await.expect("JSON")
    }

    /// The business's messages that have arrived, oldest first.
    pub(crate) async fn heard(&self) -> Vec<Value> {
        let chat = self.chat().await;
        chat.into_iter()
            .filter(|message| message["from_business"] == json!(true))
            .collect()
    }

    /// How many messages of the business contain this text at this moment.
    pub(crate) async fn count(&self, text: &str) -> usize {
        let heard = self.heard().await;
        heard
            .iter()
            .filter(|message| words(message).contains(text))
            .count()
    }

    /// Waits until so many messages of the business contain this text.
    pub(crate) async fn waits_for_count(&self, text: &str, count: usize) {
        let wanted = format!("{text:?} {count} times");
        self.waits_for(&wanted, |heard| {
            let found = heard
                .iter()
                .filter(|message| words(message).contains(text))
                .count();
            (found >= count).then(|| json!(found))
        })
        .await;
    }

    /// The newest message of the business that contains this text, once there is one.
    pub(crate) async fn hears(&self, text: &str) -> Value {
        self.hears_after(0, text).await
    }

    /// The same among those after the first `seen` messages of the business.
    pub(crate) async fn hears_after(&self, seen: usize, text: &str) -> Value {
        let wanted = format!("a message with {text:?}");
        self.waits_for(&wanted, |heard| {
            let fresh = heard.iter().skip(seen).rev();
            fresh
                .into_iter()
                .find(|message| words(message).contains(text))
                .cloned()
        })
        .await
    }

    /// The newest message of the business that offers a choice with these words, once there is one.
    pub(crate) async fn sees_choice(&self, title: &str) -> Value {
        let wanted = format!("a choice {title:?}");
        self.waits_for(&wanted, |heard| {
            let offers = |message: &&Value| titles(message).iter().any(|offered| offered.contains(title));
            heard.iter().rev().find(offers).cloned()
        })
        .await
    }

    async fn waits_for(&self, wanted: &str, find: impl Fn(&[Value]) -> Option<Value>) -> Value {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let screen = self.screen().await;
            let all = screen["messages"].as_array().expect("messages");
            let heard: Vec<Value> = all
                .iter()
                .filter(|message| message["from_business"] == json!(true))
                .cloned()
                .collect();
            if let Some(found) = find(&heard) {
                return found;
            }
            let texts: Vec<(String, Vec<String>)> = heard
                .iter()
                .map(|message| (words(message), titles(message)))
                .collect();
            assert!(
                tokio::time::Instant::now() < deadline,
                "{} never got {wanted}, only {texts:#?}",
                self.id
            );
            let version = &screen["version"];
            let url = format!("{}/sim/api/wait?version={version}&timeout_ms=500", self.base);
            drop(self.http.get(url).send().await);
        }
    }

    /// Presses the newest choice with these words (a button, a list's row, a template's reply), once there is one.
    pub(crate) async fn presses(&self, title: &str) -> String {
        let message = self.sees_choice(title).await;
        self.presses_on(&message, title).await
    }

    /// Presses a choice of this message.
    pub(crate) async fn presses_on(&self, message: &Value, title: &str) -> String {
        let press = json!({ "message_id": message["id"], "title": title });
        id_of(&self.act("press", press).await)
    }

    /// Presses an id that need not be on the message, as a forger would.
    pub(crate) async fn forges(&self, message: &Value, id: &str) -> String {
        let press = json!({ "message_id": message["id"], "forged": id });
        id_of(&self.act("press", press).await)
    }

    pub(crate) async fn photo(&self, bytes: &[u8], caption: Option<&str>) -> String {
        self.file(json!({ "kind": "image", "base64": STANDARD.encode(bytes), "caption": caption }))
            .await
    }

    /// A photo that the simulator makes of a number.
    pub(crate) async fn photo_seed(&self, seed: u64) -> String {
        self.file(json!({ "kind": "image", "seed": seed })).await
    }

    /// A file as the control API takes it: `kind` (`image`, `video`, `audio`, `voice`, `document`, `sticker`), …
    pub(crate) async fn file(&self, file: Value) -> String {
        id_of(&self.act("file", file).await)
    }

    pub(crate) async fn location(&self, latitude: f64, longitude: f64) -> String {
        id_of(
            &self
                .act(
                    "location",
                    json!({ "latitude": latitude, "longitude": longitude }),
                )
                .await,
        )
    }

    /// Shares his own number, as when asked for it.
    pub(crate) async fn shares_number(&self) -> String {
        id_of(&self.act("contacts", json!({})).await)
    }

    pub(crate) async fn reacts(&self, message: &Value, emoji: Option<&str>) -> String {
        let reaction = json!({ "message_id": message["id"], "emoji": emoji });
        id_of(&self.act("react", reaction).await)
    }

    pub(crate) async fn edits(&self, message: &str, text: &str) -> String {
        id_of(
            &self
                .act("edit", json!({ "message_id": message, "text": text }))
                .await,
        )
    }

    pub(crate) async fn revokes(&self, message: &str) -> String {
        id_of(&self.act("revoke", json!({ "message_id": message })).await)
    }

    /// A message of any type, e.g. `unsupported` or `order`, with the content of its own field.
    pub(crate) async fn sends(&self, kind: &str, content: Value) -> String {
        id_of(
            &self
                .act("other", json!({ "type": kind, "content": content }))
                .await,
        )
    }

    /// Opens the chat: what has arrived is read.
    pub(crate) async fn reads(&self) {
        self.act("read", json!({})).await;
    }

    /// Switches of the phone: `offline`, `reads`, `unreachable`, `hides_phone`.
    pub(crate) async fn phone(&self, switches: Value) {
        self.act("phone", switches).await;
    }

    pub(crate) async fn changes_number(&self, phone: &str) {
        self.act("number", json!({ "phone": phone })).await;
    }
}

fn id_of(sent: &Value) -> String {
    sent["message_id"].as_str().expect("a message's id").to_owned()
}

/// The words of a message.
fn words(message: &Value) -> String {
    message["content"]["text"].as_str().unwrap_or_default().to_owned()
}

/// What a message offers to press.
fn titles(message: &Value) -> Vec<String> {
    let choices = message["choices"].as_array().into_iter().flatten();
    choices
        .filter_map(|choice| choice["title"].as_str().map(str::to_owned))
        .collect()
}
