//! Bodies as the service posts them, and what they say.

use chrono::{DateTime, Utc};
use dialogues::arrival::{Arrival, Said};
use dialogues::heard::Origin;
use dialogues::press::Press;
use dialogues::receipt::{Receipt, Remedy, Stage};
use dialogues::tap::Tap;
use domain::ids::DeliveryId;
use serde_json::{Value, json};

use crate::delivery::webhooks::{Event, What};
use crate::whatsapp::buttons;
use crate::whatsapp::router::route;

const NUMBER: &str = "1060000000001";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("a moment")
}

fn body(value: Value) -> Vec<u8> {
    let mut value = value;
    value["metadata"] = json!({ "display_phone_number": "62215550000", "phone_number_id": NUMBER });
    value["messaging_product"] = json!("whatsapp");
    json!({ "object": "whatsapp_business_account",
        "entry": [{ "id": "1", "changes": [{ "field": "messages", "value": value }] }] })
    .to_string()
    .into_bytes()
}

fn events(raw: &[u8]) -> Vec<Event> {
    route(raw, NUMBER, now()).expect("a body")
}

fn siti() -> Value {
    json!({ "profile": { "name": "Siti" }, "wa_id": "6281234567801", "user_id": "ID.15020001" })
}

/// A message of Siti's with these parts.
fn message(parts: Value) -> Value {
    let mut message = json!({ "id": "wamid.1", "from": "6281234567801", "timestamp": "1794999990" });
    for (key, value) in parts.as_object().expect("an object") {
        message[key] = value.clone();
    }
    message
}

fn one(parts: Value) -> Arrival {
    let raw = body(json!({ "contacts": [siti()], "messages": [message(parts)] }));
    let mut events = events(&raw);
    assert_eq!(events.len(), 1);
    let event = events.remove(0);
    // Kept aside, it is read again as it was.
    let again = self::events(event.raw.text().as_bytes());
    assert_eq!(again, vec![event.clone()]);
    match event.what {
        What::Arrival(arrival) => *arrival,
        what => panic!("{what:?}"),
    }
}

fn said(parts: Value) -> Said {
    one(parts).said
}

#[test]
fn a_text_is_from_whom_it_is_from() {
    let arrival = one(json!({ "type": "text", "text": { "body": "Halo" } }));
    assert_eq!(arrival.said, Said::Text("Halo".to_owned()));
    assert_eq!(arrival.external_id, "wamid.1");
    assert_eq!(arrival.sent_at.timestamp(), 1_794_999_990);
    assert_eq!(arrival.who.phone.expect("a phone").as_str(), "+6281234567801");
    assert_eq!(arrival.who.user_id.as_deref(), Some("ID.15020001"));
    assert_eq!(arrival.who.name.as_deref(), Some("Siti"));
    assert!(!arrival.forwarded);
    let context = json!({ "forwarded": true });
    let arrival = one(json!({ "type": "text", "text": { "body": "STOP" }, "context": context }));
    assert!(arrival.forwarded);
    let context = json!({ "from": "62215550000", "id": "wamid.0", "new": { "field": 1 } });
    let arrival = one(json!({ "type": "text", "text": { "body": "ya" }, "context": context, "what": [] }));
    assert_eq!(arrival.reply_to.as_deref(), Some("wamid.0"));
}

#[test]
fn someone_without_a_phone_goes_by_his_id_wherever_it_stands() {
    let nobody =
        json!({ "profile": { "name": "Siti" }, "user_id": "ID.15020001", "parent_user_id": "ID.ENT.9" });
    for from in [
        json!({ "from_user_id": "ID.15020001" }),
        json!({ "from": "ID.15020001" }),
    ] {
        let mut part =
            json!({ "id": "wamid.1", "timestamp": 1_794_999_990, "type": "text", "text": { "body": "a" } });
        for (key, value) in from.as_object().expect("an object") {
            part[key] = value.clone();
        }
        let events = events(&body(json!({ "contacts": [nobody], "messages": [part] })));
        let What::Arrival(arrival) = &events[0].what else {
            panic!("{events:?}");
        };
        assert_eq!(arrival.who.phone, None);
        assert_eq!(arrival.who.user_id.as_deref(), Some("ID.15020001"));
        assert_eq!(arrival.who.parent_id.as_deref(), Some("ID.ENT.9"));
    }
}

