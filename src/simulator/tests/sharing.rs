//! What people share, in the service's shapes.

use serde_json::{Value, json};

use crate::simulator::tests::{Bench, lenient};

impl Bench {
    /// The messages in the updates that wait for a poll, with the kind of update.
    pub(crate) async fn heard(&self) -> Vec<(String, Value)> {
        let updates = self.ok("getUpdates", json!({})).await;
        let updates = updates.as_array().unwrap().clone();
        let next = updates
            .last()
            .map_or(0, |last| last["update_id"].as_i64().unwrap() + 1);
        self.ok("getUpdates", json!({"offset": next})).await;
        updates
            .into_iter()
            .map(|update| {
                let fields = update.as_object().unwrap();
                let (kind, message) = fields.iter().find(|(name, _)| *name != "update_id").unwrap();
                (kind.clone(), message.clone())
            })
            .collect()
    }

    /// Asks the control API for what cannot be; the status.
    pub(crate) async fn cannot(&self, path: &str, body: Value) -> u16 {
        let url = format!("{}/sim/api{path}", self.base);
        self.http
            .post(url)
            .json(&body)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    }
}

#[tokio::test]
async fn places_are_static_live_forwarded_or_named() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    bench.person(8, "Andi").await;
    let here = json!({"latitude": -6.2, "longitude": 106.8});
    let with = |more: Value| {
        let mut body = here.clone();
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        body
    };
    bench.post("/people/7/location", here.clone()).await;
    bench
        .post(
            "/people/7/location",
            with(json!({"forwarded_from": 8, "forwarded_date": 1_780_000_000})),
        )
        .await;
    bench
        .post(
            "/people/7/location",
            with(json!({"title": "Kafe", "address": "Jl. Melati"})),
        )
        .await;
    let heard = bench.heard().await;
    assert_eq!(heard[0].1["location"], here);
    assert!(heard[0].1.get("text").is_none() && heard[0].1.get("forward_origin").is_none());
    let origin = &heard[1].1["forward_origin"];
    assert_eq!(
        (&origin["type"], &origin["date"], &origin["sender_user"]["id"]),
        (&json!("user"), &json!(1_780_000_000), &json!(8))
    );
    assert_eq!(
        heard[2].1["venue"],
        json!({"location": here, "title": "Kafe", "address": "Jl. Melati"})
    );
    assert_eq!(heard[2].1["location"], here, "a venue fills both fields");
    for wrong in [
        json!({"latitude": 91.0, "longitude": 0.0}),
        with(json!({"horizontal_accuracy": 1501.0})),
        with(json!({"live_period": 59})),
        with(json!({"heading": 90})),
        with(json!({"reply_to": 99})),
    ] {
        assert!(
            bench.cannot("/people/7/location", wrong.clone()).await >= 400,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn a_live_location_moves_by_edits_and_stops_by_one() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let live = json!({"latitude": -6.2, "longitude": 106.8, "horizontal_accuracy": 40.0, "live_period": 900,
                      "heading": 10});
    let id = bench.post("/people/7/location", live.clone()).await["message_id"].clone();
    let moved = json!({"message_id": id, "latitude": -6.3, "longitude": 106.9, "horizontal_accuracy": 6.5});
    bench.post("/people/7/location/move", moved.clone()).await;
    bench
        .post("/people/7/location/stop", json!({"message_id": id}))
        .await;
    let heard = bench.heard().await;
    let kinds: Vec<&str> = heard.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["message", "edited_message", "edited_message"]);
    assert_eq!(heard[0].1["location"], live);
    assert_eq!(
        heard[1].1["location"],
        json!({"latitude": -6.3, "longitude": 106.9, "horizontal_accuracy": 6.5, "live_period": 900})
    );
    assert!(heard[1].1["edit_date"].is_i64() && heard[1].1["message_id"] == id);
    assert_eq!(
        heard[2].1["location"],
        json!({"latitude": -6.3, "longitude": 106.9, "horizontal_accuracy": 6.5})
    );
    assert_eq!(
        bench.cannot("/people/7/location/move", moved).await,
        409,
        "it is over"
    );
}

