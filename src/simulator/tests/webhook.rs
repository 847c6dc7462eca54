//! Delivery to a small receiver on loopback.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::simulator::tests::{Bench, lenient, serve, soon};

/// A bot that writes down what it gets and answers as it is told.
struct Receiver {
    got: Mutex<Vec<Value>>,
    secrets: Mutex<Vec<String>>,
    /// How many of the next updates are refused with 500.
    refuse: Mutex<u32>,
    /// The body of the next 200.
    reply: Mutex<Option<Value>>,
    /// Each delivery takes one before it is answered.
    gate: Semaphore,
    most: Mutex<(usize, usize)>,
}

impl Receiver {
    fn new(open: bool) -> Arc<Self> {
        Arc::new(Self {
            got: Mutex::default(),
            secrets: Mutex::default(),
            refuse: Mutex::default(),
            reply: Mutex::default(),
            gate: Semaphore::new(if open { 1000 } else { 0 }),
            most: Mutex::default(),
        })
    }

    fn texts(&self) -> Vec<String> {
        let got = self.got.lock().unwrap();
        got.iter()
            .map(|update| update["message"]["text"].as_str().unwrap_or("?").to_owned())
            .collect()
    }
}

async fn hook(State(receiver): State<Arc<Receiver>>, headers: HeaderMap, body: String) -> Response {
    {
        let mut most = receiver.most.lock().unwrap();
        most.0 += 1;
        most.1 = most.1.max(most.0);
    }
    receiver.gate.acquire().await.unwrap().forget();
    receiver.most.lock().unwrap().0 -= 1;
    let mut refuse = receiver.refuse.lock().unwrap();
    if *refuse > 0 {
        *refuse -= 1;
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let secret = headers.get("X-Telegram-Bot-Api-Secret-Token");
    receiver
        .secrets
        .lock()
        .unwrap()
        .push(secret.map_or("", |secret| secret.to_str().unwrap()).to_owned());
    receiver
        .got
        .lock()
        .unwrap()
        .push(serde_json::from_str(&body).unwrap_or_else(|_| json!(body)));
    match receiver.reply.lock().unwrap().take() {
        Some(reply) => axum::Json(reply).into_response(),
        None => StatusCode::OK.into_response(),
    }
}

async fn with_hook(receiver: &Arc<Receiver>, max_connections: u32) -> Bench {
    let mut bench = Bench::new(lenient()).await;
    let router = Router::new()
        .route("/hook", post(hook))
        .with_state(Arc::clone(receiver));
    let base = serve(&mut bench.tasks, router).await;
    let url = format!("{base}/hook");
    bench
        .ok(
            "setWebhook",
            json!({"url": url, "secret_token": "s-1", "max_connections": max_connections}),
        )
        .await;
    bench
}

async fn idle(bench: &Bench) {
    let idle = bench.get("/idle?timeout_ms=9000").await;
    assert_eq!(idle["pending"], 0, "{idle}");
}

#[tokio::test]
async fn a_refused_update_comes_again_and_the_rest_of_its_chat_waits_behind_it() {
    let receiver = Receiver::new(true);
    *receiver.refuse.lock().unwrap() = 3;
    let bench = with_hook(&receiver, 40).await;
    bench.person(7, "Budi").await;
    for text in ["satu", "dua", "tiga"] {
        bench.post("/people/7/message", json!({"text": text})).await;
    }
    idle(&bench).await;
    assert_eq!(receiver.texts(), ["satu", "dua", "tiga"]);
    assert!(
        receiver
            .secrets
            .lock()
            .unwrap()
            .iter()
            .all(|secret| secret == "s-1")
    );
    let info = bench.ok("getWebhookInfo", json!({})).await;
    assert!(info["last_error_message"].as_str().unwrap().contains("500"));
}

#[tokio::test]
async fn no_more_are_in_flight_than_asked_and_one_per_line() {
    let receiver = Receiver::new(false);
    let bench = with_hook(&receiver, 3).await;
    for id in 1..=5 {
        bench.person(id, "Teknisi").await;
        bench
            .post(&format!("/people/{id}/message"), json!({"text": "a"}))
            .await;
        bench
            .post(&format!("/people/{id}/message"), json!({"text": "b"}))
            .await;
    }
    soon(async {
        while receiver.most.lock().unwrap().0 < 3 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(bench.get("/bot").await["in_flight"], 3);
    receiver.gate.add_permits(1000);
    idle(&bench).await;
    assert_eq!(receiver.most.lock().unwrap().1, 3);
    let got = receiver.got.lock().unwrap().clone();
    for id in 1..=5 {
        let texts: Vec<&Value> = got
            .iter()
            .filter(|update| update["message"]["chat"]["id"] == id)
            .map(|update| &update["message"]["text"])
            .collect();
        assert_eq!(texts, ["a", "b"]);
    }
}

#[tokio::test]
async fn a_call_may_ride_in_the_answer_and_is_held_to_the_same_rules() {
    let receiver = Receiver::new(true);
    let bench = with_hook(&receiver, 40).await;
    bench.person(7, "Budi").await;
    let markup = json!({"inline_keyboard": [[{"text": "Ambil Job", "callback_data": "clm"}]]});
    let sent = bench
        .ok(
            "sendMessage",
            json!({"chat_id": 7, "text": "Tiket", "reply_markup": markup}),
        )
        .await;
    // The id of the first tap is known: it is the first.
    *receiver.reply.lock().unwrap() = Some(
        json!({"method": "answerCallbackQuery", "callback_query_id": "4380000000001", "text": "Menang"}),
    );
    let tap = bench
        .post(
            "/people/7/tap",
            json!({"message_id": sent["message_id"], "label": "Ambil"}),
        )
        .await;
    assert_eq!(tap["callback_query_id"], "4380000000001");
    idle(&bench).await;
    assert_eq!(
        bench.get("/people/7/chats").await["taps"][0]["answer"]["text"],
        "Menang"
    );

    *receiver.reply.lock().unwrap() = Some(json!({"method": "getMe"}));
    bench.post("/people/7/message", json!({"text": "x"})).await;
    idle(&bench).await;
    assert_eq!(bench.violations().await, ["webhook_answer"]);
    let calls = bench.get("/calls?method=answerCallbackQuery").await;
    assert_eq!(calls["calls"][0]["via"], "webhook");
}

#[tokio::test]
async fn faults_lose_answers_and_raw_bytes_arrive_as_they_are() {
    let receiver = Receiver::new(true);
    let bench = with_hook(&receiver, 40).await;
    bench.person(7, "Budi").await;
    bench
        .post("/faults", json!({"method": "webhook", "kind": "drop-after"}))
        .await;
    bench.post("/people/7/message", json!({"text": "dua kali"})).await;
    idle(&bench).await;
    assert_eq!(receiver.texts(), ["dua kali", "dua kali"]);
    let ids: Vec<Value> = receiver
        .got
        .lock()
        .unwrap()
        .iter()
        .map(|update| update["update_id"].clone())
        .collect();
    assert_eq!(ids[0], ids[1]);
    bench
        .post("/updates", json!({"raw": "{\"update_id\": 5, "}))
        .await;
    idle(&bench).await;
    assert_eq!(receiver.got.lock().unwrap()[2], json!("{\"update_id\": 5, "));
}

#[tokio::test]
async fn a_connection_that_drops_after_the_call_leaves_its_effect() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let url = format!("{}/bot{}/sendMessage", bench.base, crate::simulator::tests::TOKEN);
    for (kind, messages) in [("drop-before", 0), ("drop-after", 1), ("timeout", 1)] {
        bench
            .post(
                "/faults",
                json!({"method": "sendMessage", "chat_id": 7, "kind": kind, "ms": 1}),
            )
            .await;
        let lost = bench
            .http
            .post(&url)
            .json(&json!({"chat_id": 7, "text": kind}))
            .send()
            .await;
        assert!(lost.is_err(), "{kind}: {lost:?}");
        let screen = bench.get("/people/7/chats").await;
        assert_eq!(
            screen["chats"][0]["messages"].as_array().unwrap().len(),
            messages,
            "{kind}"
        );
    }
    bench
        .post("/faults", json!({"kind": "429", "retry_after": 7, "chat_id": 7}))
        .await;
    let (status, body) = bench.bot("sendMessage", json!({"chat_id": 7, "text": "x"})).await;
    assert_eq!((status, &body["parameters"]["retry_after"]), (429, &json!(7)));
    let (status, _) = bench.bot("sendMessage", json!({"chat_id": 7, "text": "x"})).await;
    assert_eq!(status, 429, "the silence goes on");
    bench.post("/faults", json!({"kind": "500", "count": 2})).await;
    assert_eq!(bench.bot("getMe", json!({})).await.0, 500);
    assert_eq!(bench.bot("getMe", json!({})).await.0, 500);
    assert_eq!(bench.bot("getMe", json!({})).await.0, 200);
}

#[tokio::test]
async fn closing_ends_what_waits() {
    let bench = Bench::new(lenient()).await;
    let poll = bench.bot("getUpdates", json!({"timeout": 50}));
    let stream = async {
        let url = format!("{}/sim/api/events", bench.base);
        bench.http.get(url).send().await.unwrap().text().await.unwrap()
    };
    let close = async {
        while bench.get("/bot").await["polls"] == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        bench.sim.world().close();
    };
    let (_, (_, text), ()) = soon(async { tokio::join!(stream, poll, close) }).await;
    assert_eq!(text["result"], json!([]));
}

#[tokio::test]
async fn a_bad_signal_doubles_and_shuffles_what_is_sent_and_changes_no_id_or_date() {
    let receiver = Receiver::new(true);
    let bench = with_hook(&receiver, 40).await;
    bench.person(7, "Budi").await;
    bench
        .post(
            "/people/7/signal",
            json!({"late_ms": 400, "doubled": 100, "shuffled": true, "seed": 2}),
        )
        .await;
    let sent = ["a", "b", "c", "d", "e"];
    for text in sent {
        bench.post("/people/7/message", json!({"text": text})).await;
    }
    idle(&bench).await;
    let got = receiver.got.lock().unwrap().clone();
    assert_eq!(got.len(), 10, "each came twice");
    let mut first: Vec<(i64, i64, String)> = Vec::new();
    for update in &got {
        let one = (
            update["update_id"].as_i64().unwrap(),
            update["message"]["message_id"].as_i64().unwrap(),
            update["message"]["text"].as_str().unwrap().to_owned(),
        );
        if !first.contains(&one) {
            first.push(one);
        }
    }
    assert!(!first.is_sorted(), "{first:?}");
    first.sort();
    assert!(
        first.is_sorted_by_key(|(_, message, _)| *message),
        "ids are those of the sending"
    );
    let texts: Vec<&str> = first.iter().map(|(.., text)| text.as_str()).collect();
    assert_eq!(texts, sent);
}
