//! `/r/{token}`: stars for a ticket, from whoever has its address. Looking changes nothing; only the form does.

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::calendar::Zone;
use domain::invalid::Invalid;
use domain::person::Locale;
use serde::Deserialize;

use crate::app::ratings::{self, Answer, Page};
use crate::app::{Error, Refusal};
use crate::web;
use crate::web::panel::filters;
use crate::web::panel::page::page_with;
use crate::web::public::link::{Failed, Told, closed, follow, language, other};
use crate::web::session::Caller;
use crate::web::words::about;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `id` or `en`; without it the customer's own language.
    lang: Option<String>,
    /// What was sent was taken: say so.
    done: Option<String>,
}

/// What the form sends; what is not chosen is not there.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    technician_stars: Option<i32>,
    cs_stars: Option<i32>,
    comment: Option<String>,
}

#[derive(Template)]
#[template(path = "public/rating.html")]
struct RatingPage {
    locale: Locale,
    other: Locale,
    page: Page,
    date: String,
    until: Option<String>,
    subjects: Vec<Subject>,
    comment: String,
    done: bool,
    /// What is wrong with the form, in words.
    wrong: Option<String>,
    /// To send along with the form, so that the answer is in the same language.
    lang: &'static str,
}

/// Who is rated on this page.
struct Subject {
    field: &'static str,
    question: String,
    given: Option<u8>,
    choices: [Choice; 5],
}

/// So many stars.
struct Choice {
    stars: u8,
    chosen: bool,
}

impl Subject {
    fn new(field: &'static str, question: String, given: Option<u8>) -> Self {
        let choice = |stars| Choice {
            stars,
            chosen: given == Some(stars),
        };
        Self {
            field,
            question,
            given,
            choices: [1, 2, 3, 4, 5].map(choice),
        }
    }
}

const TOLD: Told = Told {
    unknown: ["rate-unknown", "rate-unknown-text"],
    slow: ["rate-slow", "rate-slow-text"],
    later: ["rate-later", "rate-later-text"],
};

/// Shows what may be given, or was.
pub async fn show(
    State(state): State<web::State>,
    caller: Caller,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    match find(&state, &caller, &token).await {
        Ok(page) => drawn(&state, StatusCode::OK, page, &asked, &Sent::default(), None),
        Err(error) => failed(&state, &asked, error),
    }
}

/// Takes the form, and leads back to the page.
pub async fn take(
    State(state): State<web::State>,
    caller: Caller,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
    sent: Result<Form<Sent>, FormRejection>,
) -> Response {
    let page = match find(&state, &caller, &token).await {
        Ok(page) => page,
        Err(error) => return failed(&state, &asked, error),
    };
    let Ok(Form(sent)) = sent else {
        let wrong = Some("rate-unreadable".to_owned());
        return drawn(
            &state,
            StatusCode::BAD_REQUEST,
            page,
            &asked,
            &Sent::default(),
            wrong,
        );
    };
    let answer = Answer {
        technician_stars: sent.technician_stars,
        cs_stars: sent.cs_stars,
        comment: sent.comment.clone(),
    };
    match ratings::rate_by_token(&state.app, &token, answer).await {
        Ok(_) => {
            let lang = asked
                .lang
                .as_deref()
                .map_or("", |lang| if lang == "en" { "&lang=en" } else { "&lang=id" });
            Redirect::to(&format!("/r/{token}?done=1{lang}")).into_response()
        }
        Err(Error::Invalid(invalid)) => {
            let wrong = Some(wrong(&invalid).to_owned());
            drawn(
                &state,
                StatusCode::UNPROCESSABLE_ENTITY,
                page,
                &asked,
                &sent,
                wrong,
            )
        }
        // It was closed while the form lay open: the page says how it stands.
        Err(Error::Refused(Refusal::NotNow)) => match find(&state, &caller, &token).await {
            Ok(page) => drawn(&state, StatusCode::CONFLICT, page, &asked, &Sent::default(), None),
            Err(error) => failed(&state, &asked, error),
        },
        Err(error) => failed(&state, &asked, error),
    }
}

/// The page of a token.
async fn find(state: &web::State, caller: &Caller, token: &str) -> Result<Page, Failed> {
    let look = async |token: &str| ratings::by_token(&state.app, token).await;
    follow(state, caller, token, look).await
}

/// The words of what is wrong; a form of stars has few ways to be.
fn wrong(invalid: &Invalid) -> &'static str {
    let about_comment = invalid.0.iter().any(|(field, _)| *field == "comment");
    if about_comment {
        "rate-comment-wrong"
    } else {
        "rate-stars-wrong"
    }
}

fn drawn(
    state: &web::State,
    status: StatusCode,
    page: Page,
    asked: &Asked,
    sent: &Sent,
    wrong: Option<String>,
) -> Response {
    let locale = asked.lang.as_deref().and_then(language).unwrap_or(page.locale);
    let zone = state.app.zone();
    let given =
        |sent: Option<i32>, kept: Option<u8>| sent.and_then(|stars| u8::try_from(stars).ok()).or(kept);
    let mut subjects = Vec::new();
    if let Some(name) = &page.technician {
        subjects.push(Subject::new(
            "technician_stars",
            about(locale, "rate-technician", name),
            given(sent.technician_stars, page.technician_stars),
        ));
    }
    subjects.push(Subject::new(
        "cs_stars",
        about(locale, "rate-office", &page.company),
        given(sent.cs_stars, page.cs_stars),
    ));
    let was_given = page.technician_stars.is_some() || page.cs_stars.is_some();
    let until = page.changeable_until.filter(|_| page.open && was_given);
    let until = until.map(|at| format!("{}, {}", Zone::day(zone.date(at), locale), zone.clock(at, locale)));
    let template = RatingPage {
        locale,
        other: other(locale),
        date: Zone::day(page.visit_date, locale),
        until,
        subjects,
        comment: sent
            .comment
            .clone()
            .or_else(|| page.comment.clone())
            .unwrap_or_default(),
        done: asked.done.is_some() && was_given,
        wrong,
        lang: locale.as_str(),
        page,
    };
    page_with(status, &template, locale)
}

fn failed(state: &web::State, asked: &Asked, error: impl Into<Failed>) -> Response {
    closed(state, asked.lang.as_deref(), TOLD, error)
}
