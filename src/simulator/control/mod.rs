//! The control API under `/sim/api`: what tests and the page use to play people and to look at everything.

mod act;
mod events;
mod look;
mod office;
mod order;
mod race;
mod share;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::simulator::Simulator;
use crate::simulator::acts::Cannot;
use crate::simulator::whatsapp;

pub(crate) fn router() -> Router<Arc<Simulator>> {
    Router::new().nest(
        "/sim/api",
        people()
            .merge(bot())
            .merge(whatsapp::control())
            .layer(DefaultBodyLimit::max(LARGEST))
            .layer(from_fn(same_site)),
    )
}

/// The largest order that is read, in bytes: files come in base64.
const LARGEST: usize = 64 << 20;

/// Browsers say from where a request comes: a strange page must not play people behind someone's back.
async fn same_site(request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site");
    if site.is_some_and(|site| site == "cross-site") {
        return Problem(StatusCode::FORBIDDEN, "asked for by another site".to_owned()).into_response();
    }
    next.run(request).await
}

fn people() -> Router<Arc<Simulator>> {
    Router::new()
        .route("/people", get(look::people).post(act::add_people))
        .route("/people/{id}", get(look::person))
        .route("/people/{id}/chats", get(look::chats))
        .route("/people/{id}/start", post(act::start))
        .route("/people/{id}/message", post(act::message))
        .route("/people/{id}/edit", post(act::edit))
        .route("/people/{id}/contact", post(act::contact))
        .route("/people/{id}/location", post(share::location))
        .route("/people/{id}/location/move", post(share::move_location))
        .route("/people/{id}/location/stop", post(share::stop_location))
        .route("/people/{id}/file", post(share::file))
        .route("/people/{id}/album", post(share::album))
        .route(
            "/people/{id}/signal",
            post(share::bad_signal).delete(share::good_signal),
        )
        .route("/people/{id}/tap", post(act::tap))
        .route("/people/{id}/block", post(act::block))
        .route("/people/{id}/unblock", post(act::unblock))
        .route("/people/{id}/deactivate", post(act::deactivate))
        .route("/groups", get(look::groups).post(act::add_group))
        .route("/groups/{id}/join", post(act::join))
        .route("/groups/{id}/leave", post(act::leave))
        .route("/groups/{id}/bot", post(act::move_bot))
        .route("/race", post(race::race))
}

fn bot() -> Router<Arc<Simulator>> {
    Router::new()
        .route("/reset", post(order::reset))
        .route("/clock", post(order::clock))
        .route("/bot", get(look::bot))
        .route("/office/ticket", post(office::accept))
        .route("/office/close", post(office::close))
        .route("/calls", get(look::calls))
        .route("/violations", get(look::violations))
        .route("/taps", get(look::taps))
        .route(
            "/faults",
            get(order::faults).post(order::fault).delete(order::clear_faults),
        )
        .route("/files", get(share::content))
        .route("/files/forget", post(share::forget))
        .route("/updates", post(order::inject))
        .route("/updates/{id}/redeliver", post(order::redeliver))
        .route("/pause", post(order::pause))
        .route("/resume", post(order::resume))
        .route("/wait", get(events::wait))
        .route("/idle", get(events::idle))
        .route("/events", get(events::events))
}

/// What the control API answers: JSON, or a status with one sentence.
pub(crate) type Answer = Result<Json<Value>, Problem>;

/// A refusal of the control API.
pub(crate) struct Problem(StatusCode, String);

impl Problem {
    pub(crate) fn bad(text: impl Into<String>) -> Self {
        Self(StatusCode::BAD_REQUEST, text.into())
    }

    pub(crate) fn missing(text: impl Into<String>) -> Self {
        Self(StatusCode::NOT_FOUND, text.into())
    }
}

impl From<Cannot> for Problem {
    fn from(cannot: Cannot) -> Self {
        match cannot {
            Cannot::Missing(text) => Self(StatusCode::NOT_FOUND, text),
            Cannot::Now(text) => Self(StatusCode::CONFLICT, text),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}