#[tokio::test]
async fn files_come_in_their_kinds_shapes_and_captions_in_fields_of_their_own() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let send = async |body: Value| bench.post("/people/7/file", body).await["message_id"].clone();
    let photo = send(json!({"kind": "photo", "seed": 5, "caption": "/bukti ini"})).await;
    send(json!({"kind": "document", "file_name": "bast.pdf", "base64": "JVBERg=="})).await;
    send(json!({"kind": "voice", "duration": 4})).await;
    send(json!({"kind": "sticker"})).await;
    send(json!({"kind": "video"})).await;
    send(json!({"kind": "video_note"})).await;
    bench
        .post("/people/7/edit", json!({"message_id": photo, "text": "lain"}))
        .await;
    bench
        .post("/people/7/message", json!({"text": "ya", "reply_to": photo}))
        .await;
    let heard = bench.heard().await;
    let sizes = heard[0].1["photo"].as_array().unwrap();
    assert_eq!(sizes.len(), 3);
    assert_eq!(
        (&sizes[2]["width"], &sizes[2]["height"]),
        (&json!(640), &json!(480))
    );
    assert!(sizes[0]["file_size"].as_u64().unwrap() < sizes[2]["file_size"].as_u64().unwrap());
    assert_eq!(heard[0].1["caption"], "/bukti ini");
    assert_eq!(heard[0].1["caption_entities"][0]["type"], "bot_command");
    assert!(heard[0].1.get("text").is_none() && heard[0].1.get("entities").is_none());
    let document = &heard[1].1["document"];
    assert_eq!(
        (
            &document["file_name"],
            &document["mime_type"],
            &document["file_size"]
        ),
        (&json!("bast.pdf"), &json!("application/pdf"), &json!(4))
    );
    assert_eq!(heard[2].1["voice"]["duration"], 4);
    assert_eq!(heard[3].1["sticker"]["type"], "regular");
    assert_eq!(heard[4].1["video"]["mime_type"], "video/mp4");
    assert_eq!(heard[5].1["video_note"]["length"], 240);
    assert_eq!(
        (&*heard[6].0, &heard[6].1["caption"]),
        ("edited_message", &json!("lain"))
    );
    assert_eq!(heard[7].1["reply_to_message"]["photo"], heard[0].1["photo"]);
    let long = json!({"kind": "photo", "caption": "x".repeat(1025)});
    assert_eq!(bench.cannot("/people/7/file", long).await, 409);
}

#[tokio::test]
async fn an_album_is_as_many_messages_with_one_group_id_and_no_end() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let photo = |seed: u64| json!({"kind": "photo", "seed": seed});
    let items = json!([photo(1), {"kind": "photo", "seed": 2, "caption": "dua"}, photo(1)]);
    bench.post("/people/7/album", json!({"items": items})).await;
    bench
        .post("/people/7/album", json!({"items": [photo(3), {"kind": "video"}]}))
        .await;
    let heard = bench.heard().await;
    let groups: Vec<&Value> = heard
        .iter()
        .map(|(_, message)| &message["media_group_id"])
        .collect();
    assert!(groups[0].is_string() && groups[0] == groups[1] && groups[1] == groups[2]);
    assert_ne!(groups[2], groups[3]);
    assert_eq!(
        (&heard[0].1["caption"], &heard[1].1["caption"]),
        (&Value::Null, &json!("dua"))
    );
    let largest = |at: usize| heard[at].1["photo"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(largest(0)["file_unique_id"], largest(2)["file_unique_id"]);
    assert_ne!(largest(0)["file_id"], largest(2)["file_id"]);
    assert_ne!(largest(0)["file_unique_id"], largest(1)["file_unique_id"]);
    for items in [
        json!([photo(1)]),
        json!([photo(1), {"kind": "document"}]),
        json!(vec![photo(1); 11]),
    ] {
        assert_eq!(
            bench.cannot("/people/7/album", json!({"items": items})).await,
            409
        );
    }
}
