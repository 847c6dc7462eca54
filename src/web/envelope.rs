//! What every answer carries: the request's id and the headers that keep browsers careful.

use std::time::Duration;

use axum::extract::Request;
use axum::http::header::{
    HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use rand::Rng;
use tracing::Instrument;

use crate::web::State;

/// How long a request may take, its content's arrival included.
pub const PATIENCE: Duration = Duration::from_secs(30);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// What headers say when a handler does not.
const DEFAULTS: [(HeaderName, &str); 4] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    // Not `same-origin`: the map's tiles want to know who asks.
    (REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (OPENER_POLICY, "same-origin"),
];

/// The number by which a request is found in the log, in `request.extensions()`.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Gives a request its id, its span in the log, and the answer its headers.
pub async fn seal(state: State, mut request: Request, next: Next) -> Response {
    let id = given_id(request.headers()).unwrap_or_else(new_id);
    request.extensions_mut().insert(RequestId(id.clone()));
    // The route, never the address: links hold tokens.
    let span = tracing::info_span!("request", id, method = %request.method());
    let mut response = next.run(request).instrument(span).await;
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert(REQUEST_ID, id);
    }
    for (name, value) in DEFAULTS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if state.app.config.server.is_https() {
        headers
            .entry(STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// The id that a proxy gave, when it is one that a log can hold.
fn given_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(REQUEST_ID)?.to_str().ok()?;
    let sound = (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    sound.then(|| id.to_owned())
}

fn new_id() -> String {
    format!("{:016x}", rand::rng().random::<u64>())
}