#[test]
fn every_kind_says_what_it_says() {
    let media = json!({ "id": "77", "mime_type": "image/jpeg", "sha256": "abc=", "caption": "bocor" });
    match said(json!({ "type": "image", "image": media })) {
        Said::File(file) => {
            assert!(file.is_photo);
            assert_eq!(
                (file.source.as_str(), file.caption.as_deref()),
                ("77", Some("bocor"))
            );
        }
        other => panic!("{other:?}"),
    }
    for kind in ["video", "audio", "document"] {
        let said = said(json!({ "type": kind, kind: { "id": "78", "mime_type": "x/y", "voice": true } }));
        assert!(matches!(said, Said::File(file) if !file.is_photo), "{kind}");
    }
    match said(json!({ "type": "location", "location": { "latitude": -6.2, "longitude": 106 } })) {
        Said::Place(place) => assert_eq!(
            (place.latitude, place.longitude, place.origin),
            (-6.2, 106.0, Origin::Static)
        ),
        other => panic!("{other:?}"),
    }
    let venue = json!({ "latitude": -6.2, "longitude": 106.8, "name": "Kantor" });
    assert!(matches!(said(json!({ "type": "location", "location": venue })),
        Said::Place(place) if place.origin == Origin::Venue));
    let card = json!([{ "name": {}, "phones": [{ "phone": "+62 812-9999-0000", "wa_id": "6281299990000" }, { "phone": "0812 1" }] }]);
    let phones = vec!["+6281299990000".to_owned(), "0812 1".to_owned()];
    assert_eq!(
        said(json!({ "type": "contacts", "contacts": card })),
        Said::Contacts { phones, own: false }
    );
    let own = json!([{ "phones": [{ "wa_id": "6281234567801" }], "origin": "contact_request" }]);
    assert!(matches!(
        said(json!({ "type": "contacts", "contacts": own })),
        Said::Contacts { own: true, .. }
    ));
    for (kind, part) in [
        ("sticker", json!({ "id": "1" })),
        ("reaction", json!({ "message_id": "w", "emoji": "👍" })),
        ("reaction", json!({ "message_id": "w" })),
    ] {
        assert_eq!(said(json!({ "type": kind, kind: part })), Said::Gesture);
    }
    assert_eq!(
        said(json!({ "type": "order", "order": { "catalog_id": "1" } })),
        Said::Order("🛒".to_owned())
    );
    let items =
        json!([{ "product_retailer_id": "ac-1", "quantity": "2" }, { "product_retailer_id": "ac-2" }]);
    assert_eq!(
        said(json!({ "type": "order", "order": { "product_items": items, "text": "Cepat" } })),
        Said::Order("🛒 2 × ac-1, 1 × ac-2\nCepat".to_owned())
    );
    let errors = json!([{ "code": 131_051, "title": "unknown" }]);
    assert_eq!(
        said(json!({ "type": "unsupported", "errors": errors })),
        Said::Unsupported
    );
    assert_eq!(
        said(json!({ "type": "interactive" })),
        Said::Unsupported,
        "without a body"
    );
    let original = json!({ "original_message_id": "wamid.0", "message": { "type": "text", "text": { "body": "STOP" } } });
    let external_id = "wamid.0".to_owned();
    assert_eq!(
        said(json!({ "type": "edit", "edit": original })),
        Said::Changed {
            external_id: external_id.clone()
        }
    );
    let original = json!({ "original_message_id": "wamid.0" });
    assert_eq!(
        said(json!({ "type": "revoke", "revoke": original })),
        Said::Revoked { external_id }
    );
}

