//! Taps on `Ambil Job`, as Telegram delivers them to a webhook.

use crate::company::Technician;
use crate::service::SECRET;
use crate::wire::{Reply, Wire};
use dialogues::press::Press;
use serde_json::{Value, json};
use std::collections::HashMap;
use tanggap::telegram::buttons::encode;

/// One technician's tap on one ticket.
#[derive(Clone, Debug)]
pub(crate) struct Tap {
    pub(crate) technician: i64,
    pub(crate) ticket: String,
    /// The tap's own id, to find its answer by.
    pub(crate) query: String,
    /// The update, as it is posted.
    pub(crate) body: Vec<u8>,
}

impl Tap {
    /// `update` numbers the tap; `button` is what the button carries.
    pub(crate) fn new(update: i64, technician: &Technician, ticket: &str, button: &str) -> Self {
        let query = format!("{}", 7_000_000_000_000_i64 + update);
        let (id, name) = (technician.telegram_id, &technician.name);
        let words = "🔧 TKT-000001 · Perbaikan internet\nInternet mati total\nCoblong, Bandung\n🕘 Hari ini, mulai 08.00 WIB";
        let body = json!({
            "update_id": update,
            "callback_query": {
                "id": query,
                "from": { "id": id, "is_bot": false, "first_name": name, "language_code": "id" },
                "message": {
                    "message_id": 1,
                    "from": { "id": 1_000_000_001, "is_bot": true, "first_name": "Tanggap", "username": "tanggap_load_bot" },
                    "chat": { "id": id, "first_name": name, "type": "private" },
                    "date": 1_795_000_000, "text": words,
                    "entities": [{ "offset": 3, "length": 10, "type": "bold" }],
                    "reply_markup": { "inline_keyboard": [[{ "text": "✅ Ambil Job", "callback_data": button }]] },
                },
                "chat_instance": "-4611686018427387904",
                "data": button,
            },
        });
        Self {
            technician: id,
            ticket: ticket.to_owned(),
            query,
            body: body.to_string().into_bytes(),
        }
    }
}

/// Posts one tap and gives the reply, if the server could be reached.
pub(crate) async fn post(wire: &mut Wire, tap: &Tap) -> std::io::Result<Reply> {
    let header = format!("x-telegram-bot-api-secret-token: {SECRET}\r\n");
    wire.send("POST", "/webhooks/telegram", &header, &tap.body).await
}

/// What a webhook's reply tells the person who tapped.
pub(crate) fn told(reply: &Reply) -> Option<String> {
    let body: HashMap<String, Value> = serde_json::from_slice(&reply.body).ok()?;
    let is_answer = body.get("method")?.as_str()? == "answerCallbackQuery";
    is_answer.then(|| {
        body.get("text")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    })
}

/// What the button `Ambil Job` of a ticket carries that nobody had before.
pub(crate) fn button(ticket: &str) -> String {
    let ticket = ticket.parse().expect("a ticket's id");
    encode(&Press::Claim { ticket, epoch: 0 })
}
