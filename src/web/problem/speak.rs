//! Problems written down, in the language of whoever called.

use std::panic::AssertUnwindSafe;

use axum::Json;
use axum::extract::{OriginalUri, Request};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::person::Locale;
use futures::FutureExt;

use crate::web::envelope::{PATIENCE, RequestId};
use crate::web::problem::{MEDIA_TYPE, Problem};

/// The language that `Accept-Language` prefers among ours; Indonesian when it names none.
pub fn language(headers: &HeaderMap) -> Locale {
    let mut best = (Locale::default(), 0.0_f32);
    let header = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    for part in header.unwrap_or_default().split(',') {
        let mut pieces = part.split(';');
        let locale = Locale::of_tag(pieces.next().unwrap_or_default().trim());
        let weight = pieces
            .find_map(|piece| piece.trim().strip_prefix("q="))
            .map_or(Some(1.0), |q| q.parse().ok());
        if let (Some(locale), Some(weight)) = (locale, weight)
            && weight > best.1
        {
            best = (locale, weight);
        }
    }
    best.0
}

/// Runs a request and writes whatever went wrong as a problem, in the caller's language.
pub async fn speak(request: Request, next: Next) -> Response {
    let ear = Ear::of(&request);
    let method = request.method().clone();
    let run = AssertUnwindSafe(next.run(request)).catch_unwind();
    let mut response = match tokio::time::timeout(PATIENCE, run).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => {
            let what = panic
                .downcast_ref::<&str>()
                .copied()
                .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            tracing::error!(panic = what.unwrap_or("?"), "a handler panicked");
            Problem::Internal.into_response()
        }
        Err(_) => {
            tracing::warn!("a request took too long");
            Problem::TimedOut.into_response()
        }
    };
    let problem = match (response.extensions_mut().remove::<Problem>(), response.status()) {
        (Some(problem), _) => problem,
        // The router's own: no such address, no such method.
        (None, StatusCode::METHOD_NOT_ALLOWED) => Problem::Method(method),
        (None, StatusCode::NOT_FOUND) => Problem::NotFound,
        _ => return response,
    };
    ear.told(&problem, response.headers())
}

/// Answers an address that nobody serves: a problem under `/api`, nothing elsewhere.
pub async fn unknown(request: Request) -> Response {
    let ear = Ear::of(&request);
    if ear.instance.starts_with("/api/") {
        return ear.told(&Problem::NotFound, &HeaderMap::new());
    }
    StatusCode::NOT_FOUND.into_response()
}

/// Whom a problem is told to.
struct Ear {
    locale: Locale,
    instance: String,
    request: String,
}

impl Ear {
    fn of(request: &Request) -> Self {
        // The router cuts what it nests under.
        let whole = request.extensions().get::<OriginalUri>();
        let id = request.extensions().get::<RequestId>();
        Self {
            locale: language(request.headers()),
            instance: whole.map_or(request.uri(), |uri| &uri.0).path().to_owned(),
            request: id.map(|id| id.0.clone()).unwrap_or_default(),
        }
    }

    /// The problem in words, with whatever else the answer said in its headers.
    fn told(&self, problem: &Problem, headers: &HeaderMap) -> Response {
        let view = problem.view(self.locale, &self.request, &self.instance);
        let mut response = (problem.status(), Json(view)).into_response();
        let told = response.headers_mut();
        for (name, value) in headers.iter().filter(|(name, _)| *name != CONTENT_LENGTH) {
            told.insert(name, value.clone());
        }
        told.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        response
    }
}
