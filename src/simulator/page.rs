//! The page at `/sim`: several people's phones side by side, served from the binary.

use std::sync::Arc;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::simulator::Simulator;

const PAGE: &str = include_str!("page/index.html");

pub(crate) fn router() -> Router<Arc<Simulator>> {
    Router::new().route("/sim", get(page))
}

async fn page() -> Response {
    file("text/html; charset=utf-8", PAGE)
}

fn file(kind: &'static str, body: &'static str) -> Response {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                          img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
    let headers = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "no-cache"),
        (CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, body).into_response()
}
