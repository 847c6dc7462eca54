//! Letters in the shapes that the service takes, and its answers.

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::press::Press;
use dialogues::receipt::Remedy;
use dialogues::standby::{Purpose, Standby};
use dialogues::tap::Tap;
use domain::ids::{ContactId, DeliveryId, RatingId};
use domain::person::Locale;
use domain::rating::{Stars, Subject};
use serde_json::{Value, json};

use crate::config::Config;
use crate::delivery::letter::{Address, Post, Way};
use crate::delivery::{Key, Keys, Letter, Outcome};
use crate::whatsapp::client::CallError;
use crate::whatsapp::send::outcome_of;
use crate::whatsapp::send::shape::said;
use crate::whatsapp::templates::{self, Button, definitions};
use crate::whatsapp::window::{Form, form};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("a moment")
}

fn post() -> Post {
    Post {
        address: Address {
            contact: ContactId(7),
            way: Some(Way::Phone("+6281234567801".to_owned())),
            last_inbound_at: Some(now() - TimeDelta::hours(1)),
            stopped: false,
            unusable: None,
        },
        standby: None,
        standby_only: false,
        callback: DeliveryId(42),
        leaves_at: now(),
        locale: Locale::Id,
    }
}

fn letter(words: &str, keys: Keys) -> Letter {
    Letter {
        recipient: "7".to_owned(),
        edit: None,
        words: words.to_owned(),
        keys,
        quiet: false,
        private: false,
        menu: None,
        attachment: None,
        post: Some(post()),
    }
}

fn press(label: &str, tap: Tap) -> Key {
    Key::Press {
        label: label.to_owned(),
        press: Press::Customer(tap),
    }
}

fn chars(value: &Value, path: &str) -> usize {
    value
        .pointer(path)
        .and_then(Value::as_str)
        .expect(path)
        .chars()
        .count()
}

#[test]
fn words_alone_are_a_text_of_at_most_4096_characters() {
    let message = said(&letter("Halo *Siti*", Keys::None));
    assert_eq!(
        message,
        json!({ "type": "text", "text": { "body": "Halo *Siti*", "preview_url": false } })
    );
    let message = said(&letter(&"panjang ".repeat(900), Keys::Remove));
    assert!((4000..=4096).contains(&chars(&message, "/text/body")));
}

