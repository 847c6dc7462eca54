//! Every problem has its words in every language, and nothing escapes as anything else.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use axum::middleware;
use axum::response::Response;
use axum::routing::get;
use chrono::NaiveDate;
use domain::ids::UserId;
use domain::invalid::{Fault, Invalid};
use domain::person::Locale;
use domain::ticket::Status;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::app::{Error, Refusal};
use crate::web::envelope::PATIENCE;
use crate::web::problem::{KINDS, Problem, refusal, speak};

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn refusals() -> Vec<Refusal> {
    let name = || "Budi".to_owned();
    vec![
        Refusal::QuotaExhausted {
            date: date(22),
            next: vec![date(24), date(25)],
        },
        Refusal::QuotaExhausted {
            date: date(22),
            next: Vec::new(),
        },
        Refusal::OwnQuotaFull {
            id: UserId(1),
            name: name(),
            used: 1000,
            quota: 1000,
            date: date(22),
        },
        Refusal::WrongState {
            now: Status::InProgress,
        },
        Refusal::AlreadyTaken { by: name() },
        Refusal::Excluded { name: name() },
        Refusal::NotAvailable { name: name() },
        Refusal::LastAdmin,
        Refusal::HasLiveJobs { name: name() },
        Refusal::HasLiveTickets,
        Refusal::AlertOver {
            by: Some(name()),
            at: chrono::DateTime::UNIX_EPOCH,
            zone: "Asia/Jakarta".parse().expect("a zone"),
        },
        Refusal::AlertOver {
            by: None,
            at: chrono::DateTime::UNIX_EPOCH,
            zone: "Asia/Jakarta".parse().expect("a zone"),
        },
        Refusal::NotNow,
        Refusal::NoTelegram,
        Refusal::TelegramSilent,
        Refusal::FileTooLarge,
        Refusal::FileUnknown,
        Refusal::FileNotAPhoto,
    ]
}

fn problems() -> Vec<Problem> {
    let all = Fault::ALL.map(|fault| ("field", fault)).to_vec();
    let mut problems = vec![
        Problem::Unauthenticated,
        Problem::SignIn,
        Problem::Forbidden,
        Problem::MustChangePassword,
        Problem::NotFound,
        Problem::Method(Method::PUT),
        Problem::field("name", Fault::Required),
        Invalid(all).into(),
        Problem::NotJson { line: 1, column: 2 },
        Problem::CutShort,
        Problem::TooLarge,
        Problem::UnsupportedMedia,
        Problem::NotMultipart,
        Problem::TooManyRequests(181),
        Problem::Stale,
        Problem::IdempotencyMismatch,
        Problem::UnderWay,
        Problem::ShownOnce,
        Problem::Unavailable,
        Problem::NoStorage,
        Problem::TimedOut,
        Problem::Internal,
    ];
    problems.extend(refusals().into_iter().map(Problem::Refused));
    problems
}

#[test]
fn every_problem_has_its_words_in_every_language() {
    for problem in problems() {
        let told = Locale::ALL.map(|locale| problem.view(locale, "r-1", "/api/v1/x"));
        for view in &told {
            assert!(KINDS.contains(&view.kind), "{problem:?}");
            assert!((400..=599).contains(&view.status), "{problem:?}");
            let errors = view.errors.iter().map(|error| &error.detail);
            for text in [&view.title, &view.detail].into_iter().chain(errors) {
                let broken = text.is_empty()
                    || text.contains("Unknown localization")
                    || text.contains(['{', '$', '\u{2068}']);
                assert!(!broken, "{problem:?}: {text}");
            }
        }
        assert_ne!(told[0].detail, told[1].detail, "{problem:?}");
    }
    let told: Vec<&str> = problems().iter().map(Problem::kind).collect();
    for kind in KINDS {
        assert!(told.contains(&kind), "{kind} is never told");
    }
}

#[test]
fn refusals_name_their_facts() {
    let told = |locale| {
        refusals()
            .iter()
            .map(|why| refusal(locale, why))
            .collect::<Vec<_>>()
    };
    let (id, en) = (told(Locale::Id), told(Locale::En));
    assert!(
        id[0].contains("Selasa, 24 November 2026; Rabu, 25 November 2026"),
        "{}",
        id[0]
    );
    assert!(en[0].contains("Tuesday, 24 November 2026"), "{}", en[0]);
    assert!(
        en[2].contains("Budi") && en[2].contains("1000 of 1000"),
        "{}",
        en[2]
    );
    assert!(id[3].contains("In-Progress"), "{}", id[3]);
    assert!(id[4].contains("Budi") && en[4].contains("Budi"));
}

async fn answered(path: &str) -> (Response, Value) {
    let routes = Router::new()
        .route("/panics", get(|| async { panic!("a bug") as &'static str }))
        .route("/waits", get(|| async { std::future::pending::<()>().await }))
        .route("/ends", get(|| async { Problem::from(Error::Missing) }))
        .route("/teapot", get(|| async { StatusCode::IM_A_TEAPOT }))
        .layer(middleware::from_fn(speak));
    let request = Request::get(path)
        .header("accept-language", "en")
        .body(Body::empty())
        .unwrap();
    let response = routes.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let body = serde_json::from_slice(&bytes).unwrap_or_default();
    (Response::from_parts(parts, Body::empty()), body)
}

#[tokio::test(start_paused = true)]
async fn panics_and_long_waits_are_problems_too() {
    let (response, problem) = answered("/panics").await;
    assert_eq!(response.status(), 500);
    assert_eq!(
        (&problem["type"], &problem["instance"]),
        (&json!("internal"), &json!("/panics"))
    );
    assert!(!problem.to_string().contains("a bug"), "{problem}");

    let begun = tokio::time::Instant::now();
    let (response, problem) = answered("/waits").await;
    assert_eq!(
        (response.status(), &problem["type"]),
        (StatusCode::SERVICE_UNAVAILABLE, &json!("unavailable"))
    );
    assert!(response.headers().contains_key("retry-after"));
    assert!(begun.elapsed() >= PATIENCE);
}

#[tokio::test]
async fn problems_are_written_and_other_answers_left_alone() {
    let (response, problem) = answered("/ends").await;
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert_eq!(
        (response.status(), &problem["title"]),
        (StatusCode::NOT_FOUND, &json!("Not found"))
    );
    let (response, problem) = answered("/teapot").await;
    assert_eq!(
        (response.status(), problem),
        (StatusCode::IM_A_TEAPOT, Value::Null)
    );
}
