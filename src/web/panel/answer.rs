//! What the panel answers when it cannot do what was asked, and what it puts on every answer.

use std::panic::AssertUnwindSafe;

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use futures::FutureExt as _;

use crate::app::{self, Refusal};
use crate::web::access::Denied;
use crate::web::envelope::RequestId;
use crate::web::panel::flash;
use crate::web::panel::page::page_with;
use crate::web::panel::preferences::Preferences;
use crate::web::panel::trouble::{Trouble, TroublePage};
use crate::web::panel::visitor::{outside, wants_part};
use crate::web::{self, problem};

/// What handlers answer.
pub type Answer = Result<Response, Failure>;

/// Why there is no page.
#[derive(Debug)]
pub enum Failure {
    App(app::Error),
    Status(StatusCode),
}

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        Self::App(error)
    }
}

/// Travels with an answer to [`dress`], which knows the reader's language.
#[derive(Debug, Clone)]
struct Told {
    refusal: Option<Refusal>,
    /// Someone is signed in, and may want to sign out.
    signed: bool,
}

const REDIRECT: HeaderName = HeaderName::from_static("hx-redirect");

/// Everything comes from here: no inline script or style, no other host, no frame around us. Pictures may also
/// come from the host of a map's tiles, where one is named.
fn policy(tile_url: Option<&str>) -> HeaderValue {
    let tiles = tile_url.map(tile_host).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{tiles}; font-src 'self'; media-src 'self'; \
         connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

/// Where tiles come from: ` https://*.tiles.example.com`.
fn tile_host(url: &str) -> String {
    let begin = url.find("://").map_or(0, |at| at + 3);
    let end = url[begin..].find('/').map_or(url.len(), |at| begin + at);
    let host = url[..end].replace("{s}", "*");
    let is_host = host
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || ":/.-*[]".contains(c));
    if is_host {
        format!(" {host}")
    } else {
        String::new()
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, refusal) = match self {
            Self::Status(status) => (status, None),
            Self::App(error) => match error {
                app::Error::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, None),
                app::Error::Refused(refusal) => (StatusCode::CONFLICT, Some(refusal)),
                app::Error::Missing => (StatusCode::NOT_FOUND, None),
                app::Error::Stale | app::Error::Replayed => (StatusCode::CONFLICT, None),
                app::Error::Busy(source) => {
                    tracing::warn!(error = %source, "the database is not there");
                    (StatusCode::SERVICE_UNAVAILABLE, None)
                }
                app::Error::NoStorage(source) => {
                    tracing::warn!(error = %source, "the storage is not there");
                    (StatusCode::SERVICE_UNAVAILABLE, None)
                }
                app::Error::Broken(source) => {
                    tracing::error!(error = %source, "a page broke");
                    (StatusCode::INTERNAL_SERVER_ERROR, None)
                }
            },
        };
        let told = Told {
            refusal,
            signed: false,
        };
        (status, axum::Extension(told)).into_response()
    }
}

/// What the panel's guard answers to whom it does not let in.
pub fn refuse(_: &web::State, request: &Request, denied: Denied) -> Response {
    match denied {
        Denied::SignedOut => {
            let next = match (request.method(), request.uri().path_and_query()) {
                (&Method::GET, Some(path)) if !wants_part(request.headers()) => path.as_str(),
                _ => "",
            };
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("next", next)
                .finish();
            send(request.headers(), &format!("/panel/login?{query}"))
        }
        Denied::MustChangePassword(_) => send(request.headers(), "/panel/password"),
        Denied::Forbidden(_) => {
            let told = Told {
                refusal: None,
                signed: true,
            };
            (StatusCode::FORBIDDEN, axum::Extension(told)).into_response()
        }
        Denied::Failed(error) => Failure::from(error).into_response(),
    }
}

/// Sends the browser elsewhere: all of it, even when only a part of the page was asked for.
pub fn send(headers: &HeaderMap, path: &str) -> Response {
    if !wants_part(headers) {
        return Redirect::to(path).into_response();
    }
    let mut response = StatusCode::UNAUTHORIZED.into_response();
    if let Ok(path) = HeaderValue::try_from(path) {
        response.headers_mut().insert(REDIRECT, path);
    }
    response
}