#[test]
fn buttons_mean_what_they_were_given_out_for() {
    let menu = buttons::encode(&Press::Customer(Tap::Menu)).expect("a customer's button");
    let press = Said::Press(Press::Customer(Tap::Menu));
    for kind in ["list_reply", "button_reply"] {
        let reply = json!({ "type": kind, kind: { "id": menu, "title": "Menu" } });
        assert_eq!(
            said(json!({ "type": "interactive", "interactive": reply })),
            press
        );
        let reply = json!({ "type": kind, kind: { "id": "w1|nothing", "title": "Menu" } });
        assert_eq!(
            said(json!({ "type": "interactive", "interactive": reply })),
            Said::UnreadablePress
        );
    }
    assert_eq!(
        said(json!({ "type": "button", "button": { "payload": menu, "text": "Menu" } })),
        press
    );
    let plain = json!({ "payload": "Saya siap", "text": "Saya siap" });
    assert_eq!(
        said(json!({ "type": "button", "button": plain })),
        Said::Text("Saya siap".to_owned())
    );
    let flow = json!({ "type": "nfm_reply", "nfm_reply": { "response_json": "not json" } });
    assert_eq!(
        said(json!({ "type": "interactive", "interactive": flow })),
        Said::Unsupported
    );
}

#[test]
fn news_of_who_people_are_comes_first_and_then_the_time_counts() {
    let text = |id: &str, at: &str| {
        message(json!({ "id": id, "timestamp": at, "type": "text", "text": { "body": "x" } }))
    };
    let system = json!({ "type": "user_changed_number", "wa_id": "6281234567999", "user_id": "ID.2", "body": "changed" });
    let changed =
        message(json!({ "id": "s", "timestamp": "1794999999", "type": "system", "system": system }));
    let raw = body(json!({ "contacts": [siti()],
        "messages": [text("c", "1794999995"), text("a", "1794999991"), changed, text("b", "1794999991")] }));
    let events = events(&raw);
    let ids: Vec<&str> = events.iter().map(|event| event.external_id.as_str()).collect();
    assert_eq!(ids, ["s", "a", "b", "c"]);
    let What::Arrival(arrival) = &events[0].what else {
        panic!("{events:?}");
    };
    let Said::Renamed(new) = &arrival.said else {
        panic!("{arrival:?}");
    };
    assert_eq!(
        arrival.who.phone.as_ref().expect("the old one").as_str(),
        "+6281234567801"
    );
    assert_eq!(
        arrival.who.user_id, None,
        "what the body says of him now is not who he was"
    );
    assert_eq!(
        new.phone.as_ref().expect("the new one").as_str(),
        "+6281234567999"
    );
    assert!(events[0].names.contains(&"+6281234567999".to_owned()));

    let system = json!({ "type": "user_changed_user_id", "user_id": "ID.3", "previous_user_id": "ID.2" });
    let changed = json!({ "id": "s", "timestamp": "1", "type": "system", "system": system });
    let alone = self::events(&body(json!({ "messages": [changed] })));
    let What::Arrival(arrival) = &alone[0].what else {
        panic!("{alone:?}");
    };
    assert_eq!(arrival.who.user_id.as_deref(), Some("ID.2"));
}

fn receipt(part: Value) -> Receipt {
    let mut events = events(&body(json!({ "contacts": [siti()], "statuses": [part] })));
    assert_eq!(events.len(), 1);
    match events.remove(0).what {
        What::Receipt(receipt) => *receipt,
        what => panic!("{what:?}"),
    }
}

