//! How a page becomes an answer: its language goes along as a value, and a list says what comes next.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use domain::person::Locale;

use crate::web::panel::filters::In;

/// A whole page in the reader's language.
pub fn page(template: &impl Template, locale: Locale) -> Response {
    answer(StatusCode::OK, template.render_with_values(&In(locale)))
}

/// A whole page with a status of its own: a form that was refused, a thing that is not there.
pub fn page_with(status: StatusCode, template: &impl Template, locale: Locale) -> Response {
    answer(status, template.render_with_values(&In(locale)))
}

fn answer(status: StatusCode, rendered: askama::Result<String>) -> Response {
    match rendered {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "panel.render");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// An address with what is set of its query.
pub fn query(path: &str, parts: &[(&str, &str)]) -> String {
    let set = parts.iter().filter(|(_, value)| !value.is_empty());
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(set)
        .finish();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// Where a list goes on; addresses keep its filters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// Back to the beginning, when this is not it.
    pub first: Option<String>,
    pub next: Option<String>,
}

impl Pages {
    /// Of a list that is read from a cursor on and has `next` behind what is shown; `at` is its address from a cursor
    /// on, and from none at the beginning.
    pub fn of(cursor: Option<&str>, next: Option<&str>, at: impl Fn(&str) -> String) -> Self {
        Self {
            first: cursor.map(|_| at("")),
            next: next.map(at),
        }
    }
}

/// One of the choices over a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub here: bool,
}
