//! `/v/{token}`: whether the letter in somebody's hand is worth what it says. It names no person.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::calendar::Zone;
use domain::document::Kind;
use domain::letter::Standing;
use domain::person::Locale;
use serde::Deserialize;

use crate::app::documents::{self, Verified};
use crate::web;
use crate::web::panel::filters;
use crate::web::panel::page::page_with;
use crate::web::public::link::{Told, closed, follow, language, other};
use crate::web::session::Caller;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `id` or `en`; without it the company's language.
    lang: Option<String>,
}

#[derive(Template)]
#[template(path = "public/letter.html")]
struct LetterPage {
    locale: Locale,
    other: Locale,
    letter: Verified,
    issued: String,
    until: Option<String>,
    ended: Option<String>,
}

const TOLD: Told = Told {
    unknown: ["verify-unknown", "verify-unknown-text"],
    slow: ["rate-slow", "verify-slow-text"],
    later: ["rate-later", "verify-later-text"],
};

impl LetterPage {
    /// How the answer looks: its class, and the text keys of what it says.
    const fn answer(&self) -> [&'static str; 3] {
        match self.letter.standing {
            Standing::Valid => ["good", "verify-valid", "verify-valid-text"],
            Standing::Lapsed => ["wait", "verify-lapsed", "verify-lapsed-text"],
            Standing::Replaced => ["wait", "verify-replaced", "verify-replaced-text"],
            Standing::Revoked => ["bad", "verify-revoked", "verify-revoked-text"],
        }
    }

    /// The text key of what kind of letter it is.
    const fn kind(&self) -> &'static str {
        match self.letter.kind {
            Kind::TravelLetter => "verify-travel",
            Kind::BastForm => "verify-bast",
            _ => "verify-assignment",
        }
    }
}

/// Says whether a letter is valid. Who asks about too many that were never drawn has to wait.
pub async fn show(
    State(state): State<web::State>,
    caller: Caller,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let look = async |token: &str| documents::verify(&state.app, token).await;
    let letter = match follow(&state, &caller, &token, look).await {
        Ok(letter) => letter,
        Err(error) => return closed(&state, asked.lang.as_deref(), TOLD, error),
    };
    let own = state.app.settings().company.locale;
    let locale = asked.lang.as_deref().and_then(language).unwrap_or(own);
    let day = |date| Zone::day(date, locale);
    let page = LetterPage {
        locale,
        other: other(locale),
        issued: day(letter.issued_on),
        until: letter.valid_until.map(day),
        ended: letter.ended_on.map(day),
        letter,
    };
    page_with(StatusCode::OK, &page, locale)
}
