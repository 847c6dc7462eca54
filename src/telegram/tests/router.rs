//! Updates as the service sends them, and what we take them for.

use chrono::{DateTime, Utc};
use dialogues::heard::Origin;
use dialogues::incoming::{Command, Intent, Place};
use dialogues::press::Press;
use domain::ids::TicketId;
use domain::person::Locale;
use serde_json::{Value, json};

use crate::telegram::router::{Line, Routed, route};

fn routed(update: &Value) -> Routed {
    route(
        update.to_string().as_bytes(),
        Some("tanggap_bot"),
        DateTime::<Utc>::UNIX_EPOCH,
    )
    .expect("readable")
}

fn intent(update: &Value) -> Option<Intent> {
    routed(update).incoming.map(|incoming| incoming.intent)
}

fn message(content: &Value) -> Value {
    let mut message = json!({
        "message_id": 5, "date": 1_790_000_000,
        "chat": { "id": 7, "type": "private", "first_name": "Budi" },
        "from": { "id": 7, "is_bot": false, "first_name": "Budi", "language_code": "en-GB" },
    });
    for (key, value) in content.as_object().expect("an object") {
        message[key] = value.clone();
    }
    json!({ "update_id": 11, "message": message })
}

#[test]
fn commands_in_both_languages_and_any_case() {
    for (text, command) in [
        ("/tersedia", Command::Pool),
        ("/AVAILABLE", Command::Pool),
        ("/approval", Command::Prices),
        ("/Persetujuan", Command::Prices),
        ("/tugas@Tanggap_Bot", Command::Tasks),
        ("/tugas sekarang", Command::Tasks),
        ("/siap\nya", Command::OnDuty),
        ("/libur", Command::OffDuty),
        ("/start inv_abc", Command::Start("inv_abc".to_owned())),
        ("/start", Command::Start(String::new())),
        ("/batal", Command::Cancel),
    ] {
        assert_eq!(
            intent(&message(&json!({ "text": text }))),
            Some(Intent::Command(command)),
            "{text}"
        );
    }
    assert_eq!(
        intent(&message(&json!({ "text": "/terbang" }))),
        Some(Intent::UnknownCommand("terbang".to_owned()))
    );
    assert_eq!(
        intent(&message(&json!({ "text": "/tugas@lain_bot" }))),
        None,
        "another bot's"
    );
}

#[test]
fn a_press_says_who_and_where() {
    let update = json!({ "update_id": 12, "callback_query": {
        "id": "44", "chat_instance": "1", "data": "t1|clm|9|0",
        "from": { "id": 7, "is_bot": false, "first_name": "Budi" },
        "message": { "message_id": 5, "date": 0, "chat": { "id": -100, "type": "supergroup", "title": "Pool" } },
    }});
    let routed = routed(&update);
    let incoming = routed.incoming.expect("for us");
    assert_eq!(routed.query.as_deref(), Some("44"));
    assert_eq!(routed.line, Line::Presses(7));
    assert_eq!(incoming.place, Place::Group(-100));
    assert_eq!(
        incoming.intent,
        Intent::Press(Press::Claim {
            ticket: TicketId(9),
            epoch: 0
        })
    );
    let mut forged = update.clone();
    forged["callback_query"]["data"] = json!("give me everything");
    assert_eq!(intent(&forged), Some(Intent::UnreadablePress));
    forged["callback_query"]
        .as_object_mut()
        .expect("an object")
        .remove("data");
    assert_eq!(intent(&forged), Some(Intent::UnreadablePress));
}

#[test]
fn blocking_and_coming_back() {
    let update = |status: &str, kind: &str| {
        json!({ "update_id": 13, "my_chat_member": {
            "chat": { "id": 7, "type": kind }, "from": { "id": 7, "is_bot": false, "first_name": "B" }, "date": 0,
            "old_chat_member": { "status": "member" }, "new_chat_member": { "status": status },
        }})
    };
    assert_eq!(
        intent(&update("kicked", "private")),
        Some(Intent::Reachable(false))
    );
    assert_eq!(
        intent(&update("member", "private")),
        Some(Intent::Reachable(true))
    );
    assert_eq!(intent(&update("kicked", "supergroup")), None);
}

#[test]
fn contacts_know_whose_they_are() {
    let own = json!({ "contact": { "phone_number": "62812", "first_name": "B", "user_id": 7 } });
    assert_eq!(
        intent(&message(&own)),
        Some(Intent::Contact {
            phone: "62812".to_owned(),
            own: true
        })
    );
    let others = json!({ "contact": { "phone_number": "62812", "first_name": "B", "user_id": 8 } });
    assert_eq!(
        intent(&message(&others)),
        Some(Intent::Contact {
            phone: "62812".to_owned(),
            own: false
        })
    );
    let nobodys = json!({ "contact": { "phone_number": "62812", "first_name": "B" } });
    assert_eq!(
        intent(&message(&nobodys)),
        Some(Intent::Contact {
            phone: "62812".to_owned(),
            own: false
        })
    );
}

#[test]
fn a_newer_service_loses_no_text() {
    let newer =
        json!({ "text": "halo", "entities": [{ "type": "hologram", "offset": 0, "length": 4 }], "aura": 3 });
    assert_eq!(intent(&message(&newer)), Some(Intent::Text("halo".to_owned())));
    assert_eq!(
        intent(&message(&json!({ "hologram": { "file_id": "x" } }))),
        Some(Intent::Unsupported)
    );
}

