//! The simulator against itself: what it refuses, in which order it delivers, what it shows.

mod flood;
mod html;
mod media;
mod message;
mod page;
mod polling;
mod sharing;
mod signal;
mod strict;
mod updates;
mod webhook;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::simulator::{Simulator, SimulatorOptions, router, run};

const TOKEN: &str = "4242:secret";

/// A simulator on a port of its own, with everything of it running.
struct Bench {
    sim: Arc<Simulator>,
    base: String,
    http: reqwest::Client,
    tasks: JoinSet<()>,
}

fn options() -> SimulatorOptions {
    SimulatorOptions::new(TOKEN, Arc::new(|| 1_790_000_000))
}

/// Limits off, redeliveries a thousand times as fast.
fn lenient() -> SimulatorOptions {
    let mut options = options();
    options.flood.on = false;
    options.retry_scale = 0.001;
    options
}

impl Bench {
    async fn new(options: SimulatorOptions) -> Self {
        let sim = Arc::new(Simulator::new(options).unwrap());
        let mut tasks = JoinSet::new();
        let base = serve(&mut tasks, router(Arc::clone(&sim))).await;
        tasks.spawn(run(Arc::clone(&sim), std::future::pending()));
        Self {
            sim,
            base,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            tasks,
        }
    }

    /// Calls the Bot API; the status and the body.
    async fn bot(&self, method: &str, params: Value) -> (u16, Value) {
        let url = format!("{}/bot{TOKEN}/{method}", self.base);
        let answer = self.http.post(url).json(&params).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Calls the Bot API, which must agree; the result.
    async fn ok(&self, method: &str, params: Value) -> Value {
        let (status, mut body) = self.bot(method, params).await;
        assert_eq!((status, &body["ok"]), (200, &json!(true)), "{body}");
        body["result"].take()
    }

    /// Calls the Bot API, which must refuse; its words.
    async fn refused(&self, method: &str, params: Value) -> String {
        let (status, body) = self.bot(method, params).await;
        assert_eq!(body["error_code"], json!(status), "{body}");
        assert_eq!(body["ok"], json!(false), "{body}");
        body["description"].as_str().unwrap().to_owned()
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let answer = self
            .http
            .post(format!("{}/sim/api{path}", self.base))
            .json(&body)
            .send()
            .await
            .unwrap();
        let status = answer.status();
        let body: Value = answer.json().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {body}");
        body
    }

    async fn get(&self, path: &str) -> Value {
        self.http
            .get(format!("{}/sim/api{path}", self.base))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// Someone who has pressed start, without the bot being told.
    async fn person(&self, id: i64, name: &str) {
        self.post(
            "/people",
            json!({"telegram_id": id, "first_name": name, "started": true}),
        )
        .await;
    }

    async fn violations(&self) -> Vec<String> {
        let found = self.get("/violations").await;
        let found = found["violations"].as_array().unwrap().clone();
        found
            .iter()
            .map(|violation| violation["kind"].as_str().unwrap().to_owned())
            .collect()
    }
}

async fn serve(tasks: &mut JoinSet<()>, router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tasks.spawn(async move { axum::serve(listener, router).await.unwrap() });
    base
}

/// Waits for a future that must come soon; a test that would hang fails instead.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(10), future)
        .await
        .expect("it takes too long")
}
