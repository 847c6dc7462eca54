//! What the pages behind a link have in common: guessing slows the guesser down, and what is not there is told kindly.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::person::Locale;

use crate::app::Error;
use crate::web;
use crate::web::panel::filters;
use crate::web::panel::page::page_with;
use crate::web::session::Caller;

/// Longer than any token.
const MOST_TOKEN: usize = 128;

/// Why there is no page to show.
#[derive(Debug)]
pub(crate) enum Failed {
    App(Error),
    /// Too many wrong addresses from this one.
    TooMany,
    /// There is another link now; with what says so.
    Replaced([&'static str; 2]),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::App(error)
    }
}

/// The words for it: a heading and a text each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) unknown: [&'static str; 2],
    pub(crate) slow: [&'static str; 2],
    pub(crate) later: [&'static str; 2],
}

#[derive(Template)]
#[template(path = "public/closed.html")]
struct ClosedPage {
    locale: Locale,
    company: String,
    title: &'static str,
    text: &'static str,
}

/// What a token leads to. Who follows too many that lead nowhere has to wait.
pub(crate) async fn follow<T>(
    state: &web::State,
    caller: &Caller,
    token: &str,
    look: impl AsyncFnOnce(&str) -> Result<T, Error>,
) -> Result<T, Failed> {
    let now = state.app.now();
    if state.throttles.wait_for_link(caller.address, now).is_some() {
        return Err(Failed::TooMany);
    }
    let found = if token.len() > MOST_TOKEN {
        Err(Error::Missing)
    } else {
        look(token).await
    };
    if matches!(found, Err(Error::Missing)) {
        state.throttles.failed_link(caller.address, now);
    }
    Ok(found?)
}

/// The page that says why there is none.
pub(crate) fn closed(
    state: &web::State,
    lang: Option<&str>,
    told: Told,
    error: impl Into<Failed>,
) -> Response {
    let (status, [title, text]) = match error.into() {
        Failed::TooMany => (StatusCode::TOO_MANY_REQUESTS, told.slow),
        Failed::Replaced(told) => (StatusCode::GONE, told),
        Failed::App(Error::Missing) => (StatusCode::NOT_FOUND, told.unknown),
        Failed::App(Error::Busy(source)) => {
            tracing::warn!(error = %source, "the database is not there");
            (StatusCode::SERVICE_UNAVAILABLE, told.later)
        }
        Failed::App(Error::NoStorage(source)) => {
            tracing::warn!(error = %source, "the storage is not there");
            (StatusCode::SERVICE_UNAVAILABLE, told.later)
        }
        Failed::App(error) => {
            tracing::error!(%error, "a customer's page broke");
            (StatusCode::INTERNAL_SERVER_ERROR, told.later)
        }
    };
    let settings = state.app.settings();
    let company = &settings.company;
    let locale = lang.and_then(language).unwrap_or(company.locale);
    let template = ClosedPage {
        locale,
        company: company.name.clone(),
        title,
        text,
    };
    page_with(status, &template, locale)
}

/// The language that an address asks for.
pub(crate) fn language(text: &str) -> Option<Locale> {
    Locale::ALL.into_iter().find(|locale| locale.as_str() == text)
}

/// The other one.
pub(crate) fn other(locale: Locale) -> Locale {
    match locale {
        Locale::Id => Locale::En,
        Locale::En => Locale::Id,
    }
}