#[test]
fn what_nobody_said_is_not_for_us() {
    assert_eq!(intent(&message(&json!({ "new_chat_members": [] }))), None);
    assert_eq!(intent(&message(&json!({ "pinned_message": {} }))), None);
    let mut bots = message(&json!({ "text": "halo" }));
    bots["message"]["from"]["is_bot"] = json!(true);
    assert_eq!(intent(&bots), None);
}

#[test]
fn a_kind_of_update_that_nothing_handles_is_no_secret() {
    let at = DateTime::UNIX_EPOCH;
    let told = |update: &str| {
        let unreadable = route(update.as_bytes(), None, at).expect_err("to be kept");
        (unreadable.update_id, unreadable.why)
    };
    let (id, why) = told(r#"{"update_id": 14, "quantum_post": {"text": "rahasia"}}"#);
    assert!(
        id == Some(14) && why.contains("quantum_post") && !why.contains("rahasia"),
        "{why}"
    );
    assert!(told(r#"{"update_id": 15}"#).1.contains("without content"));
    let edited = json!({ "update_id": 16, "edited_message": {
        "message_id": 5, "date": 0, "chat": { "id": 7, "type": "private" }, "text": "halo" } });
    assert_eq!(intent(&edited), None, "an edit is known, and rightly passed over");
}

#[test]
fn the_language_of_the_app_is_told() {
    let incoming = routed(&message(&json!({ "text": "hi" })))
        .incoming
        .expect("for us");
    assert_eq!(incoming.sender.locale, Some(Locale::En));
    assert_eq!(
        (incoming.external_id.as_str(), incoming.place),
        ("11", Place::Private)
    );
}

#[test]
fn the_unreadable_is_told_with_its_id() {
    let at = DateTime::<Utc>::UNIX_EPOCH;
    let bad = route(br#"{"update_id": 15, "message": {"chat": 7}}"#, None, at).expect_err("unreadable");
    assert_eq!(bad.update_id, Some(15));
    assert_eq!(
        route(b"no json", None, at).expect_err("unreadable").update_id,
        None
    );
    let deep = format!(
        "{{\"update_id\": 16, \"message\": {}{}}}",
        "[".repeat(500),
        "]".repeat(500)
    );
    assert!(route(deep.as_bytes(), None, at).is_err());
}

/// Each line of the table takes only what the table is given: dptree checks types at run time, so it runs here.
#[test]
fn the_table_type_checks() {
    crate::telegram::router::check();
}

/// How a place was sent, and whether it only moved.
fn origin(update: &Value) -> Option<(Origin, bool)> {
    match intent(update) {
        Some(Intent::Place(place)) => Some((place.origin, place.moved)),
        _ => None,
    }
}

#[test]
fn places_by_how_they_were_sent() {
    let at = json!({ "latitude": -6.2, "longitude": 106.8 });
    let live =
        json!({ "latitude": -6.2, "longitude": 106.8, "live_period": 900, "horizontal_accuracy": 12.0 });
    let origin_of = |content: Value| origin(&message(&content));
    assert_eq!(
        origin_of(json!({ "location": at })),
        Some((Origin::Static, false))
    );
    assert_eq!(
        origin_of(json!({ "location": live })),
        Some((Origin::Live, false))
    );
    let venue = json!({ "location": at, "venue": { "location": at, "title": "Toko", "address": "Jl." } });
    assert_eq!(origin_of(venue), Some((Origin::Venue, false)));
    let forwarded = json!({ "location": live, "forward_origin": { "type": "hidden_user", "date": 1 } });
    assert_eq!(origin_of(forwarded), Some((Origin::Forwarded, false)));
    // An inline bot can put a live location anywhere.
    let by_bot = json!({ "location": live, "via_bot": { "id": 9, "is_bot": true, "first_name": "Peta" } });
    assert_eq!(origin_of(by_bot.clone()), Some((Origin::Forwarded, false)));

    let edited = |content: &Value| {
        let mut update = message(content);
        let moved = update["message"].take();
        json!({ "update_id": 12, "edited_message": moved })
    };
    assert_eq!(
        origin(&edited(&json!({ "location": live }))),
        Some((Origin::Live, true))
    );
    assert_eq!(
        origin(&edited(&json!({ "location": at }))),
        Some((Origin::LiveEnded, true))
    );
    assert_eq!(origin(&edited(&by_bot)), None);
    assert_eq!(origin(&edited(&json!({ "text": "salah ketik" }))), None);
}

#[test]
fn files_by_their_largest_size_and_their_album() {
    let content = json!({
        "photo": [
            { "file_id": "s", "file_unique_id": "us", "width": 90, "height": 67, "file_size": 900 },
            { "file_id": "l", "file_unique_id": "ul", "width": 1280, "height": 960, "file_size": 90_000 },
        ],
        "caption": "Depan", "media_group_id": "g", "reply_to_message": { "message_id": 4 },
    });
    let Some(Intent::File(media)) = intent(&message(&content)) else {
        panic!("not a file")
    };
    assert!(media.is_photo);
    assert_eq!((media.source.as_str(), media.source_key.as_str()), ("l", "ul"));
    assert_eq!(media.album.as_deref(), Some("g"));
    assert_eq!(media.reply_to.as_deref(), Some("4"));
    assert_eq!(media.sent_at.timestamp(), 1_790_000_000);
}
