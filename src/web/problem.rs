//! What programs are told when something is refused: `application/problem+json` (RFC 9457).
//!
//! A handler returns a [`Problem`]; [`speak`] writes it in the caller's language, and turns the bare
//! errors of the router, of a panic and of a time-out into problems too.

use std::panic::AssertUnwindSafe;

use axum::Json;
use axum::extract::{OriginalUri, Request};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::calendar::Zone;
use domain::invalid::{Fault, Invalid};
use domain::person::Locale;
use fluent_templates::fluent_bundle::FluentValue;
use futures::FutureExt;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::{Error, Refusal};
use crate::web::envelope::{PATIENCE, RequestId};
use crate::web::session::Refused;
use crate::web::words::{word, words};

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Every type of problem.
pub const KINDS: [&str; 16] = [
    "unauthenticated",
    "forbidden",
    "not-found",
    "invalid",
    "malformed",
    "too-large",
    "unsupported-media",
    "too-many-requests",
    "stale",
    "conflict",
    "wrong-state",
    "quota-exhausted",
    "already-taken",
    "idempotency-mismatch",
    "unavailable",
    "internal",
];

/// Bytes of a request's content at most.
pub const MOST_BYTES: usize = 1 << 20;

/// Why a call was not done; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    Unauthenticated,
    /// The name or the password is wrong.
    SignIn,
    Forbidden,
    MustChangePassword,
    NotFound,
    /// The address does not know this method.
    Method(Method),
    Invalid(Vec<Wrong>),
    /// The content is not JSON from there on.
    NotJson {
        line: usize,
        column: usize,
    },
    /// The content did not arrive whole.
    CutShort,
    TooLarge,
    UnsupportedMedia,
    /// Too many failures; in so many seconds it may be tried again.
    TooManyRequests(i64),
    Stale,
    Refused(Refusal),
    /// The key was used for another call.
    IdempotencyMismatch,
    /// The call with this key is being worked on.
    UnderWay,
    /// It was done; what it gave out is shown only once.
    ShownOnce,
    Unavailable,
    TimedOut,
    Internal,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub field: String,
    pub fault: Fault,
}

/// A problem as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct View {
    /// One of the names in the API's page, e.g. `quota-exhausted`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What the type means, in the caller's language.
    pub title: String,
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What happened here, in the caller's language.
    pub detail: String,
    /// The path that was called.
    pub instance: String,
    /// The fields that are wrong; empty unless the type is `invalid`.
    pub errors: Vec<FieldError>,
}

/// A field that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldError {
    pub field: String,
    /// E.g. `too-long`.
    pub code: &'static str,
    pub detail: String,
}

impl Problem {
    /// One wrong field.
    pub fn field(field: &str, fault: Fault) -> Self {
        let field = field.chars().take(64).collect();
        Self::Invalid(vec![Wrong { field, fault }])
    }