#[test]
fn three_short_answers_are_buttons_and_anything_more_is_a_list() {
    let three = vec![vec![
        press("Setuju", Tap::Menu),
        press("Tidak setuju", Tap::Data),
        press("Nanti", Tap::Stop),
    ]];
    let message = said(&letter("Setuju?", Keys::Rows(three.clone())));
    assert_eq!(message["interactive"]["type"], "button");
    let ids: Vec<_> = (0..3)
        .map(|n| message["interactive"]["action"]["buttons"][n]["reply"]["id"].clone())
        .collect();
    assert_eq!(ids, [json!("w1|menu"), json!("w1|data"), json!("w1|stop")]);
    let message = said(&letter(&"x".repeat(1025), Keys::Rows(three)));
    assert_eq!(
        (
            message["interactive"]["type"].as_str(),
            chars(&message, "/interactive/body/text")
        ),
        (Some("button"), 1024)
    );
    // A long answer has room only in a list.
    let long = "Bicara dengan petugas layanan pelanggan kami";
    let message = said(&letter(
        "?",
        Keys::Rows(vec![vec![press("Ya", Tap::Menu), press(long, Tap::Office)]]),
    ));
    let rows = &message["interactive"]["action"]["sections"][0]["rows"];
    assert_eq!(rows[0], json!({ "id": "w1|menu", "title": "Ya" }));
    assert!(chars(&rows[1], "/title") <= 24 && rows[1]["description"] == long);
    let taps = [
        Tap::Menu,
        Tap::Report,
        Tap::Status,
        Tap::Invoice,
        Tap::Data,
        Tap::Office,
        Tap::Stop,
    ];
    let many: Vec<Vec<Key>> = taps
        .iter()
        .map(|tap| vec![press("Sama panjangnya semuanya ini", *tap)])
        .collect();
    let message = said(&letter("?", Keys::Rows(many)));
    let action = &message["interactive"]["action"];
    let titles: std::collections::BTreeSet<&str> = action["sections"][0]["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["title"].as_str().expect("a title"))
        .collect();
    assert_eq!(titles.len(), 7, "titles differ: {titles:?}");
    assert!(titles.iter().all(|title| title.chars().count() <= 24));
    assert_eq!(action["button"], "Buka menu");
    let many = (0..12).map(|_| vec![press("x", Tap::Menu)]).collect();
    let message = said(&letter("?", Keys::Rows(many)));
    assert_eq!(
        message["interactive"]["action"]["sections"][0]["rows"]
            .as_array()
            .map(Vec::len),
        Some(10)
    );
}

#[test]
fn a_list_says_what_its_rows_are_for() {
    let menu = [Tap::Report, Tap::Status, Tap::Office, Tap::Stop];
    let rows = menu.map(|tap| vec![press("Baris", tap)]).to_vec();
    let message = said(&letter("Halo", Keys::Rows(rows)));
    let action = &message["interactive"]["action"];
    assert_eq!(action["button"], "Buka menu");
    assert_eq!(
        action["sections"][0]["rows"][0]["description"],
        "Buat tiket perbaikan baru"
    );
    let rating = RatingId(7);
    let subject = Subject::Technician;
    let stars = Stars::ALL.map(|stars| Tap::Stars {
        rating,
        subject,
        stars,
    });
    let rows = stars.map(|tap| vec![press(tap.name(), tap)]).to_vec();
    let message = said(&letter("Nilai?", Keys::Rows(rows)));
    let action = &message["interactive"]["action"];
    assert_eq!(action["button"], "Pilih nilai");
    assert_eq!(
        action["sections"][0]["rows"][0]["description"],
        "Cepat, rapi, ramah"
    );
    assert_eq!(action["sections"][0]["rows"][1]["description"], Value::Null);
}

#[test]
fn pages_places_and_numbers_have_shapes_of_their_own() {
    let open = |label: &str| Key::Open {
        label: label.to_owned(),
        url: "https://a.example/r/1".to_owned(),
    };
    let message = said(&letter(
        "Nilai",
        Keys::Rows(vec![vec![open("Isi penilaian lewat web ini")]]),
    ));
    let parameters = &message["interactive"]["action"]["parameters"];
    assert_eq!(parameters["url"], "https://a.example/r/1");
    assert!(chars(parameters, "/display_text") <= 20);
    let both = Keys::Rows(vec![vec![press("Ya", Tap::Menu)], vec![open("Web")]]);
    let message = said(&letter("Nilai", both));
    assert_eq!(message["interactive"]["type"], "button");
    assert_eq!(
        message["interactive"]["body"]["text"],
        "Nilai\nWeb: https://a.example/r/1"
    );
    let two = Keys::Rows(vec![vec![open("Satu"), open("Dua")]]);
    assert_eq!(said(&letter("x", two))["type"], "text");
    let copy = Key::Copy {
        label: "Nomor".to_owned(),
        text: "123".to_owned(),
    };
    assert_eq!(
        said(&letter("x", Keys::Rows(vec![vec![copy]])))["text"]["body"],
        "x\nNomor: 123"
    );
    let place = said(&letter(&"y".repeat(2000), Keys::SharePlace));
    assert_eq!(place["interactive"]["type"], "location_request_message");
    assert_eq!(chars(&place, "/interactive/body/text"), 1024);
    let contact = said(&letter("x", Keys::ShareContact("Bagikan".to_owned())));
    assert_eq!(contact["interactive"]["action"]["name"], "request_contact_info");
}

#[test]
fn the_window_decides_when_the_letter_leaves() {
    let standby = Standby::of(Purpose::TicketDone);
    let with = |change: &dyn Fn(&mut Post)| {
        let mut post = post();
        change(&mut post);
        form(&post)
    };
    let wrote = |ago: TimeDelta| Some(now() - ago);
    assert_eq!(with(&|_| {}), Form::Free);
    let edge = TimeDelta::hours(24) - TimeDelta::minutes(5);
    assert_eq!(
        with(&|post| post.address.last_inbound_at = wrote(edge - TimeDelta::seconds(1))),
        Form::Free
    );
    assert_eq!(
        with(&|post| post.address.last_inbound_at = wrote(edge)),
        Form::Not("window-closed")
    );
    assert_eq!(
        with(&|post| post.address.last_inbound_at = None),
        Form::Not("window-closed")
    );
    let closed = |post: &mut Post| {
        post.address.last_inbound_at = None;
        post.standby = Some(standby.clone());
    };
    assert_eq!(with(&closed), Form::Standby);
    assert_eq!(
        with(&|post| {
            post.standby = Some(standby.clone());
            post.standby_only = true;
        }),
        Form::Standby
    );
    assert_eq!(with(&|post| post.standby_only = true), Form::Not("window-closed"));
    assert_eq!(with(&|post| post.address.way = None), Form::Not("no-address"));
    assert_eq!(
        with(&|post| post.address.unusable = Some("blocked".to_owned())),
        Form::Not("unusable")
    );
    // Whoever asked for silence still has answers.
    assert_eq!(with(&|post| post.address.stopped = true), Form::Free);
    assert_eq!(
        with(&|post| {
            closed(post);
            post.address.stopped = true;
        }),
        Form::Not("stopped")
    );
    let office = |post: &mut Post| {
        post.address.stopped = true;
        post.address.last_inbound_at = None;
        post.standby = Some(Standby::of(Purpose::OfficeReply));
    };
    assert_eq!(with(&office), Form::Standby);
}

#[test]
fn every_template_is_defined_within_the_rules_and_filled_in_whole() {
    assert_eq!(definitions().len(), Purpose::ALL.len());
    let settings = Config::default_settings().whatsapp.templates;
    for definition in definitions() {
        let body = &definition.body;
        let named = templates::named(&settings, definition.purpose);
        assert_eq!(
            (&body["name"], &body["language"]),
            (&json!(named.name), &json!(named.language))
        );
        assert_eq!(body["category"], "UTILITY");
        let text = body["components"][0]["text"].as_str().expect("words");
        assert!(
            !text.starts_with("{{") && !text.trim_end_matches('.').ends_with("}}"),
            "{text}"
        );
        assert!(!text.contains('\n') && text.chars().count() <= 1024);
        assert!(
            text.split_whitespace().count() >= definition.facts.len() * 5,
            "too few words: {text}"
        );
        let examples = body["components"][0]["example"]["body_text_named_params"]
            .as_array()
            .expect("examples");
        let examples: Vec<&str> = examples
            .iter()
            .filter_map(|one| one["param_name"].as_str())
            .collect();
        assert_eq!(examples, definition.facts);
        let mut post = post();
        let mut standby = Standby::of(definition.purpose).fact("nama", "Siti\n\t*Aminah*    x");
        standby.page = Some("token".to_owned());
        standby.presses = vec![Press::Customer(Tap::Status); 2];
        post.standby = Some(standby);
        let message = templates::message(&settings, &post).expect("a message");
        let written = message.to_string();
        assert!(!written.contains("\\n") && !written.contains('*'), "{written}");
        let components = message["template"]["components"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let buttons = components.iter().filter(|one| one["type"] == "button");
        assert_eq!(buttons.count(), definition.buttons.len());
        if definition.buttons.contains(&Button::Page) {
            post.standby.as_mut().expect("a standby").page = None;
            assert!(templates::message(&settings, &post).is_err());
        }
    }
}

#[test]
fn each_answer_means_what_is_to_be_done() {
    let said = |status, code| {
        outcome_of(CallError::Said {
            status,
            code,
            details: String::new(),
        })
    };
    let remedy = |status, code| match said(status, code) {
        Outcome::Fault(fault) => fault.remedy,
        other => panic!("{other:?}"),
    };
    for (code, expected) in [
        (131_047, Remedy::Standby),
        (131_056, Remedy::Pair),
        (130_429, Remedy::Slow),
        (131_026, Remedy::DeadEnd),
        (190, Remedy::Stop),
        (200, Remedy::Stop),
        (299, Remedy::Stop),
        (368, Remedy::Stop),
        (131_042, Remedy::Stop),
        (131_016, Remedy::Again),
        (132_001, Remedy::Refused),
        (100, Remedy::Refused),
        (999_999, Remedy::Refused),
        (131_049, Remedy::Refused),
    ] {
        assert_eq!(remedy(400, code), expected, "{code}");
    }
    assert_eq!(
        (remedy(500, 0), remedy(429, 0), remedy(400, 0), remedy(401, 0)),
        (Remedy::Again, Remedy::Slow, Remedy::Refused, Remedy::Stop)
    );
    assert!(matches!(
        outcome_of(CallError::Unsure(String::new())),
        Outcome::Unsure { .. }
    ));
    assert!(matches!(
        outcome_of(CallError::NotSent(String::new())),
        Outcome::Trouble { .. }
    ));
}
