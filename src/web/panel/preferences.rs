//! The language and the light that a browser asked for, kept in two cookies.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::person::Locale;

use crate::web;
use crate::web::panel::form::Form;
use crate::web::panel::shell::Theme;

const LOCALE: &str = "lang";
const THEME: &str = "theme";
/// A year, in seconds: a choice of looks is not asked for again.
const LIFE: u32 = 31_536_000;

/// What the cookies say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Preferences {
    /// `None`: the person's own language, or the company's.
    pub locale: Option<Locale>,
    pub theme: Theme,
}

impl Preferences {
    /// Of the cookies of a request.
    pub fn of(headers: &HeaderMap) -> Self {
        Self {
            locale: cookie(headers, LOCALE).and_then(|locale| locale.parse().ok()),
            theme: cookie(headers, THEME)
                .map(|theme| Theme::named(&theme))
                .unwrap_or_default(),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Preferences {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// Keeps a choice and goes back to where it was made.
pub async fn choose(State(state): State<web::State>, form: Form) -> Response {
    let mut response = Redirect::to(inside(form.value("back"))).into_response();
    if let Ok(locale) = form.value("locale").parse::<Locale>() {
        keep(&state, &mut response, LOCALE, locale.as_str());
    }
    if !form.value("theme").is_empty() {
        keep(
            &state,
            &mut response,
            THEME,
            Theme::named(form.value("theme")).as_str(),
        );
    }
    response
}

/// A path of the panel as it came from outside, or the board: never another host, never a header of its own.
pub fn inside(path: &str) -> &str {
    let rest = path.strip_prefix("/panel");
    let is_ours = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    if is_ours && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') && !path.contains("//") {
        path
    } else {
        "/panel"
    }
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value.to_owned())
}

fn keep(state: &web::State, response: &mut Response, name: &str, value: &'static str) {
    let secure = if state.app.config.server.is_https() {
        "; Secure"
    } else {
        ""
    };
    let cookie = format!("{name}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={LIFE}{secure}");
    let cookie = HeaderValue::try_from(cookie).expect("names and values are letters");
    response.headers_mut().append(SET_COOKIE, cookie);
}

#[cfg(test)]
mod tests {
    use crate::web::panel::preferences::inside;

    #[test]
    fn only_the_panel_is_gone_back_to() {
        for path in ["/panel", "/panel/tickets?q=a%20b", "/panel?x=1"] {
            assert_eq!(inside(path), path);
        }
        for path in [
            "",
            "/",
            "https://evil.example/panel",
            "//evil.example",
            "/panelx",
            "/panel//evil.example",
            "/panel/\r\nX: y",
            "/panel/\\evil",
        ] {
            assert_eq!(inside(path), "/panel", "{path}");
        }
    }
}