    /// The stable name.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Unauthenticated | Self::SignIn => "unauthenticated",
            Self::Forbidden | Self::MustChangePassword => "forbidden",
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Method(_) | Self::NotJson { .. } | Self::CutShort => "malformed",
            Self::TooLarge => "too-large",
            Self::UnsupportedMedia => "unsupported-media",
            Self::TooManyRequests(_) => "too-many-requests",
            Self::Stale => "stale",
            Self::IdempotencyMismatch => "idempotency-mismatch",
            Self::UnderWay | Self::ShownOnce => "conflict",
            Self::Unavailable | Self::TimedOut => "unavailable",
            Self::Internal => "internal",
            Self::Refused(refusal) => match refusal {
                Refusal::QuotaExhausted { .. } | Refusal::OwnQuotaFull { .. } => "quota-exhausted",
                Refusal::WrongState { .. } | Refusal::NotNow => "wrong-state",
                Refusal::AlreadyTaken { .. } => "already-taken",
                Refusal::TelegramSilent => "unavailable",
                Refusal::Excluded { .. }
                | Refusal::NotAvailable { .. }
                | Refusal::LastAdmin
                | Refusal::HasLiveJobs { .. }
                | Refusal::HasLiveTickets
                | Refusal::NoTelegram => "conflict",
            },
        }
    }

    /// The status that goes with the name.
    pub fn status(&self) -> StatusCode {
        match self.kind() {
            "unauthenticated" => StatusCode::UNAUTHORIZED,
            "forbidden" => StatusCode::FORBIDDEN,
            "not-found" => StatusCode::NOT_FOUND,
            "invalid" | "idempotency-mismatch" => StatusCode::UNPROCESSABLE_ENTITY,
            "malformed" if matches!(self, Self::Method(_)) => StatusCode::METHOD_NOT_ALLOWED,
            "malformed" => StatusCode::BAD_REQUEST,
            "too-large" => StatusCode::PAYLOAD_TOO_LARGE,
            "unsupported-media" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "too-many-requests" => StatusCode::TOO_MANY_REQUESTS,
            "unavailable" => StatusCode::SERVICE_UNAVAILABLE,
            "internal" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::CONFLICT,
        }
    }

    fn detail(&self, locale: Locale, request: &str) -> String {
        let plain = |key| word(locale, key);
        match self {
            Self::Unauthenticated => plain("error-unauthenticated-detail"),
            Self::SignIn => plain("error-sign-in-detail"),
            Self::Forbidden => plain("error-forbidden-detail"),
            Self::MustChangePassword => plain("error-must-change-password-detail"),
            Self::NotFound => plain("error-not-found-detail"),
            Self::Method(method) => words(
                locale,
                "error-method-detail",
                &[("method", method.as_str().into())],
            ),
            Self::Invalid(wrong) => words(locale, "error-invalid-detail", &[("count", wrong.len().into())]),
            Self::NotJson { line, column } => words(
                locale,
                "error-not-json-detail",
                &[("line", text(*line)), ("column", text(*column))],
            ),
            Self::CutShort => plain("error-cut-short-detail"),
            Self::TooLarge => words(locale, "error-too-large-detail", &[("limit", text(MOST_BYTES))]),
            Self::UnsupportedMedia => plain("error-unsupported-media-detail"),
            Self::TooManyRequests(seconds) => words(
                locale,
                "error-too-many-requests-detail",
                &[("seconds", text(*seconds))],
            ),
            Self::Stale => plain("error-stale-detail"),
            Self::Refused(why) => refusal(locale, why),
            Self::IdempotencyMismatch => plain("error-idempotency-mismatch-detail"),
            Self::UnderWay => plain("error-under-way-detail"),
            Self::ShownOnce => plain("error-shown-once-detail"),
            Self::Unavailable => plain("error-unavailable-detail"),
            Self::TimedOut => plain("error-timeout-detail"),
            Self::Internal => words(locale, "error-internal-detail", &[("request", request.into())]),
        }
    }

    fn view(&self, locale: Locale, request: &str, instance: &str) -> View {
        let errors = match self {
            Self::Invalid(wrong) => wrong
                .iter()
                .map(|wrong| FieldError {
                    field: wrong.field.clone(),
                    code: wrong.fault.code(),
                    detail: word(locale, &format!("fault-{}", wrong.fault.code())),
                })
                .collect(),
            _ => Vec::new(),
        };
        View {
            kind: self.kind(),
            title: word(locale, &format!("error-{}", self.kind())),
            status: self.status().as_u16(),
            detail: self.detail(locale, request),
            instance: instance.to_owned(),
            errors,
        }
    }
}

