//! Every kind of thing that WhatsApp posts, one by one, in batches, twice, and out of order: the same comes of it.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use tanggap::store::contacts::{Kind, by_id, owner};

use crate::harness::{Setup, World, story};

/// A sample: its name, and the change that is posted.
type Sample = (String, Value);

fn setup() -> Setup {
    Setup {
        whatsapp: true,
        // A minute after the samples were sent.
        frozen: Some("2026-11-22T03:00:00Z"),
        ..Setup::default()
    }
}

/// All samples, with people and ids that only this round has.
fn samples(round: usize) -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/whatsapp");
    let files = std::fs::read_dir(folder).expect("the samples");
    let mut all: Vec<Sample> = files
        .map(|file| {
            let path = file.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("a sample");
            let text = text
                .replace("62813", &format!("6281{round}"))
                .replace("ID.9", &format!("ID.{round}"))
                .replace("ID.ENT.8", &format!("ID.ENT.{round}"))
                .replace("wamid.", &format!("wamid.{round}"));
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, serde_json::from_str(&text).expect("JSON"))
        })
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    assert!(all.len() > 50, "the samples were not found");
    all
}

fn message(change: &Value) -> &Value {
    &change["value"]["messages"][0]
}

/// Gives everyone in the samples a phone, and keeps the files that they speak of.
async fn people(world: &World, round: usize, samples: &[Sample]) {
    for (at, (name, change)) in samples.iter().enumerate() {
        let message = message(change);
        let id = i64::try_from(round * 1000 + at).expect("small") + 1;
        let phone = message["from"]
            .as_str()
            .map_or_else(|| format!("6289{id:08}"), str::to_owned);
        let user = message["from_user_id"].as_str();
        if !message.is_null() {
            world
                .customer_with(id, name, json!({ "phone": phone, "user_id": user }))
                .await;
        }
        for kind in ["image", "video", "audio", "document", "sticker"] {
            let file = &message[kind];
            if let Some(media) = file["id"].as_str() {
                let kept = json!({ "id": media, "mime_type": file["mime_type"], "seed": at });
                world.sim_post("whatsapp/media", kept).await;
            }
        }
    }
}

/// Posts the samples in this manner, and waits until all of it is handled and answered.
async fn post(world: &World, round: usize, samples: &[Sample], mut manner: Value) {
    people(world, round, samples).await;
    world.webhooks_travel(json!({ "paused": true })).await;
    for (at, (_, change)) in samples.iter().enumerate() {
        let id = round * 1000 + at + 1;
        let sent = json!({ "person": id, "field": change["field"], "value": change["value"] });
        world.sim_post("whatsapp/send", sent).await;
    }
    manner["seed"] = json!(round);
    world.webhooks_travel(manner).await;
    world.webhooks_taken().await;
    world.webhooks_handled().await;
    world.drained().await;
    world.webhooks_taken().await;
    world.webhooks_handled().await;
}

/// What came of the samples: who is known by which names, and what each was answered.
async fn outcome(world: &World, samples: &[Sample]) -> BTreeMap<String, Value> {
    let db = &world.running.app.db;
    let sent = world.whatsapp_sent().await;
    let mut found = BTreeMap::new();
    for (name, change) in samples {
        let message = message(change);
        let known = async |kind, value: &Value| {
            let value = value.as_str()?;
            // The service leaves the plus out.
            let value = if kind == Kind::Phone {
                format!("+{value}")
            } else {
                value.to_owned()
            };
            let alias = owner(db, kind, &value).await.expect("a look")?;
            Some(alias.contact)
        };
        let phone = known(Kind::Phone, &message["from"]).await;
        let user = known(Kind::User, &message["from_user_id"]).await;
        let new_phone = known(Kind::Phone, &message["system"]["wa_id"]).await;
        let new_user = known(Kind::User, &message["system"]["user_id"]).await;
        let contacts = [phone, user, new_phone, new_user];
        let same = contacts
            .iter()
            .flatten()
            .all(|one| contacts.iter().flatten().all(|other| one == other));
        let whose = contacts.iter().flatten().next();
        let contact = match whose {
            Some(id) => by_id(db, *id).await.expect("a look"),
            None => None,
        };
        let own = |one: &&Value| {
            let input = one["input"]
                .as_str()
                .unwrap_or_default()
                .trim_start_matches('+')
                .to_owned();
            [
                &message["from"],
                &message["from_user_id"],
                &message["system"]["wa_id"],
                &message["system"]["user_id"],
            ]
            .into_iter()
            .any(|name| name.as_str() == Some(&input))
        };
        let answers: Vec<Value> = sent
            .iter()
            .filter(own)
            .map(|one| json!([one["kind"], one["content"]["text"], one["status"]]))
            .collect();
        let told = json!({
            "known": contacts.map(|contact| contact.is_some()),
            "one": same,
            "heard": contact.as_ref().and_then(|contact| contact.last_inbound_at),
            "stopped": contact.as_ref().is_some_and(|contact| contact.stopped_at.is_some()),
            "answers": answers,
        });
        found.insert(name.clone(), told);
    }
    found
}

