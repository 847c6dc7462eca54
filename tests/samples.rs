//! The laws, tried on small bad houses: each finds exactly what is wrong, and nothing in a good one.

use crate::broken_laws;
use crate::locales::broken_texts;
use crate::source::Source;

const MANIFEST: &str = "[package]\n[[test]]\npath = \"tests/it/main.rs\"\n";

fn house(files: &[(&str, &str)]) -> Vec<Source> {
    let fixed = [
        ("Cargo.toml", MANIFEST),
        ("src/domain/Cargo.toml", "path = \"lib.rs\"\n"),
    ];
    let source = |(path, text): &(&str, &str)| Source {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    };
    fixed.iter().chain(files).map(source).collect()
}

/// What the laws say to a house whose `src/lib.rs` leads to `path`.
fn told(path: &str, text: &str) -> Vec<String> {
    let room = path
        .trim_start_matches("src/")
        .split('/')
        .next()
        .unwrap_or_default();
    let lib = format!("//! A house.\nmod {};\n", room.trim_end_matches(".rs"));
    let inside = path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".rs");
    let module = format!("//! A room.\nmod {inside};\n");
    let index = format!("src/{room}/mod.rs");
    let mut files = vec![("src/lib.rs", lib.as_str()), (path, text)];
    if path != index && path.contains(&format!("{room}/")) {
        files.push((index.as_str(), module.as_str()));
    }
    let breaches = broken_laws(&house(&files));
    let breaches = breaches.iter().map(ToString::to_string);
    breaches
        .filter(|line| !line.starts_with("ARCHITECTURE.md"))
        .collect()
}

#[track_caller]
fn one(path: &str, text: &str, expected: &str) {
    assert_eq!(told(path, text), [format!("{path}:{expected}")], "{text}");
}

#[test]
fn a_good_house_breaks_no_law() {
    let good = "//! Good.\nuse crate::store::{self, tickets::{Ticket, claim}};\nuse domain::ids::TicketId;\n\
        // super::bad, Utc::now(), sea_orm::Value\n/* axum::Router */\nconst A: &str = \"sea_orm::x \\\" Utc::now()\";\n\
        const B: &str = r#\"axum::Router \" \"#;\nfn c<'a>(d: &'a str) -> char { '\"' }\nfn e() { crate::clock::now(); }\n";
    assert_eq!(told("src/app/claim.rs", good), Vec::<String>::new());
    assert_eq!(
        told(
            "src/delivery/lane.rs",
            "//! Good.\nuse crate::store::{inbox, outbox::Row};\n"
        ),
        Vec::<String>::new()
    );
}

#[test]
fn a_forbidden_arrow_is_found_wherever_it_hides() {
    one(
        "src/web/board.rs",
        "//! Bad.\nuse crate::store::tickets;\n",
        "2: `web` may not name `store::tickets`",
    );
    one(
        "src/web/board.rs",
        "//! Bad.\nuse crate::{\n    app::x,\n    store::y,\n};\n",
        "2: `web` may not name `store::y`",
    );
    one(
        "src/web/board.rs",
        "//! Bad.\n\nfn f() {\n    let x = crate::telegram::send();\n}\n",
        "4: `web` may not name `telegram::send`",
    );
    one(
        "src/delivery/lane.rs",
        "//! Bad.\nuse crate::store::{inbox, tickets};\n",
        "2: `delivery` may not name `store::tickets`",
    );
    one(
        "src/store/rows.rs",
        "//! Bad.\nuse dialogues::say::Say;\n",
        "2: `store` may not name `dialogues::say`",
    );
    one(
        "src/cellar/wine.rs",
        "//! Bad.\nuse domain::ids;\n",
        "2: the room `cellar` is not on the map",
    );
}

#[test]
fn things_away_from_home_are_found() {
    one(
        "src/app/claim.rs",
        "//! Bad.\nuse sea_orm::Value;\n",
        "2: `sea_orm` lives in src/store/, not here",
    );
    one(
        "src/app/claim.rs",
        "//! Bad.\nfn f() {\n    chrono::Utc::now();\n}\n",
        "3: `Utc::now` lives in src/clock.rs, not here",
    );
    one(
        "src/app/claim.rs",
        "//! Bad.\nfn f() { tokio::spawn(g()); }\n",
        "2: `tokio::spawn` lives in src/runtime, not here",
    );
    one(
        "src/telegram/send.rs",
        "//! Bad.\nuse axum::Router;\n",
        "2: `axum` lives in src/web/, src/telegram/intake, src/whatsapp/intake, src/simulator/, src/runtime, not here",
    );
    one(
        "src/web/login.rs",
        "//! Bad.\nuse std::env;\nfn f() { env::var(\"X\"); }\n",
        "3: `env::var` lives in src/config/mod.rs, src/telemetry.rs, not here",
    );
}

