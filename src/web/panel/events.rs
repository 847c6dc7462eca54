//! The stream that says when to look again: hints, never data, so that a lost one costs nothing.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use domain::permission::Perm;
use futures::{Stream, StreamExt as _, stream};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, interval_at, sleep_until};

use crate::web;
use crate::web::access::{Door, admit};
use crate::web::panel::DOOR;

/// At most four hints a second.
const PAUSE: Duration = Duration::from_millis(250);
/// How often it is asked whether the session still stands.
const AGAIN: Duration = Duration::from_mins(1);
const ALIVE: Duration = Duration::from_secs(15);

/// Hints of changes, until the session ends or the process stops.
pub async fn stream(State(state): State<web::State>, headers: HeaderMap) -> Response {
    let stopping = state.stopping.clone();
    let hints = hints(state, DOOR, headers).take_until(async move { stopping.cancelled().await });
    let mut response = Sse::new(hints)
        .keep_alive(KeepAlive::new().interval(ALIVE))
        .into_response();
    // Proxies that gather answers would hold the hints back.
    response
        .headers_mut()
        .insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

fn hints(state: web::State, door: Door, headers: HeaderMap) -> impl Stream<Item = Result<Event, Infallible>> {
    let changes = state.app.cluster.watch();
    let checks = interval_at(Instant::now() + AGAIN, AGAIN);
    // Whoever connects has missed what came before.
    let first = stream::once(async { Ok(hint()) });
    let begin = (state, changes, checks, headers, Instant::now());
    let rest = stream::unfold(
        begin,
        move |(state, mut changes, mut checks, headers, not_before)| async move {
            loop {
                tokio::select! {
                    _ = checks.tick() => {
                        if admit(&state, door, Perm::ManageTickets, &headers).await.is_err() {
                            return None;
                        }
                    }
                    change = changes.recv() => {
                        if matches!(change, Err(RecvError::Closed)) {
                            return None;
                        }
                        // The first hint goes out at once; what comes within the pause after it shares the next.
                        sleep_until(not_before).await;
                        while changes.try_recv().is_ok() {}
                        return Some((Ok(hint()), (state, changes, checks, headers, Instant::now() + PAUSE)));
                    }
                }
            }
        },
    );
    first.chain(rest)
}

fn hint() -> Event {
    Event::default().event("ticket-changed").data("look")
}