story!(
    /// Order, batches and repeats belong to the way; what is known and said in the end does not depend on them.
    whatever_way_the_samples_take_the_same_comes_of_them, setup(), world => {
        let manners = [
            json!({}),
            json!({ "batch": 100 }),
            json!({ "doubled": 100 }),
            json!({ "shuffled": true, "doubled": 60, "batch": 7, "late_ms": 300 }),
        ];
        let mut first = None;
        let held = async || world.admin.get("quarantine?state=held").await.expect(200)["data"].clone();
        for (round, manner) in manners.into_iter().enumerate() {
            let told = manner.to_string();
            let all = samples(round + 3);
            post(&world, round + 3, &all, manner).await;
            assert_eq!(held().await, json!([]), "nothing is kept aside in the manner {told}");
            let found = outcome(&world, &all).await;
            for (name, now) in &found {
                let before = first.as_ref().map_or(now, |first: &BTreeMap<String, Value>| &first[name]);
                assert_eq!(now, before, "{name}, posted in the manner {told}");
            }
            first.get_or_insert(found);
        }
        let found = first.expect("four rounds");
        let known = |name: &str| found[name]["known"].as_array().expect("four").clone();
        assert_eq!(known("text"), [true, true, false, false]);
        assert_eq!(known("text-without-phone"), [false, true, false, false]);
        assert_eq!(known("text-without-user-id"), [true, false, false, false]);
        assert_eq!(known("group"), [false; 4], "groups are nobody's chat");
        assert_eq!(found["text-forwarded"]["stopped"], false, "someone else's words");
        let answer = |name: &str| found[name]["answers"][0][1].as_str().unwrap_or_default().to_owned();
        for name in ["text", "text-without-phone", "image", "voice", "location"] {
            assert!(answer(name).contains("terima kasih sudah menghubungi"), "{name}: {}", found[name]);
        }
        for name in ["group", "unknown-kind", "number-changed", "status-failed"] {
            assert_eq!(found[name]["answers"], json!([]), "{name} is answered by nothing");
        }
        for (name, of) in &found {
            assert_eq!(of["one"], true, "{name}: one person has one chat");
        }
    }
);

story!(
    /// A body is taken by its signature alone; what is not signed leaves nothing behind.
    nothing_comes_of_samples_that_are_not_signed, setup(), world => {
        let all = samples(8);
        for (_, change) in &all {
            let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [change] }] });
            for sign in ["wrong", "missing"] {
                assert_eq!(world.post_webhook(&body, sign).await, 401);
            }
        }
        world.webhooks_handled().await;
        let found = outcome(&world, &all).await;
        for (name, of) in &found {
            assert_eq!(of["known"], json!([false, false, false, false]), "{name}");
        }
    }
);

story!(
    /// Everything that a thumb can do in the app: taken, answered where it makes sense, and nothing breaks of it.
    whatever_a_thumb_does_is_taken, Setup { whatsapp: true, ..Setup::default() }, world => {
        let siti = world.customer(1, "Siti").await;
        siti.phone(json!({ "offline": true })).await;
        let said = siti.says_with("Halo", json!({ "forwarded": "once" })).await;
        world.drained().await;
        assert_eq!(siti.heard().await.len(), 0, "the phone is off");
        siti.phone(json!({ "offline": false })).await;
        let greeting = siti.hears("terima kasih sudah menghubungi").await;
        siti.edits(&said, "Halo juga").await;
        siti.revokes(&said).await;
        siti.reacts(&greeting, Some("👍")).await;
        siti.reacts(&greeting, None).await;
        world.webhooks_taken().await;
        world.webhooks_handled().await;
        world.drained().await;
        assert_eq!(siti.count("terima kasih").await, 1, "gestures are answered by nothing");
        siti.photo(&tanggap::simulator::picture::jpeg(7), Some("Bocor di sini")).await;
        siti.location(-6.8915, 107.6107).await;
        siti.shares_number().await;
        siti.sends("order", json!({ "catalog_id": "91", "product_items": [] })).await;
        siti.sends("unsupported", json!({ "type": "poll" })).await;
        siti.changes_number("+6281399900001").await;
        world.webhooks_taken().await;
        world.webhooks_handled().await;
        world.drained().await;
        siti.reads().await;
        world.webhooks_taken().await;
        world.webhooks_handled().await;
        assert!(siti.heard().await.iter().all(|message| message["status"] == "read"));
        let db = &world.running.app.db;
        let known = async |phone| owner(db, Kind::Phone, phone).await.expect("a look");
        assert!(known("+6281399900001").await.is_some(), "the new number");
        assert!(known("+6281200000001").await.is_none(), "the old one is nobody's now");
    }
);
