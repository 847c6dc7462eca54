//! Every page renders in both languages, and no template falls back into what a strict policy or htmx 4 would ignore.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use askama::Template;
use axum::http::StatusCode;
use domain::invoice::State as Standing;
use domain::person::{Locale, Role};
use domain::ticket::Status;

use crate::web::panel::door::{LoginPage, PasswordPage, WorkPage};
use crate::web::panel::filters::In;
use crate::web::panel::form::Form;
use crate::web::panel::page::Pages;
use crate::web::panel::requests::Stage;
use crate::web::panel::samples::Samples;
use crate::web::panel::services::{Service, ServiceForm, ServicesPage};
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::trouble::{Trouble, TroublePage};
use crate::web::panel::users::{Secret, SecretKind, Telegram, UserPage};
use crate::web::panel::when::Reader;

type Rendered = Vec<(&'static str, String)>;

fn render(template: &impl Template, locale: Locale) -> String {
    template.render_with_values(&In(locale)).expect("renders")
}

/// Every page, by name, as that reader sees it.
#[expect(clippy::too_many_lines, reason = "every screen, one after the other")]
fn pages(s: Samples) -> Rendered {
    let l = s.reader.locale;
    let door = |held| Shell {
        person: None,
        active: None,
        held,
        demo: true,
        ..s.shell(Place::Elsewhere)
    };
    let service = |name: &str, price: &str, active| Service {
        id: name.to_owned(),
        name: name.to_owned(),
        price: price.to_owned(),
        active,
    };
    let sales = Samples::user(4, "Maya Putri", Role::Sales, Telegram::Unreachable);
    let reset = Secret {
        kind: SecretKind::Password,
        value: "sawah-biru-42-kopi".to_owned(),
        expires: None,
    };
    let mut pages = vec![
        ("board", render(&s.board(), l)),
        ("board-empty", render(&s.empty_board(), l)),
        (
            "board-fragment",
            s.board().as_board().render_with_values(&In(l)).expect("renders"),
        ),
        ("ticket-open", render(&s.ticket(Status::Open), l)),
        ("ticket-assigned", render(&s.ticket(Status::Assigned), l)),
        ("ticket-in-progress", render(&s.ticket(Status::InProgress), l)),
        ("ticket-cancelled", render(&s.ticket(Status::Cancelled), l)),
        ("ticket-refused", render(&s.refused_ticket(), l)),
        ("ticket-done", render(&s.ticket(Status::Done), l)),
        ("ticket-upload-refused", render(&s.refused_upload(), l)),
        ("ticket-fragment", render(&s.ticket(Status::Done).as_ticket(), l)),
        ("ticket-new", render(&s.ticket_form(), l)),
        ("ticket-new-wrong", render(&s.wrong_ticket_form(), l)),
        (
            "schedule-fragment",
            s.ticket_form()
                .as_schedule()
                .render_with_values(&In(l))
                .expect("renders"),
        ),
        ("letter-travel", render(&s.letter_form(), l)),
        ("letter-bast-wrong", render(&s.wrong_letter_form(), l)),
        ("tickets", render(&s.tickets(), l)),
        ("customers", render(&s.customers(), l)),
        ("customer", render(&s.customer_page(), l)),
        ("import", render(&s.import_page(), l)),
        ("import-looked", render(&s.sheets()[0], l)),
        ("import-saving", render(&s.sheets()[1], l)),
        ("import-saved", render(&s.sheets()[2], l)),
        ("customer-new", render(&s.customer_form(), l)),
        ("requests", render(&s.requests(), l)),
        ("requests-none", render(&s.no_requests(), l)),
        ("request-new", render(&s.request_page(45, Stage::New), l)),
        ("request-unknown", render(&s.request_page(3, Stage::New), l)),
        (
            "request-accepted",
            render(&s.request_page(46, Stage::Accepted), l),
        ),
        ("request-refused", render(&s.refused_request(), l)),
        ("invoices", render(&s.invoices(), l)),
        ("invoices-none", render(&s.no_invoices(), l)),
        ("inv-draft", render(&s.invoice(Standing::Draft), l)),
        ("invoice-draft-wrong", render(&s.wrong_invoice(), l)),
        ("inv-overtaken", render(&s.overtaken_invoice(), l)),
        ("inv-submitted", render(&s.invoice(Standing::Submitted), l)),
        ("inv-approved", render(&s.invoice(Standing::Approved), l)),
        ("inv-sent", render(&s.invoice(Standing::Sent), l)),
        ("invoice-payment-refused", render(&s.refused_payment(), l)),
        ("inv-paid", render(&s.invoice(Standing::Paid), l)),
        ("inv-void", render(&s.invoice(Standing::Void), l)),
        (
            "invoice-fragment",
            s.invoice(Standing::Draft)
                .as_invoice()
                .render_with_values(&In(l))
                .expect("renders"),
        ),
        (
            "invoice-lines-fragment",
            Samples::draft_part()
                .as_lines()
                .render_with_values(&In(l))
                .expect("renders"),
        ),
        (
            "invoice-sums-fragment",
            Samples::draft_part()
                .as_sums()
                .render_with_values(&In(l))
                .expect("renders"),
        ),
        ("ratings", render(&s.ratings(), l)),
        ("audit", render(&s.audit(), l)),
        ("audit-none", render(&s.no_audit(), l)),
        ("ratings-none", render(&s.no_ratings(), l)),
        (
            "services",
            render(
                &ServicesPage {
                    shell: s.shell(Place::Services),
                    services: vec![
                        service("Perbaikan fiber", "Rp150.000", true),
                        service("Servis AC", "Rp95.000", false),
                    ],
                    pages: Pages::default(),
                },
                l,
            ),
        ),
        (
            "services-empty",
            render(
                &ServicesPage {
                    shell: s.shell(Place::Services),
                    services: vec![],
                    pages: Pages::default(),
                },
                l,
            ),
        ),
        (
            "service-new",
            render(
                &ServiceForm {
                    shell: s.shell(Place::Services),
                    form: Form::filled([("active", "true")]),
                    editing: None,
                },
                l,
            ),
        ),
        ("users", render(&s.users(), l)),
        ("user", render(&s.user_page(), l)),
        (
            "user-sales",
            render(
                &UserPage {
                    user: sales,
                    secret: Some(reset),
                    ..s.user_page()
                },
                l,
            ),
        ),
        ("user-new", render(&s.user_form(), l)),
        ("settings", render(&s.settings(), l)),
        ("calendar", render(&s.calendar(), l)),
        ("held", render(&s.held(true), l)),
        ("held-none", render(&s.held(false), l)),
        (
            "login",
            render(
                &LoginPage {
                    shell: door(0),
                    form: Form::default(),
                    next: String::new(),
                },
                l,
            ),
        ),
        (
            "login-refused",
            render(
                &LoginPage {
                    shell: door(0),
                    form: Form::filled([("username", "rina")])
                        .refused(crate::web::words::word(l, "sign-in-refused")),
                    next: String::new(),
                },
                l,
            ),
        ),
        (
            "password",
            render(
                &PasswordPage {
                    shell: door(0),
                    form: Form::default(),
                    forced: true,
                },
                l,
            ),
        ),
        (
            "work",
            render(
                &WorkPage {
                    shell: door(0),
                    name: "Budi".to_owned(),
                    text: "work-text-technician",
                    link: Some("https://t.me/tanggap_bot".to_owned()),
                    linked: false,
                },
                l,
            ),
        ),
    ];
    for (name, code) in [
        ("trouble-403", 403),
        ("trouble-404", 404),
        ("trouble-409", 409),
        ("trouble-422", 422),
        ("trouble-429", 429),
        ("trouble-500", 500),
        ("trouble-503", 503),
    ] {
        let status = StatusCode::from_u16(code).expect("a status");
        pages.push((
            name,
            render(
                &TroublePage {
                    shell: door(0),
                    trouble: Trouble::of(status),
                },
                l,
            ),
        ));
    }
    pages
}

#[test]
fn every_page_renders_in_both_languages_with_every_word() {
    // What was rendered stays in target/panel, to be looked at in a browser.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/panel");
    std::fs::create_dir_all(&folder).expect("a folder");
    for locale in Locale::ALL {
        for (name, html) in pages(Samples::read_in(locale)) {
            std::fs::write(folder.join(format!("{name}.{}.html", locale.as_str())), &html).expect("written");
            for missing in ["Unknown localization", "{ $", "{$"] {
                let is_whole = !html.contains(missing);
                assert!(is_whole, "{name} in {locale:?}: {}", around(&html, missing));
            }
        }
    }
}

#[test]
fn ids_on_a_page_are_there_once() {
    for (name, html) in pages(Samples::read_in(Locale::Id)) {
        let mut seen = BTreeSet::new();
        for id in html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(seen.insert(id), "{name} has two of #{id}");
        }
        for target in html
            .split("popovertarget=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(
                seen.contains(target),
                "{name} opens #{target}, which is not there"
            );
        }
    }
}

