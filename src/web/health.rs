//! Is the process alive, can it work, and what has it counted.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;

use axum::extract::ConnectInfo;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router, extract};
use secrecy::ExposeSecret;
use serde::Serialize;
use subtle::ConstantTimeEq;

use crate::app::readiness;
use crate::web::State;
use crate::web::access::bearer;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What `/healthz` and `/readyz` answer.
#[derive(Debug, Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    /// Why it is not ready.
    reasons: Vec<&'static str>,
}

/// `/healthz`, `/readyz`, `/metrics`.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

async fn alive() -> Response {
    answer("ok", Vec::new())
}

async fn ready(extract::State(state): extract::State<State>) -> Response {
    let mut reasons = Vec::new();
    if state.stopping.is_cancelled() {
        reasons.push("stopping");
    }
    if state.broken.is_cancelled() {
        reasons.push("a role of this process broke");
    }
    if !readiness::is_database_there(&state.app).await {
        reasons.push("database unreachable");
    } else if !state.migrated.load(Ordering::Relaxed) {
        match readiness::pending_migrations(&state.app).await {
            Ok(0) => state.migrated.store(true, Ordering::Relaxed),
            Ok(_) => reasons.push("migrations pending"),
            Err(_) => reasons.push("database unreachable"),
        }
    }
    let status = if reasons.is_empty() {
        "ready"
    } else {
        "unavailable"
    };
    answer(status, reasons)
}

fn answer(status: &'static str, reasons: Vec<&'static str>) -> Response {
    let code = if reasons.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let health = Health {
        status,
        version: VERSION,
        reasons,
    };
    (code, [(CACHE_CONTROL, "no-store")], Json(health)).into_response()
}

/// With `server.metrics_token` for whoever sends it; without, for this machine only.
async fn metrics(
    extract::State(state): extract::State<State>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    if let Some(token) = &state.app.config.server.metrics_token {
        let given = bearer(&state, &headers).unwrap_or_default();
        let same = token.expose_secret().as_bytes().ct_eq(given.as_bytes());
        if !bool::from(same) {
            return StatusCode::UNAUTHORIZED.into_response();
        }
    } else {
        let near = peer.is_some_and(|Extension(ConnectInfo(peer))| peer.ip().to_canonical().is_loopback());
        // Through a proxy of this machine comes the whole world.
        if !near || headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded") {
            return StatusCode::NOT_FOUND.into_response();
        }
    }
    let plain = "text/plain; version=0.0.4; charset=utf-8";
    let headers = [(CONTENT_TYPE, plain), (CACHE_CONTROL, "no-store")];
    (headers, (state.metrics)()).into_response()
}
