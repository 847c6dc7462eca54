//! What programs are told when something is refused: `application/problem+json` (RFC 9457).
//!
//! A handler returns a [`Problem`]; [`speak`] writes it in the caller's language, and turns the bare
//! errors of the router, of a panic and of a time-out into problems too.

mod refusal;
mod speak;
#[cfg(test)]
mod tests;

use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::invalid::{Fault, Invalid};
use domain::person::Locale;
use fluent_templates::fluent_bundle::FluentValue;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::{Error, Refusal};
pub use crate::web::problem::refusal::refusal;
pub use crate::web::problem::speak::{language, speak, unknown};
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
    /// The content is no form with a file.
    NotMultipart,
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
    /// Files cannot be kept or read.
    NoStorage,
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
            Self::UnsupportedMedia | Self::NotMultipart => "unsupported-media",
            Self::TooManyRequests(_) => "too-many-requests",
            Self::Stale => "stale",
            Self::IdempotencyMismatch => "idempotency-mismatch",
            Self::UnderWay | Self::ShownOnce => "conflict",
            Self::Unavailable | Self::NoStorage | Self::TimedOut => "unavailable",
            Self::Internal => "internal",
            Self::Refused(refusal) => match refusal {
                Refusal::QuotaExhausted { .. } | Refusal::OwnQuotaFull { .. } => "quota-exhausted",
                Refusal::WrongState { .. }
                | Refusal::InvoiceState { .. }
                | Refusal::AlertOver { .. }
                | Refusal::NotNow => "wrong-state",
                Refusal::AboveLimit { .. } => "forbidden",
                Refusal::AlreadyTaken { .. } => "already-taken",
                Refusal::TelegramSilent => "unavailable",
                Refusal::FileTooLarge => "too-large",
                Refusal::FileUnknown | Refusal::FileNotAPhoto => "unsupported-media",
                Refusal::Excluded { .. }
                | Refusal::NotAvailable { .. }
                | Refusal::LastAdmin
                | Refusal::HasLiveJobs { .. }
                | Refusal::HasLiveTickets
                | Refusal::NothingToCharge
                | Refusal::NobodyMayApprove { .. }
                | Refusal::HasPayments
                | Refusal::HasInvoice
                | Refusal::PaidBefore
                | Refusal::Overpaid { .. }
                | Refusal::SettingFixed { .. }
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
            Self::NotMultipart => plain("error-not-multipart-detail"),
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
            Self::NoStorage => plain("error-no-storage-detail"),
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

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        let wait = match &self {
            Self::TooManyRequests(seconds) => Some(*seconds),
            Self::Unavailable | Self::NoStorage | Self::TimedOut | Self::UnderWay => Some(2),
            Self::Refused(Refusal::TelegramSilent) => Some(5),
            _ => None,
        };
        if let Some(seconds) = wait {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        if self.status() == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
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
            Error::NoStorage(source) => {
                tracing::warn!(error = %source, "the storage is not there");
                Self::NoStorage
            }
            Error::Broken(source) => {
                tracing::error!(error = %chain(&source), "a request broke");
                Self::Internal
            }
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
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
