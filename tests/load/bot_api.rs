//! A Bot API that only listens: it answers every call as Telegram would and writes it down.

use axum::extract::{Path, State};
use axum::{Json, Router};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;

/// One call of the bot: what it asked for, in a message sent also the number that it was given.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) params: Value,
}

/// What the bot has called, in order.
#[derive(Clone, Default)]
pub(crate) struct BotApi {
    calls: Arc<Mutex<Vec<Call>>>,
    messages: Arc<AtomicI64>,
    latency: Duration,
}

impl BotApi {
    /// Listens on a free port until the process ends; each answer takes `latency`.
    pub(crate) async fn listen(latency: Duration) -> (Self, SocketAddr) {
        let api = Self {
            latency,
            ..Self::default()
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let method = axum::routing::any(answer);
        let router = Router::new()
            .route("/{bot}/{method}", method)
            .with_state(api.clone());
        let serve = axum::serve(listener, router).into_future();
        #[expect(clippy::disallowed_methods, reason = "it lives as long as this program")]
        tokio::spawn(serve);
        (api, address)
    }

    /// Every call so far.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn result(&self, method: &str, body: &Value) -> Value {
        let bot = json!({ "id": 1_000_000_001, "is_bot": true, "first_name": "Tanggap", "username": "tanggap_load_bot",
            "can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false,
            "can_connect_to_business": false, "has_main_web_app": false });
        let chat = number(&body["chat_id"]);
        match method {
            "getMe" => bot,
            "getUpdates" => json!([]),
            "getWebhookInfo" => {
                json!({ "url": "", "has_custom_certificate": false, "pending_update_count": 0 })
            }
            _ if method.starts_with("send") || method.starts_with("edit") => {
                let edited = body["message_id"].as_i64();
                let id = edited.unwrap_or_else(|| self.messages.fetch_add(1, Ordering::Relaxed) + 1);
                json!({ "message_id": id, "date": 1_795_000_000, "text": body["text"], "from": bot,
                    "chat": { "id": chat, "type": "private", "first_name": "Teknisi" } })
            }
            _ => json!(true),
        }
    }
}

async fn answer(
    State(api): State<BotApi>,
    Path((_, method)): Path<(String, String)>,
    body: axum::body::Bytes,
) -> Json<Value> {
    let mut body: Value = serde_json::from_slice(&body).unwrap_or_else(|_| json!({}));
    let result = api.result(&method, &body);
    if method.starts_with("send") {
        body["message_id"] = result["message_id"].clone();
    }
    let call = Call { method, params: body };
    api.calls
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(call);
    if !api.latency.is_zero() {
        tokio::time::sleep(api.latency).await;
    }
    Json(json!({ "ok": true, "result": result }))
}

/// A chat's or message's number, which may come as text.
pub(crate) fn number(value: &Value) -> i64 {
    value
        .as_i64()
        .or_else(|| value.as_str()?.parse().ok())
        .unwrap_or_default()
}
