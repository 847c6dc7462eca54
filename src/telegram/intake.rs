//! The webhook: an update is handled first and answered 200 after the commit.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use http_body_util::BodyExt;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use subtle::ConstantTimeEq;
use tokio::time::timeout;

use crate::delivery::inbox::Desk;
use crate::telegram::hear::{Heard, PressAnswer, hear, read, set_aside};
use crate::telegram::router::Unreadable;

/// Where Telegram posts its updates.
pub const PATH: &str = "/webhooks/telegram";
/// What each call carries (Bot API, `setWebhook.secret_token`).
const SECRET: &str = "x-telegram-bot-api-secret-token";
/// The longest update that is read, in bytes; Telegram's own are far below.
const LONGEST: usize = 1024 * 1024;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Clone)]
struct Door {
    desk: Desk,
    secret: SecretString,
}

/// What a 200 carries when a press is answered in it (Bot API, "Making requests when getting updates").
#[derive(Serialize)]
struct Riding {
    method: &'static str,
    #[serde(flatten)]
    answer: PressAnswer,
}

/// What arrived of a body.
enum Arrived {
    Whole(Vec<u8>),
    /// Longer than we read; this is its beginning.
    TooLong(Vec<u8>),
    Broken,
}

/// The webhook's route; every call must carry `secret`.
pub fn routes(desk: Desk, secret: SecretString) -> Router {
    Router::new()
        .route(PATH, post(receive))
        .with_state(Door { desk, secret })
}

async fn receive(State(door): State<Door>, request: Request) -> Response {
    let received_at = door.desk.now();
    if !is_telegram(request.headers(), &door.secret) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let heard = match timeout(PATIENCE, collect(request.into_body())).await {
        Ok(Arrived::Whole(raw)) => match read(&door.desk, &raw, received_at) {
            Ok(routed) => hear(&door.desk, routed, &raw).await,
            Err(unreadable) => set_aside(&door.desk, unreadable, &raw).await,
        },
        Ok(Arrived::TooLong(raw)) => {
            let why = format!("longer than {LONGEST} bytes");
            let unreadable = Unreadable { update_id: None, why };
            set_aside(&door.desk, unreadable, &raw).await
        }
        Ok(Arrived::Broken) | Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    match heard {
        Heard::Done(None) => StatusCode::OK.into_response(),
        Heard::Done(Some(answer)) => Json(Riding {
            method: "answerCallbackQuery",
            answer,
        })
        .into_response(),
        Heard::Busy => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")]).into_response(),
    }
}

fn is_telegram(headers: &HeaderMap, secret: &SecretString) -> bool {
    headers
        .get(SECRET)
        .is_some_and(|given| given.as_bytes().ct_eq(secret.expose_secret().as_bytes()).into())
}

async fn collect(mut body: Body) -> Arrived {
    let mut raw = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Arrived::Broken;
        };
        let data: Bytes = frame.into_data().unwrap_or_default();
        if raw.len() + data.len() > LONGEST {
            return Arrived::TooLong(raw);
        }
        raw.extend_from_slice(&data);
    }
    Arrived::Whole(raw)
}
