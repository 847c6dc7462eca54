//! Someone with Telegram on a simulated phone.

use serde_json::{Value, json};

use crate::harness::PATIENCE;

/// A person whom the simulator plays.
#[derive(Debug, Clone)]
pub(crate) struct Phone {
    pub(crate) http: reqwest::Client,
    /// The simulator.
    pub(crate) base: String,
    pub(crate) id: i64,
}

impl Phone {
    /// Does something: `start`, `message`, `tap`, `contact`, `block`, …
    pub(crate) async fn act(&self, what: &str, body: Value) -> Value {
        let url = format!("{}/sim/api/people/{}/{what}", self.base, self.id);
        let answer = self
            .http
            .post(url)
            .json(&body)
            .send()
            .await
            .expect("the simulator answers");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        assert!(status.is_success(), "{what}: {status} {text}");
        serde_json::from_str(&text).expect("JSON")
    }

    /// Writes to the bot.
    pub(crate) async fn write(&self, text: &str) {
        self.act("message", json!({ "text": text })).await;
    }

    /// Presses start, with what an invite link adds.
    pub(crate) async fn start(&self, payload: &str) {
        self.act("start", json!({ "payload": payload })).await;
    }

    /// Everything on the screen.
    pub(crate) async fn screen(&self) -> Value {
        let url = format!("{}/sim/api/people/{}/chats", self.base, self.id);
        self.http
            .get(url)
            .send()
            .await
            .expect("the simulator answers")
            .json()
            .await
            .expect("JSON")
    }

    /// The bot's messages in the private chat as they look now, oldest first.
    pub(crate) async fn messages(&self) -> Vec<Value> {
        let screen = self.screen().await;
        let chats = screen["chats"].as_array().expect("chats");
        let private = chats.iter().find(|chat| chat["chat_id"] == json!(self.id));
        let all = private
            .and_then(|chat| chat["messages"].as_array().cloned())
            .unwrap_or_default();
        all.into_iter()
            .filter(|message| message["from"] == "bot" && message["deleted"] != json!(true))
            .collect()
    }

    /// The newest message of the bot that contains this text, once there is one.
    pub(crate) async fn sees(&self, text: &str) -> Value {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let messages = self.messages().await;
            let found = messages
                .iter()
                .rev()
                .find(|message| shown(message).contains(text));
            if let Some(found) = found {
                return found.clone();
            }
            let texts: Vec<String> = messages.iter().map(shown).collect();
            assert!(
                tokio::time::Instant::now() < deadline,
                "{} never saw {text:?}, only {texts:#?}",
                self.id
            );
            self.wait().await;
        }
    }

    /// The newest message of the bot with a button whose label has these words, once there is one.
    pub(crate) async fn sees_button(&self, label: &str) -> Value {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let messages = self.messages().await;
            let found = messages
                .iter()
                .rev()
                .find(|message| labels(message).any(|text| text.contains(label)));
            if let Some(found) = found {
                return found.clone();
            }
            let all: Vec<&str> = messages.iter().flat_map(labels).collect();
            assert!(
                tokio::time::Instant::now() < deadline,
                "{} never saw a button {label:?}, only {all:?}",
                self.id
            );
            self.wait().await;
        }
    }

    /// How many messages of the bot contain this text at this moment.
    pub(crate) async fn count(&self, text: &str) -> usize {
        self.messages()
            .await
            .iter()
            .filter(|message| shown(message).contains(text))
            .count()
    }

    /// Taps the button with this label on a message; answers what the service showed for it.
    pub(crate) async fn tap(&self, message: &Value, label: &str) -> Value {
        let body = json!({ "message_id": message["message_id"], "label": label });
        let tap = self.act("tap", body).await;
        self.answer_to(&tap).await
    }

    /// Presses data that no button of the message need have, as a forger would.
    pub(crate) async fn forge(&self, message: &Value, data: &str) -> Value {
        let tap = self
            .act(
                "tap",
                json!({ "message_id": message["message_id"], "forged": data }),
            )
            .await;
        self.answer_to(&tap).await
    }

    /// What was shown for a tap, once it is answered.
    pub(crate) async fn answer_to(&self, tap: &Value) -> Value {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let screen = self.screen().await;
            let taps = screen["taps"].as_array().expect("taps");
            let mine = taps
                .iter()
                .find(|t| t["callback_query_id"] == tap["callback_query_id"]);
            if let Some(answer) = mine.map(|tap| &tap["answer"]).filter(|answer| !answer.is_null()) {
                return answer.clone();
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "{} got no answer to {tap}",
                self.id
            );
            self.wait().await;
        }
    }

    /// Waits until anything changes in the simulator, or a moment.
    async fn wait(&self) {
        let version = self.screen().await["version"].clone();
        let url = format!("{}/sim/api/wait?version={version}&timeout_ms=200", self.base);
        drop(self.http.get(url).send().await);
    }
}

/// The labels of a message's buttons.
fn labels(message: &Value) -> impl Iterator<Item = &str> {
    let rows = message["inline_keyboard"].as_array().into_iter().flatten();
    let buttons = rows.filter_map(Value::as_array).flatten();
    buttons.filter_map(|button| button["text"].as_str())
}

/// The words of a message.
fn shown(message: &Value) -> String {
    message["text"].as_str().unwrap_or_default().to_owned()
}
