//! `/i/{token}`: what a customer owes, for what, and how to pay it. Looking changes nothing; before the last digits of
//! the phone are told nothing of the customer is shown.

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, Query, Request, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use domain::calendar::Zone;
use domain::ids::InvoiceId;
use domain::money::Rupiah;
use domain::person::Locale;
use domain::terbilang;
use serde::Deserialize;

use crate::app::invoices::{self, Bill, Link, Page, REMEMBERED};
use crate::app::{Error, Refusal};
use crate::web;
use crate::web::file::{self, Showing};
use crate::web::panel::filters;
use crate::web::panel::page::page_with;
use crate::web::problem::Problem;
use crate::web::public::link::{Failed, Told, closed, follow, language, other};
use crate::web::session::Caller;

const TOLD: Told = Told {
    unknown: ["invoice-unknown", "invoice-unknown-text"],
    slow: ["rate-slow", "rate-slow-text"],
    later: ["rate-later", "invoice-later-text"],
};

const REPLACED: [&str; 2] = ["invoice-replaced", "invoice-replaced-text"];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `id` or `en`; without it the customer's own language.
    lang: Option<String>,
    /// A proof was taken: say so.
    sent: Option<String>,
}

/// What the closed page asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Digits {
    digits: String,
}

#[derive(Template)]
#[template(path = "public/digits.html")]
struct DigitsPage<'p> {
    locale: Locale,
    other: Locale,
    company: &'p str,
    /// What is wrong, in words.
    wrong: Option<&'static str>,
    /// Minutes to wait before the next try.
    wait: Option<i64>,
}

#[derive(Template)]
#[template(path = "public/invoice.html")]
struct InvoicePage<'p> {
    locale: Locale,
    other: Locale,
    bill: &'p Bill,
    /// `paid`, `overdue`, `part` or `open`.
    standing: &'static str,
    issued: String,
    due: Option<String>,
    lines: Vec<Row>,
    words: String,
    /// The code's dark modules, as the path of an SVG.
    code: String,
    /// Where the PDF is.
    paper: String,
    /// Where proofs go to.
    action: String,
    sent: bool,
    wrong: Option<&'static str>,
}

/// One line, ready to be read.
struct Row {
    what: String,
    /// `2 unit × Rp350.000`.
    how: String,
    amount: Rupiah,
}

/// Shows the page, or asks for the digits.
pub async fn show(
    State(state): State<web::State>,
    caller: Caller,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let now = state.app.now();
    let (token, is_paper) = match token.strip_suffix(".pdf") {
        Some(token) => (token.to_owned(), true),
        None => (token, false),
    };
    match find(&state, &caller, &token).await {
        Ok(page) => match page.open(pass_of(page.id, &headers).as_deref(), now) {
            Some(_) if is_paper => paper(&state, &page, &asked, &headers).await,
            Some(bill) => {
                let view = View::new(&page, &asked, &token);
                view.drawn(bill, StatusCode::OK, None)
            }
            // The form that is shown leads to the page, which leads to the paper.
            None if is_paper => Redirect::to(&address(&token, &asked, "")).into_response(),
            None => ask(&page, &asked, StatusCode::OK, None, None),
        },
        Err(error) => failed(&state, &asked, error),
    }
}

/// The PDF, for whoever may see the page.
async fn paper(state: &web::State, page: &Page, asked: &Asked, headers: &HeaderMap) -> Response {
    match invoices::paper(&state.app, page.id, locale_of(page, asked)).await {
        Ok(content) => file::sent(content, Showing::Never, headers),
        Err(error) => failed(state, asked, error),
    }
}

