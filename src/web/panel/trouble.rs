//! What the panel says when it cannot do what was asked.

use askama::Template;
use axum::http::StatusCode;

use crate::web::panel::filters;
use crate::web::panel::shell::Shell;

/// The whole page; with `as_trouble` the part that takes the place of a fragment.
#[derive(Template)]
#[template(path = "panel/trouble.html", blocks = ["trouble"])]
pub struct TroublePage {
    pub shell: Shell,
    pub trouble: Trouble,
}

/// What went wrong and what to do next.
#[derive(Debug, Clone)]
pub struct Trouble {
    pub status: u16,
    pub icon: &'static str,
    pub title: &'static str,
    pub text: &'static str,
    /// More, already in the reader's language.
    pub detail: Option<String>,
    pub href: String,
    pub verb: &'static str,
    /// Someone is signed in whose role does not reach here.
    pub may_sign_out: bool,
    /// To quote to whoever runs the server.
    pub request_id: Option<String>,
}

impl Trouble {
    /// The trouble of a status; those without words of their own are the server's.
    pub fn of(status: StatusCode) -> Self {
        let (icon, title, text) = match status {
            StatusCode::FORBIDDEN => ("lock", "trouble-forbidden", "trouble-forbidden-text"),
            StatusCode::NOT_FOUND => ("search", "trouble-not-found", "trouble-not-found-text"),
            StatusCode::CONFLICT => ("refresh-cw", "trouble-conflict", "trouble-conflict-text"),
            StatusCode::TOO_MANY_REQUESTS => ("hourglass", "trouble-busy", "trouble-busy-text"),
            StatusCode::SERVICE_UNAVAILABLE => {
                ("hourglass", "trouble-unavailable", "trouble-unavailable-text")
            }
            status if status.is_client_error() => {
                ("triangle-alert", "trouble-invalid", "trouble-invalid-text")
            }
            _ => ("triangle-alert", "trouble-internal", "trouble-internal-text"),
        };
        Self {
            status: status.as_u16(),
            icon,
            title,
            text,
            detail: None,
            href: "/panel".to_owned(),
            verb: "back-to-board",
            may_sign_out: false,
            request_id: None,
        }
    }
}
