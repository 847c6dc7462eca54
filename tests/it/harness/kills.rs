//! What stories about kills have in common: a process that dies at random moments, and calls that wait until it is back.

use std::future::Future;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use reqwest::Method;
use serde_json::Value;

use crate::harness::{Api, Backend, Process, variable};

static CALLS: AtomicU64 = AtomicU64::new(0);

/// A whole number that the environment asks for.
pub(crate) fn said(name: &str, default: u64) -> u64 {
    variable(name).map_or(default, |value| value.parse().expect("a whole number"))
}

/// Survives on each backend, one after the other.
pub(crate) fn on_each<F: Future<Output = ()>>(survive: impl Fn(Backend) -> F) {
    for backend in Backend::all() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(survive(backend));
    }
}

/// Kills and starts again, until it was often enough or the work is done; answers how often. `pauses`: milliseconds.
pub(crate) async fn kill_at_random(
    process: Process,
    (kills, seed): (u64, u64),
    pauses: Range<u64>,
    done: Arc<AtomicBool>,
) -> u64 {
    let mut random = StdRng::seed_from_u64(seed);
    let mut killed = 0;
    while killed < kills && !done.load(Ordering::Relaxed) {
        let pause = Duration::from_millis(random.random_range(pauses.clone()));
        tokio::time::sleep(pause).await;
        process.kill();
        process.start().await;
        killed += 1;
    }
    killed
}

/// A call of the API, made again under the same key while nobody answers.
pub(crate) async fn call(who: &Api, method: Method, path: &str, body: Option<Value>) -> Value {
    let key = format!("{path}-{}", CALLS.fetch_add(1, Ordering::Relaxed));
    for _ in 0..300 {
        let mut request = who
            .http
            .request(method.clone(), format!("{}/api/v1/{path}", who.base));
        request = request.bearer_auth(who.token.as_deref().unwrap_or_default());
        request = request.header("idempotency-key", &key);
        if let Some(body) = &body {
            request = request.json(body);
        }
        if let Ok(answer) = request.send().await
            && !answer.status().is_server_error()
            && let Ok(text) = answer.text().await
        {
            return serde_json::from_str(&text).unwrap_or(Value::Null);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the product is not back for {path}");
}