/// Takes the digits; whoever knows them is remembered for some hours.
pub async fn unlock(
    State(state): State<web::State>,
    caller: Caller,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
    told: Result<Form<Digits>, FormRejection>,
) -> Response {
    let page = match find(&state, &caller, &token).await {
        Ok(page) => page,
        Err(error) => return failed(&state, &asked, error),
    };
    let digits = told.map(|Form(told)| told.digits).unwrap_or_default();
    let (key, now) = (page.id.0, state.app.now());
    if let Some(wait) = state.throttles.wait_for_digits(key, now) {
        let minutes = (wait.num_seconds() + 59) / 60;
        return ask(&page, &asked, StatusCode::TOO_MANY_REQUESTS, None, Some(minutes));
    }
    if !page.opens(&digits) {
        state.throttles.failed_digits(key, now);
        let wrong = Some("invoice-digits-wrong");
        return ask(&page, &asked, StatusCode::UNPROCESSABLE_ENTITY, wrong, None);
    }
    let mut response = Redirect::to(&address(&token, &asked, "")).into_response();
    if let Ok(cookie) = HeaderValue::try_from(remembering(&state, &page, now)) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// Takes a proof of payment, and leads back to the page.
pub async fn prove(
    State(state): State<web::State>,
    caller: Caller,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Response {
    let now = state.app.now();
    let pass = |page: &Page, headers: &HeaderMap| pass_of(page.id, headers);
    let page = match find(&state, &caller, &token).await {
        Ok(page) => page,
        Err(error) => return failed(&state, &asked, error),
    };
    // Before the body is read.
    let pass = pass(&page, request.headers());
    let Some(bill) = page.open(pass.as_deref(), now) else {
        return ask(&page, &asked, StatusCode::FORBIDDEN, None, None);
    };
    let told = match taken(&state, page.id, request).await {
        Ok(()) => return Redirect::to(&address(&token, &asked, "sent=1")).into_response(),
        Err(told) => told,
    };
    let view = View::new(&page, &asked, &token);
    match told {
        Untaken::Wrong(status, words) => view.drawn(bill, status, Some(words)),
        Untaken::Failed(error) => failed(&state, &asked, error),
    }
}

/// Why a proof was not taken.
enum Untaken {
    Wrong(StatusCode, &'static str),
    Failed(Error),
}

async fn taken(state: &web::State, id: InvoiceId, request: Request) -> Result<(), Untaken> {
    let wrong = |status, words| Err(Untaken::Wrong(status, words));
    let new = match file::form(request).await {
        Ok(new) => new,
        Err(Problem::TooLarge | Problem::Refused(Refusal::FileTooLarge)) => {
            return wrong(StatusCode::PAYLOAD_TOO_LARGE, "invoice-proof-large");
        }
        Err(_) => return wrong(StatusCode::BAD_REQUEST, "invoice-proof-cut"),
    };
    let Some(bytes) = new.bytes.filter(|bytes| !bytes.is_empty()) else {
        return wrong(StatusCode::UNPROCESSABLE_ENTITY, "invoice-proof-none");
    };
    match invoices::prove(&state.app, id, &new.filename, bytes).await {
        Ok(()) => Ok(()),
        Err(Error::Refused(Refusal::FileTooLarge)) => {
            wrong(StatusCode::PAYLOAD_TOO_LARGE, "invoice-proof-large")
        }
        Err(Error::Refused(Refusal::FileUnknown)) => {
            wrong(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invoice-proof-kind")
        }
        Err(Error::Refused(Refusal::NotNow)) => wrong(StatusCode::CONFLICT, "invoice-proof-enough"),
        Err(Error::Refused(_)) => wrong(StatusCode::CONFLICT, "invoice-proof-over"),
        Err(Error::Invalid(_)) => wrong(StatusCode::UNPROCESSABLE_ENTITY, "invoice-proof-cut"),
        Err(error) => Err(Untaken::Failed(error)),
    }
}

async fn find(state: &web::State, caller: &Caller, token: &str) -> Result<Page, Failed> {
    let look = async |token: &str| invoices::by_token(&state.app, token).await;
    match follow(state, caller, token, look).await? {
        Link::Page(page) => Ok(*page),
        Link::Replaced => Err(Failed::Replaced(REPLACED)),
    }
}

fn failed(state: &web::State, asked: &Asked, error: impl Into<Failed>) -> Response {
    closed(state, asked.lang.as_deref(), TOLD, error)
}

fn ask(
    page: &Page,
    asked: &Asked,
    status: StatusCode,
    wrong: Option<&'static str>,
    wait: Option<i64>,
) -> Response {
    let locale = locale_of(page, asked);
    let template = DigitsPage {
        locale,
        other: other(locale),
        company: &page.company,
        wrong,
        wait,
    };
    page_with(status, &template, locale)
}

/// How an open page is shown.
struct View {
    locale: Locale,
    paper: String,
    action: String,
    sent: bool,
}

impl View {
    fn new(page: &Page, asked: &Asked, token: &str) -> Self {
        let locale = locale_of(page, asked);
        Self {
            locale,
            paper: format!("/i/{token}.pdf?lang={}", locale.as_str()),
            action: format!("/i/{token}/proof?lang={}", locale.as_str()),
            sent: asked.sent.is_some(),
        }
    }

    fn drawn(self, bill: &Bill, status: StatusCode, wrong: Option<&'static str>) -> Response {
        let locale = self.locale;
        let row = |line: &domain::invoice::Line| Row {
            what: line.description.clone(),
            how: format!(
                "{} {} × {}",
                line.quantity.shown(locale),
                line.unit,
                line.unit_price
            ),
            amount: line.amount().unwrap_or(Rupiah(0)),
        };
        let standing = match bill {
            bill if bill.left == Rupiah(0) => "paid",
            bill if bill.is_overdue => "overdue",
            bill if bill.paid > Rupiah(0) => "part",
            _ => "open",
        };
        let template = InvoicePage {
            locale,
            other: other(locale),
            bill,
            standing,
            issued: Zone::day(bill.issued_on, locale),
            due: bill.due_on.map(|date| Zone::day(date, locale)),
            lines: bill.lines.iter().map(row).collect(),
            words: terbilang::words(bill.totals.total, locale),
            code: bill
                .qris
                .as_ref()
                .map_or_else(String::new, |qris| qris.code.path()),
            paper: self.paper,
            action: self.action,
            // What came is on the page already when the address is opened again later, and paid is paid.
            sent: self.sent && bill.proofs > 0 && bill.left > Rupiah(0),
            wrong,
        };
        page_with(status, &template, locale)
    }
}

fn locale_of(page: &Page, asked: &Asked) -> Locale {
    asked.lang.as_deref().and_then(language).unwrap_or(page.locale)
}

/// The page's address, in the language that was asked for.
fn address(token: &str, asked: &Asked, more: &str) -> String {
    let lang = asked.lang.as_deref().and_then(language);
    let lang = lang.map(|lang| format!("lang={}", lang.as_str()));
    let parts = [more.to_owned(), lang.unwrap_or_default()];
    let query: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    if query.is_empty() {
        return format!("/i/{token}");
    }
    format!("/i/{token}?{}", query.join("&"))
}

/// The cookie of one invoice: another's does not open it, and its own opens no other.
fn cookie_name(id: InvoiceId) -> String {
    format!("invoice-{id}")
}

fn remembering(state: &web::State, page: &Page, now: DateTime<Utc>) -> String {
    let secure = if state.app.config.server.is_https() {
        "; Secure"
    } else {
        ""
    };
    format!(
        "{}={}; HttpOnly; SameSite=Lax; Path=/i; Max-Age={}{secure}",
        cookie_name(page.id),
        page.pass(now + REMEMBERED),
        REMEMBERED.num_seconds()
    )
}

fn pass_of(id: InvoiceId, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(id);
    let values = headers.get_all(COOKIE).iter();
    let pairs = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'));
    let mut pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
    let found = pairs.find(|(found, _)| *found == name);
    found.map(|(_, value)| value.to_owned())
}
