//! The page at `/sim`: several people's phones side by side, served from the binary.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::simulator::Simulator;

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The page's files by name, with their kind.
const FILES: [(&str, &str, &str); 15] = [
    (
        "page.css",
        "text/css; charset=utf-8",
        include_str!("page/page.css"),
    ),
    ("app.js", SCRIPT, include_str!("page/app.js")),
    ("customer.js", SCRIPT, include_str!("page/customer.js")),
    ("dialogs.js", SCRIPT, include_str!("page/dialogs.js")),
    ("dom.js", SCRIPT, include_str!("page/dom.js")),
    ("letter.js", SCRIPT, include_str!("page/letter.js")),
    ("media.js", SCRIPT, include_str!("page/media.js")),
    ("message.js", SCRIPT, include_str!("page/message.js")),
    ("pane.js", SCRIPT, include_str!("page/pane.js")),
    ("play.js", SCRIPT, include_str!("page/play.js")),
    ("rich.js", SCRIPT, include_str!("page/rich.js")),
    ("share.js", SCRIPT, include_str!("page/share.js")),
    ("tale.js", SCRIPT, include_str!("page/tale.js")),
    ("visit.js", SCRIPT, include_str!("page/visit.js")),
    ("words.js", SCRIPT, include_str!("page/words.js")),
];

/// Nothing from elsewhere, nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

pub(crate) fn router() -> Router<Arc<Simulator>> {
    Router::new()
        .route("/sim", get(page))
        .route("/sim/{file}", get(file))
}

async fn page() -> Response {
    send("text/html; charset=utf-8", include_str!("page/index.html"))
}

async fn file(Path(name): Path<String>) -> Response {
    match FILES.into_iter().find(|(file, ..)| *file == name) {
        Some((_, kind, body)) => send(kind, body),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn send(kind: &'static str, body: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "no-cache"),
        (CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, body).into_response()
}