#[test]
fn templates_keep_to_htmx_4_and_to_the_content_policy() {
    // Each fails silently: htmx 4 ignores what htmx 2 knew, and the policy blocks what is inline.
    const FORBIDDEN: &[&str] = &[
        "hx-ext",
        "sse-swap",
        "sse-connect=\"",
        "hx-disabled-elt",
        "hx-vars",
        "hx-on",
        "js:",
        "javascript:",
        " style=",
        "<style",
        "onclick=",
        "onchange=",
        "onsubmit=",
        "hx-request=",
        "hx-prompt",
        "hx-disinherit",
        "htmx:after",
        "htmx:before",
        "http://",
    ];
    for (path, text) in templates() {
        for habit in FORBIDDEN {
            let found = text.replace("hx-sse:connect=\"", "").contains(habit);
            assert!(!found, "{}: {habit}", path.display());
        }
        for script in text.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains("src="), "{}: an inline script", path.display());
        }
        // A trigger's filter in brackets is evaluated as a script, which the policy blocks.
        for trigger in text.split("hx-trigger=\"").skip(1) {
            assert!(
                !trigger.split('"').next().unwrap_or_default().contains('['),
                "{}: a trigger with a filter",
                path.display()
            );
        }
    }
}

#[test]
fn every_word_of_the_panel_is_in_both_languages_and_used() {
    let indonesian = keys(include_str!("../../../locales/id/panel.ftl"));
    let english = keys(include_str!("../../../locales/en/panel.ftl"));
    assert_eq!(indonesian, english, "the languages differ");
    let mut sources: String = templates().into_iter().map(|(_, text)| text).collect();
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), "rs") {
        sources.push_str(&std::fs::read_to_string(file).expect("readable"));
    }
    let unused: Vec<_> = indonesian
        .iter()
        .filter(|key| !sources.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

#[test]
fn moments_are_short_on_the_page_and_whole_on_hover() {
    let id = Samples::read_in(Locale::Id).reader;
    let en = Samples::read_in(Locale::En).reader;
    let at = |text: &str| text.parse().expect("a moment");
    assert_eq!(id.clock(at("2026-11-23T07:05:00Z")).short, "14.05 WIB");
    assert_eq!(en.clock(at("2026-11-23T07:05:00Z")).short, "14:05 WIB");
    assert_eq!(
        id.clock(at("2026-11-22T07:05:00Z")).short,
        "Min, 22 Nov, 14.05 WIB"
    );
    assert_eq!(
        id.clock(at("2026-11-22T07:05:00Z")).full,
        "Minggu, 22 November 2026, 14.05 WIB"
    );
    let age = |reader: &Reader, text: &str| reader.age(at(text)).short;
    assert_eq!(age(&id, "2026-11-23T03:19:30Z"), "baru saja");
    assert_eq!(age(&id, "2026-11-23T02:45:00Z"), "35 mnt");
    assert_eq!(age(&id, "2026-11-23T01:20:00Z"), "2 jam");
    assert_eq!(age(&en, "2026-11-21T01:20:00Z"), "2 days");
    assert_eq!(age(&id, "2026-11-24T01:20:00Z"), "baru saja");
    assert_eq!(id.day("2026-11-24".parse().expect("a date")), "Besok");
    assert_eq!(en.day("2026-11-26".parse().expect("a date")), "Thu, 26 Nov");
    assert_eq!(en.day("2027-01-02".parse().expect("a date")), "2 Jan 2027");
}

fn around<'a>(html: &'a str, what: &'a str) -> &'a str {
    let at = html.find(what).unwrap_or_default();
    let end = html.len().min(at + 120);
    html.get(at..end).unwrap_or(what)
}

fn keys(ftl: &str) -> BTreeSet<&str> {
    ftl.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split(" =").next())
        .collect()
}

fn templates() -> Vec<(PathBuf, String)> {
    let all = files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/templates"),
        "html",
    );
    assert!(all.len() > 15, "the templates are elsewhere");
    all.into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("readable");
            (path, text)
        })
        .collect()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found
}