#[test]
fn statuses_tell_how_far_a_message_came() {
    let stages = [
        ("sent", Stage::Sent),
        ("delivered", Stage::Delivered),
        ("read", Stage::Read),
        ("played", Stage::Read),
    ];
    for (status, stage) in stages {
        let told = receipt(
            json!({ "id": "wamid.9", "status": status, "timestamp": "1794999990",
            "recipient_id": "6281234567801", "biz_opaque_callback_data": "42",
            "pricing": { "category": "utility", "billable": true } }),
        );
        assert_eq!(
            (told.stage, told.message.as_str(), told.callback),
            (stage, "wamid.9", Some(DeliveryId(42)))
        );
        assert_eq!(told.who.user_id.as_deref(), Some("ID.15020001"));
        assert!(told.price.expect("a price").contains("utility"));
    }
    let failed = json!({ "id": "wamid.9", "status": "failed", "timestamp": "1794999990", "recipient_id": "6281234567801",
        "biz_opaque_callback_data": "not ours",
        "errors": [{ "code": 131_047, "title": "Re-engagement", "error_data": { "details": "24 hours" } }] });
    let told = receipt(failed);
    let fault = told.fault.expect("a fault");
    assert_eq!(
        (fault.code, fault.remedy, fault.details.as_str()),
        (131_047, Remedy::Standby, "24 hours")
    );
    assert_eq!(told.callback, None);
}

