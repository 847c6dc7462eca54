//! Waiting for something to happen: a stream of hints for the page, long polls for tests.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, stream};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout_at};

use crate::simulator::Simulator;
use crate::simulator::control::Answer;
use crate::simulator::world::World;

/// Nobody waits longer than this in one request, in milliseconds.
const LONGEST: u64 = 60_000;

#[derive(Deserialize)]
pub(super) struct Wait {
    /// The version that the caller has seen.
    #[serde(default)]
    version: u64,
    #[serde(default)]
    timeout_ms: Option<u64>,
}

/// Answers once anything has changed since the given version, or when the time is up.
pub(super) async fn wait(State(sim): State<Arc<Simulator>>, Query(wait): Query<Wait>) -> Answer {
    until(&sim, wait.timeout_ms, |world| world.seen() > wait.version).await;
    let version = sim.world().seen();
    Ok(Json(
        json!({"version": version, "changed": version > wait.version}),
    ))
}

/// Answers once every update was taken and every tap answered, or when the time is up. What the bot sends by
/// itself may still be on its way then.
pub(super) async fn idle(State(sim): State<Arc<Simulator>>, Query(wait): Query<Wait>) -> Answer {
    until(&sim, wait.timeout_ms, |world| state(world)["idle"] == true).await;
    Ok(Json(state(&sim.world())))
}

/// A stream of hints. Each names what to look at again; a lost one is followed by `lagged`.
pub(super) async fn events(
    State(sim): State<Arc<Simulator>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let hints = sim.world().hints();
    let hello = stream::once(async { Ok(event("hello", &json!({"kind": "hello"}))) });
    let rest = stream::unfold(Some(hints), |hints| async {
        let mut hints = hints?;
        match hints.recv().await {
            Ok(hint) if hint.kind == "bye" => None,
            Ok(hint) => Some((Ok(event("hint", &json!(hint))), Some(hints))),
            Err(RecvError::Lagged(_)) => Some((Ok(event("hint", &json!({"kind": "lagged"}))), Some(hints))),
            Err(RecvError::Closed) => None,
        }
    });
    Sse::new(stream::StreamExt::chain(hello, rest))
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

fn event(name: &str, data: &Value) -> Event {
    Event::default().event(name).data(data.to_string())
}

fn state(world: &World) -> Value {
    let (pending, unanswered) = (world.updates.len(), world.taps.unanswered());
    // What nobody is set up to hear does not keep anybody waiting.
    let heard = world.cloud.callback.is_some();
    let webhooks = if heard { world.cloud.parcels.len() } else { 0 };
    json!({
        "idle": pending == 0 && unanswered == 0 && webhooks == 0,
        "pending": pending,
        "webhooks": webhooks,
        "unanswered": unanswered,
        "version": world.seen(),
    })
}

async fn until(sim: &Simulator, timeout_ms: Option<u64>, done: impl Fn(&World) -> bool) {
    let wait = Duration::from_millis(timeout_ms.unwrap_or(10_000).min(LONGEST));
    let end = Instant::now() + wait;
    let mut versions = sim.world().version();
    loop {
        versions.mark_unchanged();
        let over = {
            let world = sim.world();
            world.closed || done(&world)
        };
        if over || timeout_at(end, versions.changed()).await.is_err() {
            return;
        }
    }
}
