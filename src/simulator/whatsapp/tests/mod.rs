//! The Cloud API against itself: what it refuses, what it tells by webhook, what people see.

mod hook;
mod media;
mod message;
mod template;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::simulator::whatsapp::hook::{SIGNATURE, signature};
use crate::simulator::{Simulator, SimulatorOptions, WhatsappOptions, router, run};

const NOW: i64 = 1_790_000_000;
const VERIFY: &str = "kata";

/// A simulator, and a business that hears its webhooks.
struct Bench {
    base: String,
    http: reqwest::Client,
    business: Arc<Business>,
    _tasks: JoinSet<()>,
}

/// A webhook that checks signatures and writes down what it gets.
#[derive(Default)]
struct Business {
    got: Mutex<Vec<Value>>,
    raw: Mutex<Vec<String>>,
    /// How many of the next bodies are refused.
    refuse: Mutex<u32>,
}

impl Business {
    /// Every change that was heard, in order.
    fn changes(&self) -> Vec<Value> {
        let got = self.got.lock().unwrap();
        let entries = got
            .iter()
            .flat_map(|body| body["entry"].as_array().unwrap().clone());
        entries
            .flat_map(|entry| entry["changes"].as_array().unwrap().clone())
            .collect()
    }

    /// Every message or status that was heard.
    fn list(&self, name: &str) -> Vec<Value> {
        let changes = self.changes();
        let lists = changes
            .iter()
            .filter_map(|change| change["value"][name].as_array().cloned());
        lists.flatten().collect()
    }

    fn statuses(&self) -> Vec<String> {
        let statuses = self.list("statuses");
        statuses
            .iter()
            .map(|status| status["status"].as_str().unwrap().to_owned())
            .collect()
    }
}

async fn verify(Query(asked): Query<Vec<(String, String)>>) -> (StatusCode, String) {
    let of = |name: &str| {
        let found = asked.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    if of("hub.mode") == "subscribe" && of("hub.verify_token") == VERIFY {
        return (StatusCode::OK, of("hub.challenge"));
    }
    (StatusCode::FORBIDDEN, String::new())
}

async fn hear(State(business): State<Arc<Business>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let expected = signature(WhatsappOptions::default().app_secret.as_bytes(), &body);
    if headers.get(SIGNATURE).is_none_or(|given| given != &expected) {
        return StatusCode::UNAUTHORIZED;
    }
    let mut refuse = business.refuse.lock().unwrap();
    if *refuse > 0 {
        *refuse -= 1;
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    let text = String::from_utf8(body.to_vec()).unwrap();
    business
        .got
        .lock()
        .unwrap()
        .push(serde_json::from_str(&text).unwrap());
    business.raw.lock().unwrap().push(text);
    StatusCode::OK
}

async fn serve(tasks: &mut JoinSet<()>, router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tasks.spawn(async move { axum::serve(listener, router).await.unwrap() });
    base
}

impl Bench {
    /// With Siti (1), who has just written, and whose messages of the business nobody has seen yet.
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(adjust: impl FnOnce(&mut SimulatorOptions)) -> Self {
        let mut options = SimulatorOptions::new("4242:secret", Arc::new(|| NOW));
        options.retry_scale = 0.001;
        adjust(&mut options);
        let sim = Arc::new(Simulator::new(options).unwrap());
        let mut tasks = JoinSet::new();
        let base = serve(&mut tasks, router(Arc::clone(&sim))).await;
        tasks.spawn(run(Arc::clone(&sim), std::future::pending()));
        let business = Arc::new(Business::default());
        let hook = Router::new().route("/hook", get(verify).post(hear));
        let hook = serve(&mut tasks, hook.with_state(Arc::clone(&business))).await;
        let bench = Self {
            base,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            business,
            _tasks: tasks,
        };
        bench
            .post(
                "/webhook",
                json!({"url": format!("{hook}/hook"), "verify_token": VERIFY}),
            )
            .await;
        bench
            .post(
                "/people",
                json!({"id": 1, "name": "Siti", "phone": "+6281234567890"}),
            )
            .await;
        bench.post("/people/1/text", json!({"text": "Halo"})).await;
        bench.idle().await;
        bench
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let (status, body) = self.try_post(path, body).await;
        assert!((200..300).contains(&status), "{path}: {status} {body}");
        body
    }

    async fn try_post(&self, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/sim/api/whatsapp{path}", self.base);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn get(&self, path: &str) -> Value {
        let url = format!("{}/sim/api/whatsapp{path}", self.base);
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// Waits until the business has heard everything.
    async fn idle(&self) {
        let url = format!("{}/sim/api/idle?timeout_ms=9000", self.base);
        let idle: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
        assert_eq!(idle["webhooks"], 0, "{idle}");
    }

    /// The Graph API's own address of a path.
    fn graph(&self, path: &str) -> String {
        format!("{}/v26.0/{path}", self.base)
    }

    /// Posts to `/messages`.
    async fn message(&self, body: Value) -> (u16, Value) {
        let url = self.graph(&format!("{}/messages", number()));
        let token = WhatsappOptions::default().access_token;
        let answer = self
            .http
            .post(url)
            .bearer_auth(token)
            .json(&body)
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Sends to Siti; the message's id.
    async fn send(&self, kind: &str, content: Value) -> String {
        let (status, body) = self.message(to_siti(kind, content)).await;
        assert_eq!(status, 200, "{body}");
        body["messages"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Sends to Siti, which must be refused; the code and the details.
    async fn refused(&self, kind: &str, content: Value) -> (u64, String) {
        let (status, body) = self.message(to_siti(kind, content)).await;
        assert_ne!(status, 200, "{body}");
        let error = &body["error"];
        let details = error["error_data"]["details"].as_str().unwrap();
        (error["code"].as_u64().unwrap(), details.to_owned())
    }

    async fn violations(&self) -> Vec<String> {
        let found = self.get("/violations").await;
        let found = found["violations"].as_array().unwrap();
        found
            .iter()
            .map(|violation| violation["kind"].as_str().unwrap().to_owned())
            .collect()
    }

    /// What Siti has on her phone from the business.
    async fn heard(&self) -> Vec<Value> {
        let screen = self.get("/people/1").await;
        let all = screen["messages"].as_array().unwrap().clone();
        all.into_iter()
            .filter(|message| message["from_business"] == json!(true))
            .collect()
    }
}

/// The number's id in paths.
fn number() -> String {
    WhatsappOptions::default().phone_number_id
}

fn to_siti(kind: &str, content: Value) -> Value {
    json!({
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": "+6281234567890", "type": kind,
        kind: content,
    })
}