/// Puts the policy on every answer, draws the pages of those that failed, and forgets what was told.
pub async fn dress(State(state): State<web::State>, request: Request, next: Next) -> Response {
    let (headers, method) = (request.headers().clone(), request.method().clone());
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone());
    let run = AssertUnwindSafe(next.run(request)).catch_unwind();
    let mut response = run.await.unwrap_or_else(|_| {
        tracing::error!("a page panicked");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    });
    if is_bare(&response) {
        response = draw(&state, &headers, &response, id);
    }
    let shown = method == Method::GET && response.status() == StatusCode::OK && !wants_part(&headers);
    if shown && is_html(&response) && flash::is_waiting(&headers) {
        flash::forget(&mut response);
    }
    if state.app.config.server.is_https() {
        secure(response.headers_mut());
    }
    let on = response.headers_mut();
    // A file that people sent has a stricter one of its own.
    on.entry("content-security-policy")
        .or_insert_with(|| policy(state.app.settings().map.tile_url.as_deref()));
    on.entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    // A page and its part share an address.
    on.append("vary", HeaderValue::from_static("hx-request"));
    response
}

/// Where the panel is reached by https, none of its cookies goes over anything else.
fn secure(headers: &mut HeaderMap) {
    let cookies: Vec<HeaderValue> = headers.get_all(SET_COOKIE).iter().cloned().collect();
    headers.remove(SET_COOKIE);
    for cookie in cookies {
        let safe = match cookie.to_str() {
            Ok(text) if !text.contains("; Secure") => HeaderValue::try_from(format!("{text}; Secure")),
            _ => Ok(cookie.clone()),
        };
        headers.append(SET_COOKIE, safe.unwrap_or(cookie));
    }
}

/// An answer that failed and has no page yet.
fn is_bare(response: &Response) -> bool {
    let failed = response.status().is_client_error() || response.status().is_server_error();
    failed && !is_html(response) && !response.headers().contains_key(REDIRECT)
}

fn is_html(response: &Response) -> bool {
    let kind = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

fn draw(state: &web::State, headers: &HeaderMap, bare: &Response, id: Option<String>) -> Response {
    let status = bare.status();
    let told = bare.extensions().get::<Told>().cloned();
    let shell = outside(state, Preferences::of(headers), None, "/panel");
    let locale = shell.locale;
    let mut trouble = Trouble::of(status);
    if let Some(told) = told {
        trouble.detail = told.refusal.map(|refusal| problem::refusal(locale, &refusal));
        trouble.may_sign_out = told.signed;
    }
    trouble.request_id = id;
    let page = TroublePage { shell, trouble };
    let mut drawn = if wants_part(headers) {
        page_with(status, &page.as_trouble(), locale)
    } else {
        page_with(status, &page, locale)
    };
    for (name, value) in bare.headers() {
        // The length and the kind were the bare answer's.
        if name == "retry-after" || name == "allow" || name == LOCATION {
            drawn.headers_mut().insert(name, value.clone());
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use axum::http::header::SET_COOKIE;

    use crate::web::panel::answer::{policy, secure};

    #[test]
    fn every_cookie_is_secure_once() {
        let mut headers = HeaderMap::new();
        for cookie in ["told=YQ; Path=/panel", "__Host-sid=x; Path=/; Secure"] {
            headers.append(SET_COOKIE, cookie.parse().unwrap());
        }
        secure(&mut headers);
        let all: Vec<_> = headers.get_all(SET_COOKIE).iter().collect();
        assert_eq!(
            all,
            ["told=YQ; Path=/panel; Secure", "__Host-sid=x; Path=/; Secure"]
        );
    }

    fn pictures(tile_url: Option<&str>) -> String {
        let policy = policy(tile_url);
        let mut parts = policy.to_str().unwrap().split("; ");
        parts.find(|part| part.starts_with("img-src")).unwrap().to_owned()
    }

    #[test]
    fn pictures_come_from_here_and_from_the_named_tiles_alone() {
        assert_eq!(pictures(None), "img-src 'self' data:");
        assert_eq!(
            pictures(Some("https://tiles.example.com:8443/osm/{z}/{x}/{y}.png?key=1")),
            "img-src 'self' data: https://tiles.example.com:8443"
        );
        assert_eq!(
            pictures(Some("https://{s}.tile.example.com/{z}/{x}/{y}.png")),
            "img-src 'self' data: https://*.tile.example.com"
        );
        assert_eq!(
            pictures(Some("https://a.example; script-src *//{z}/{x}/{y}")),
            "img-src 'self' data:"
        );
    }
}