#[test]
fn pure_crates_stay_pure() {
    let domain = |text| {
        let breaches = broken_laws(&house(&[("src/domain/lib.rs", text)]));
        breaches
            .iter()
            .map(ToString::to_string)
            .filter(|line| line.starts_with("src/"))
            .collect::<Vec<_>>()
    };
    assert_eq!(domain("//! Good.\nuse chrono::Utc;\n"), Vec::<String>::new());
    assert_eq!(
        domain("//! Bad.\nuse std::fs;\n"),
        ["src/domain/lib.rs:2: a pure crate does not name `std::fs`"]
    );
    assert_eq!(
        domain("//! Bad.\nasync fn f() {}\n"),
        ["src/domain/lib.rs:2: a pure crate does not name `async`"]
    );
    assert_eq!(
        domain("//! Bad.\nuse dialogues::say;\n"),
        ["src/domain/lib.rs:2: a pure crate does not name `dialogues::say`"]
    );
}

#[test]
fn bad_form_is_found() {
    one(
        "src/app/claim.rs",
        "use std::fmt;\n",
        "1: a file opens with one `//!` sentence",
    );
    one(
        "src/app/utils.rs",
        "//! Bad.\n",
        "1: `utils` says nothing: name the noun",
    );
    one(
        "src/app/claim.rs",
        "//! Bad.\nuse super::x;\n",
        "2: write `crate::`, never `super::`",
    );
    one(
        "src/app/claim.rs",
        "//! Bad.\n#[ allow(dead_code) ]\nfn f() {}\n",
        "2: write `#[expect(…, reason = …)]`, never `#[allow]`",
    );
    one(
        "src/app/claim.rs",
        "//! Bad.\npub use crate::app::ticket::*;\n",
        "2: a `pub use …::*` hides what is public",
    );
    one(
        "src/app/claim.rs",
        "//! Bad.\n#[test]\n#[ignore]\nfn f() {}\n",
        "3: a test that is not run shows nothing",
    );
    let long = format!("//! Bad.\n{}", "\n".repeat(450));
    one("src/app/claim.rs", &long, "451: a file has at most 450 lines");
}

#[test]
fn a_file_that_nothing_leads_to_is_found() {
    let files = [
        ("src/lib.rs", "//! A house.\nmod app;\n"),
        ("src/app/mod.rs", "//! A room.\n// mod lost;\n"),
        ("src/app/lost.rs", "//! Lost.\n"),
    ];
    let lost = broken_laws(&house(&files))
        .iter()
        .map(ToString::to_string)
        .filter(|line| line.starts_with("src/"))
        .collect::<Vec<_>>();
    assert_eq!(lost, ["src/app/lost.rs:1: no `mod` leads here"]);
}

#[test]
fn a_map_that_lies_is_found() {
    let map = "See `src/app/claim.rs`, `src/{web,api}/`, `cargo test` and `src/attic/`.\n";
    let sources = [
        ("ARCHITECTURE.md", map),
        ("src/app/mod.rs", "//! A room.\n"),
        ("src/lib.rs", "//! A.\nmod app;\n"),
    ];
    let sources: Vec<Source> = sources
        .iter()
        .map(|(path, text)| Source {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        })
        .collect();
    let told: Vec<String> = broken_laws(&sources)
        .iter()
        .map(ToString::to_string)
        .filter(|line| line.starts_with("ARCH"))
        .collect();
    let expected = [
        "ARCHITECTURE.md:1: `src/app/` is there and not on the map",
        "ARCHITECTURE.md:1: `src/app/claim.rs` is on the map and not there",
        "ARCHITECTURE.md:1: `src/attic/` is on the map and not there",
    ];
    assert_eq!(told, expected);
}

#[test]
fn texts_that_differ_or_lack_are_found() {
    let id = "# Sapa\nhello = Halo { $name }\n    .hint = Sapa { $who }\ncount =\n    { $n ->\n       *[other] { $n } tiket\n    }\nonly-id = Ya\n";
    let en = "hello = Hello { $nama }\n    .hint = Greet { $who }\ncount = { $n ->\n    [one] one\n   *[other] { $n } tickets\n}\nonly-en = Yes\n";
    let page = "{{ \"hello\"|t }} {{ \"lost\"|tn(3) }} {{ \"plus\"|icon }} {{ \"hello\"|trim }} {{ \"Not a key\"|t }}";
    let code = "//! Code.\nfn f() { word(l, \"hello\"); words(l,\n \"gone\", &[(\"n\", 1)]); password(l, \"x\"); word(l, key); words(l(1, 2), key, &fact(\"n\", 1)); }\n";
    let sources = house(&[
        ("locales/id/a.ftl", id),
        ("locales/en/a.ftl", en),
        ("src/web/templates/a.html", page),
        ("src/web/a.rs", code),
    ]);
    let expected = [
        "locales/id/a.ftl:8: `only-id` is missing in locales/en/a.ftl",
        "locales/en/a.ftl:7: `only-en` is missing in locales/id/a.ftl",
        "locales/id/a.ftl:2: `hello` takes {\"name\"}, in English {\"nama\"}",
        "src/web/templates/a.html:1: there is no text `lost`",
        "src/web/a.rs:2: there is no text `gone`",
    ];
    assert_eq!(broken_texts(&sources), expected);
}
