//! The webhook's door: proves itself to the service, checks who posts, keeps the bytes, answers.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http_body_util::BodyExt;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use subtle::ConstantTimeEq;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Duration, timeout};

use crate::delivery::webhooks::{Desk, Kept};
use crate::whatsapp::signature::{HEADER, Secrets, has_form};

/// Where the service posts.
pub const PATH: &str = "/webhooks/whatsapp";
/// The longest body that is read, in bytes; the service posts 3 MB at most.
pub const LONGEST: usize = 4 * 1024 * 1024;
/// A body that says that it is longer than this is not read at all, in bytes.
const HOPELESS: u64 = 2 * 4 * 1024 * 1024;
/// So many bytes of one body are read whatever else is being read: a person's message has a few hundred.
const SMALL: usize = 64 * 1024;
/// What all bodies that are larger may hold together while they are read, in pieces of [`SMALL`]: 64 MB.
const LARGE: usize = 1024;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);
/// No challenge is longer, in characters; the service's are ten digits or so.
const LONGEST_CHALLENGE: usize = 256;

#[derive(Debug, Clone)]
struct Door {
    desk: Desk,
    secrets: Secrets,
    verify_token: SecretString,
    /// Before the signature is checked nobody knows who posts: he must not fill our memory.
    room: Arc<Semaphore>,
}

/// What the service asks when the webhook is set up.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Verification {
    #[serde(rename = "hub.mode")]
    mode: String,
    #[serde(rename = "hub.verify_token")]
    token: String,
    #[serde(rename = "hub.challenge")]
    challenge: String,
}

/// What arrived of a body.
enum Arrived<'r> {
    /// With the room that it takes, which is free when the body is kept.
    Whole(Vec<u8>, Vec<SemaphorePermit<'r>>),
    TooLong,
    /// Too many large ones at once.
    NoRoom,
    Broken,
}

/// The webhook's routes.
pub fn routes(desk: Desk, secrets: Secrets, verify_token: SecretString) -> Router {
    Router::new()
        .route(PATH, get(verify).post(receive))
        .with_state(Door {
            desk,
            secrets,
            verify_token,
            room: Arc::new(Semaphore::new(LARGE)),
        })
}

/// Needs no database: the service may ask while that is away.
async fn verify(State(door): State<Door>, query: Result<Query<Verification>, QueryRejection>) -> Response {
    let Query(asked) = query.unwrap_or_default();
    let expected = door.verify_token.expose_secret().as_bytes();
    let knows: bool = asked.token.as_bytes().ct_eq(expected).into();
    if !knows || asked.mode != "subscribe" || asked.challenge.len() > LONGEST_CHALLENGE {
        return StatusCode::FORBIDDEN.into_response();
    }
    let plain = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (plain, asked.challenge).into_response()
}

async fn receive(State(door): State<Door>, request: Request) -> Response {
    let Some(signature) = signature(request.headers()) else {
        return refused();
    };
    if request.body().size_hint().lower() > HOPELESS {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let (raw, _room) = match timeout(PATIENCE, collect(request.into_body(), &door.room)).await {
        Ok(Arrived::Whole(raw, room)) => (raw, room),
        Ok(Arrived::NoRoom) => return later(),
        Ok(Arrived::TooLong) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Ok(Arrived::Broken) | Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    if !door.secrets.signed(&raw, &signature) {
        return refused();
    }
    match door.desk.keep(raw).await {
        Kept::New | Kept::Known => StatusCode::OK.into_response(),
        Kept::Busy => later(),
    }
}

fn refused() -> Response {
    metrics::counter!("whatsapp_webhooks_refused_total").increment(1);
    StatusCode::UNAUTHORIZED.into_response()
}

/// The service posts it again.
fn later() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")]).into_response()
}

/// A signature, if there is one of the right form: of whoever has none nothing is read.
fn signature(headers: &HeaderMap) -> Option<String> {
    let given = headers.get(HEADER)?.to_str().ok()?;
    has_form(given).then(|| given.to_owned())
}

async fn collect(mut body: Body, room: &Semaphore) -> Arrived<'_> {
    let mut raw = Vec::new();
    let mut held = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Arrived::Broken;
        };
        let data = frame.into_data().unwrap_or_default();
        let length = raw.len() + data.len();
        if length > LONGEST {
            return Arrived::TooLong;
        }
        while length > SMALL * (held.len() + 1) {
            match room.try_acquire() {
                Ok(piece) => held.push(piece),
                Err(_) => return Arrived::NoRoom,
            }
        }
        raw.extend_from_slice(&data);
    }
    Arrived::Whole(raw, held)
}