/// Why a rule says no, with its facts, in someone's language.
pub fn refusal(locale: Locale, refusal: &Refusal) -> String {
    let day = |date| FluentValue::from(Zone::day(date, locale));
    match refusal {
        Refusal::QuotaExhausted { date, next } if next.is_empty() => {
            words(locale, "refusal-quota-exhausted-none", &[("date", day(*date))])
        }
        Refusal::QuotaExhausted { date, next } => {
            let next: Vec<String> = next.iter().map(|date| Zone::day(*date, locale)).collect();
            let args = [("date", day(*date)), ("next", next.join("; ").into())];
            words(locale, "refusal-quota-exhausted", &args)
        }
        Refusal::OwnQuotaFull {
            name,
            used,
            quota,
            date,
            ..
        } => {
            let args = [
                ("name", name.as_str().into()),
                ("used", text(*used)),
                ("quota", text(*quota)),
                ("date", day(*date)),
            ];
            words(locale, "refusal-own-quota-full", &args)
        }
        Refusal::WrongState { now } => words(locale, "refusal-wrong-state", &[("now", now.label().into())]),
        Refusal::AlreadyTaken { by } => words(locale, "refusal-already-taken", &[("by", by.as_str().into())]),
        Refusal::Excluded { name } => words(locale, "refusal-excluded", &[("name", name.as_str().into())]),
        Refusal::NotAvailable { name } => {
            words(locale, "refusal-not-available", &[("name", name.as_str().into())])
        }
        Refusal::LastAdmin => word(locale, "refusal-last-admin"),
        Refusal::HasLiveJobs { name } => {
            words(locale, "refusal-has-live-jobs", &[("name", name.as_str().into())])
        }
        Refusal::HasLiveTickets => word(locale, "refusal-has-live-tickets"),
        Refusal::NotNow => word(locale, "refusal-not-now"),
        Refusal::NoTelegram => word(locale, "refusal-no-telegram"),
        Refusal::TelegramSilent => word(locale, "refusal-telegram-silent"),
    }
}

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
    let locale = language(request.headers());
    // The router cuts what it nests under.
    let whole = request.extensions().get::<OriginalUri>();
    let instance = whole.map_or(request.uri(), |uri| &uri.0).path().to_owned();
    let method = request.method().clone();
    let id = request.extensions().get::<RequestId>().cloned();
    let id = id.map(|id| id.0).unwrap_or_default();
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
    let status = response.status();
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        None if !status.is_client_error() && !status.is_server_error() => return response,
        // The router's own: no such address, no such method.
        None => match status {
            StatusCode::METHOD_NOT_ALLOWED => Problem::Method(method),
            StatusCode::NOT_FOUND => Problem::NotFound,
            _ => return response,
        },
    };
    let mut spoken = (problem.status(), Json(problem.view(locale, &id, &instance))).into_response();
    let headers = spoken.headers_mut();
    for (name, value) in response.headers() {
        if !headers.contains_key(name) && name != axum::http::header::CONTENT_LENGTH {
            headers.insert(name, value.clone());
        }
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    spoken
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        let wait = match &self {
            Self::TooManyRequests(seconds) => Some(*seconds),
            Self::Unavailable | Self::TimedOut | Self::UnderWay => Some(2),
            Self::Refused(Refusal::TelegramSilent) => Some(5),
            _ => None,
        };
        if let Some(seconds) = wait {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        if self.status() == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Bearer");
            response
                .headers_mut()
                .insert(axum::http::header::WWW_AUTHENTICATE, challenge);
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(invalid) => invalid.into(),
            Error::Refused(refusal) => Self::Refused(refusal),
            Error::Missing => Self::NotFound,
            Error::Stale => Self::Stale,
            Error::Replayed => Self::UnderWay,
            Error::Busy(source) => {
                tracing::warn!(error = %chain(&source), "the database is not there");
                Self::Unavailable
            }
            Error::Broken(source) => {
                tracing::error!(error = %chain(&source), "a request broke");
                Self::Internal
            }
        }
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        let wrong = |(field, fault): (&'static str, Fault)| Wrong {
            field: field.to_owned(),
            fault,
        };
        Self::Invalid(invalid.0.into_iter().map(wrong).collect())
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Wrong => Self::SignIn,
            // A whole second more, so that who waits that long is let in.
            Refused::Slowed(wait) => Self::TooManyRequests(wait.num_seconds() + 1),
            Refused::Failed(error) => error.into(),
        }
    }
}

/// Numbers as plain digits: Fluent would group some of them.
fn text(number: impl std::fmt::Display) -> FluentValue<'static> {
    FluentValue::from(number.to_string())
}

/// An error with all that caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        told = format!("{told}: {error}");
        source = error.source();
    }
    told
}
