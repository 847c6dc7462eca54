//! The pages for customers: no account, no script, nothing that a preview of a link could change.

pub mod invoice;
pub mod letter;
mod link;
pub mod rating;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use tower_http::csrf::CsrfLayer;

use crate::web::State;
use crate::web::access::{Route, Routes};
use crate::web::panel;

/// The largest form that is read, in bytes: stars and a comment.
const MOST_FORM: usize = 16 << 10;

/// What every answer says: nothing from elsewhere, no script, no frame; nobody keeps it, lists it, or hears of it.
const HEADERS: [(HeaderName, &str); 4] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'",
    ),
    (CACHE_CONTROL, "no-store"),
    // The address is the key, and no other place hears of it. Browsers that hide it from our own forms too hide
    // where those come from, and such forms are refused.
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("x-robots-tag"),
        "noindex, nofollow, noarchive",
    ),
];

/// The pages for customers, and the list of their routes.
pub fn router(state: &State) -> (Router<State>, Vec<Route>) {
    // A photo is larger than any form: it is counted where it is read, with a limit of its own.
    let prove = post(invoice::prove).layer(DefaultBodyLimit::disable());
    let routes = Routes::new(panel::DOOR, state)
        .open(Method::GET, "/i/{token}", get(invoice::show))
        .open(Method::POST, "/i/{token}", post(invoice::unlock))
        .open(Method::POST, "/i/{token}/proof", prove)
        .open(Method::GET, "/v/{token}", get(letter::show))
        .open(Method::GET, "/r/{token}", get(rating::show))
        .open(Method::POST, "/r/{token}", post(rating::take));
    let (pages, list) = routes.into_parts();
    let pages = pages
        .layer(DefaultBodyLimit::max(MOST_FORM))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(dress));
    (pages, list)
}

async fn dress(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
