//! The webhook's door: proves itself to the service, checks who posts, keeps the bytes, answers.

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http_body_util::BodyExt;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use subtle::ConstantTimeEq;
use tokio::time::{Duration, timeout};

use crate::delivery::webhooks::{Desk, Kept};
use crate::whatsapp::signature::{HEADER, Secrets};

/// Where the service posts.
pub const PATH: &str = "/webhooks/whatsapp";
/// The longest body that is read, in bytes; the service posts 3 MB at most.
pub const LONGEST: usize = 4 * 1024 * 1024;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);
/// No challenge is longer, in characters; the service's are ten digits or so.
const LONGEST_CHALLENGE: usize = 256;

#[derive(Debug, Clone)]
struct Door {
    desk: Desk,
    secrets: Secrets,
    verify_token: SecretString,
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
enum Arrived {
    Whole(Vec<u8>),
    TooLong,
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
    let signature = signature(request.headers());
    let raw = match timeout(PATIENCE, collect(request.into_body())).await {
        Ok(Arrived::Whole(raw)) => raw,
        Ok(Arrived::TooLong) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Ok(Arrived::Broken) | Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    if !signature.is_some_and(|signature| door.secrets.signed(&raw, &signature)) {
        metrics::counter!("whatsapp_webhooks_refused_total").increment(1);
        return StatusCode::UNAUTHORIZED.into_response();
    }
    match door.desk.keep(raw).await {
        Kept::New | Kept::Known => StatusCode::OK.into_response(),
        // The service posts it again.
        Kept::Busy => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")]).into_response(),
    }
}

fn signature(headers: &HeaderMap) -> Option<String> {
    headers.get(HEADER)?.to_str().ok().map(str::to_owned)
}

async fn collect(mut body: Body) -> Arrived {
    let mut raw = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Arrived::Broken;
        };
        let data = frame.into_data().unwrap_or_default();
        if raw.len() + data.len() > LONGEST {
            return Arrived::TooLong;
        }
        raw.extend_from_slice(&data);
    }
    Arrived::Whole(raw)
}