#[test]
fn what_is_not_for_us_is_passed_over_and_what_makes_no_sense_breaks_alone() {
    let good = message(json!({ "id": "good", "type": "text", "text": { "body": "x" } }));
    let mut foreign: Value = serde_json::from_slice(&body(json!({ "messages": [good] }))).expect("JSON");
    foreign["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = json!("2");
    assert_eq!(events(foreign.to_string().as_bytes()), vec![]);
    let group = message(json!({ "type": "text", "text": { "body": "x" }, "group_id": "g" }));
    let later = message(json!({ "type": "of_a_later_day" }));
    let identity = message(json!({ "type": "system", "system": { "type": "customer_identity_changed" } }));
    let strange = message(json!({ "id": "strange", "type": "text", "text": { "body": 5 } }));
    let nobody = json!({ "id": "nobody", "timestamp": "x", "type": "text", "text": { "body": "x" } });
    let raw = body(
        json!({ "messages": [group, later, identity, strange, nobody, good], "statuses": [
        { "id": "w", "status": "deleted" }, { "id": "w", "status": "read", "recipient_type": "group" }] }),
    );
    let events = events(&raw);
    let unreadable: Vec<&str> = events
        .iter()
        .filter(|event| matches!(event.what, What::Unreadable(_)))
        .map(|event| event.external_id.as_str())
        .collect();
    assert_eq!(unreadable, ["strange", "nobody"]);
    let read = events
        .iter()
        .filter(|event| matches!(event.what, What::Arrival(_)));
    assert_eq!(
        read.map(|event| event.external_id.as_str()).collect::<Vec<_>>(),
        ["good"]
    );

    for other in ["account_update", "template_category_update", "history", "calls"] {
        let raw =
            json!({ "entry": [{ "id": 7, "changes": [{ "field": other, "value": { "event": "x" } }] }] });
        assert_eq!(self::events(raw.to_string().as_bytes()), vec![]);
    }
    assert_eq!(self::events(b"{}"), vec![]);
    assert!(route(b"[1,", NUMBER, now()).is_err());
}

#[test]
fn a_thousand_messages_of_many_people_are_a_thousand_events_of_their_own() {
    let people: Vec<Value> = (0..50)
        .map(|n| json!({ "profile": { "name": format!("P{n}") }, "wa_id": format!("62812345600{n:02}"), "user_id": format!("ID.{n}") }))
        .collect();
    let messages: Vec<Value> = (0..1000)
        .map(|n| json!({ "id": format!("wamid.{n}"), "from": format!("62812345600{:02}", n % 50), "timestamp": "1794999990",
            "type": "text", "text": { "body": n.to_string() } }))
        .collect();
    let events = events(&body(json!({ "contacts": people, "messages": messages })));
    assert_eq!(events.len(), 1000);
    let What::Arrival(arrival) = &events[77].what else {
        panic!();
    };
    assert_eq!(arrival.who.user_id.as_deref(), Some("ID.27"));
    assert_eq!(arrival.who.name.as_deref(), Some("P27"));
    assert!(
        events[77].raw.text().len() < 700,
        "alone it carries only its own person: {}",
        events[77].raw.text()
    );
}

/// Who is told of, by phone and by id.
fn told_of(event: &Event) -> (Option<String>, Option<String>) {
    let who = match &event.what {
        What::Arrival(arrival) => &arrival.who,
        What::Receipt(receipt) => &receipt.who,
        What::Unreadable(why) => panic!("{why}"),
    };
    let phone = who.phone.as_ref().map(|phone| phone.as_str().to_owned());
    (phone, who.user_id.clone())
}

#[test]
fn a_thousand_statuses_weigh_no_more_than_a_thousand_statuses() {
    let people: Vec<Value> = (0..1000)
        .map(|n| json!({ "wa_id": format!("62812345{n:04}"), "user_id": format!("ID.{n}") }))
        .collect();
    let statuses: Vec<Value> = (0..1000)
        .map(|n| {
            json!({ "id": format!("wamid.{n}"), "status": "sent", "timestamp": "1794999990",
            "recipient_id": format!("62812345{n:04}") })
        })
        .collect();
    let events = events(&body(json!({ "contacts": people, "statuses": statuses })));
    assert_eq!(events.len(), 1000);
    let whole: usize = events.iter().map(|event| event.raw.text().len()).sum();
    assert!(whole < 600_000, "{whole} bytes");
    let (phone, user) = told_of(&events[77]);
    assert_eq!(
        (phone.as_deref(), user.as_deref()),
        (Some("+628123450077"), Some("ID.77"))
    );
    // What is told of a person is handled with what he says.
    assert!(
        events[77].names.contains(&"ID.77".to_owned()),
        "{:?}",
        events[77].names
    );
    let again = self::events(events[77].raw.text().as_bytes());
    assert_eq!(again, vec![events[77].clone()]);
}

#[test]
fn the_only_person_of_a_body_is_not_everyones() {
    let hidden = json!({ "profile": { "name": "A", "username": "a" }, "user_id": "ID.A" });
    let statuses = json!([
        { "id": "to.a", "status": "delivered", "timestamp": "1", "recipient_user_id": "ID.A" },
        { "id": "to.b", "status": "failed", "timestamp": "2", "recipient_id": "6281234567802" },
    ]);
    let events = events(&body(json!({ "contacts": [hidden], "statuses": statuses })));
    assert_eq!(told_of(&events[0]), (None, Some("ID.A".to_owned())));
    assert_eq!(told_of(&events[1]), (Some("+6281234567802".to_owned()), None));

    let text = |id: &str, from: Value| {
        let mut text = json!({ "id": id, "timestamp": "1", "type": "text", "text": { "body": "x" } });
        for (key, value) in from.as_object().expect("an object") {
            text[key] = value.clone();
        }
        text
    };
    let messages = json!([
        text("of.siti", json!({ "from": "6281234567801" })),
        text("of.sri", json!({ "from": "6281234567802" })),
    ]);
    let events = self::events(&body(json!({ "contacts": [siti()], "messages": messages })));
    let siti = (Some("+6281234567801".to_owned()), Some("ID.15020001".to_owned()));
    assert_eq!(told_of(&events[0]), siti);
    assert_eq!(told_of(&events[1]), (Some("+6281234567802".to_owned()), None));
    // Alone in its body, a message that names nobody is from whom the body names.
    let events = self::events(&body(
        json!({ "contacts": [self::siti()], "messages": [text("x", json!({}))] }),
    ));
    assert_eq!(told_of(&events[0]), siti);
}
