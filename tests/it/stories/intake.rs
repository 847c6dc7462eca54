//! What Telegram sends: proven, handled once, kept when it cannot be handled.

use domain::ids::InboxId;
use serde_json::{Value, json};
use tanggap::store::inbox::{State, move_kept};

use crate::harness::{Setup, World, story};

/// Posts an update as Telegram does; answers the status and the body.
pub(crate) async fn deliver(world: &World, secret: Option<&str>, body: String) -> (u16, String) {
    let url = format!("http://{}/webhooks/telegram", world.running.address);
    let mut request = world
        .http
        .post(url)
        .header("content-type", "application/json")
        .body(body);
    if let Some(secret) = secret {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    let answer = request.send().await.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("a body"))
}

fn message(update_id: i64, text: &str) -> Value {
    json!({ "update_id": update_id, "message": {
        "message_id": 77, "date": 1_790_000_000,
        "chat": { "id": 1001, "type": "private", "first_name": "Budi" },
        "from": { "id": 1001, "is_bot": false, "first_name": "Budi", "language_code": "id" },
        "text": text,
    }})
}

story!(
    /// Without the secret nothing is even read.
    only_telegram_may_speak, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        for secret in [None, Some(""), Some("wrong"), Some("story-secret_"), Some("story-secret_11")] {
            let (status, _) = deliver(&world, secret, message(900_001, "halo").to_string()).await;
            assert_eq!(status, 401, "{secret:?}");
        }
        world.drained().await;
        assert_eq!(budi.messages().await.len(), 0);
    }
);

story!(
    /// The same update again, as after a crash: the effect is there once.
    a_repeat_changes_nothing, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        for _ in 0..3 {
            let (status, _) = deliver(&world, Some("story-secret_1"), message(900_002, "/bantuan").to_string()).await;
            assert_eq!(status, 200);
        }
        world.drained().await;
        assert_eq!(budi.messages().await.len(), 1);
    }
);

story!(
    /// A winner whose tap is delivered again is told that he won, in the 200's body.
    a_winning_tap_delivered_again_still_wins, world => {
        let basics = world.basics().await;
        let (_, budi) = world.technician(1001, "Budi").await;
        world.ticket(&basics, "Diulang").await;
        let offer = budi.sees("Diulang").await;
        let tap = |id: &str| json!({ "update_id": 900_003, "callback_query": {
            "id": id, "chat_instance": "1", "data": "t1|clm|1|0",
            "from": { "id": 1001, "is_bot": false, "first_name": "Budi" },
            "message": { "message_id": offer["message_id"], "date": 1_790_000_000,
                "chat": { "id": 1001, "type": "private", "first_name": "Budi" }, "text": "x" },
        }});
        for _ in 0..3 {
            let (status, body) = deliver(&world, Some("story-secret_1"), tap("1").to_string()).await;
            assert_eq!(status, 200);
            let body: Value = serde_json::from_str(&body).expect("a method call");
            assert_eq!(body["method"], "answerCallbackQuery");
            assert!(body["text"].as_str().expect("words").contains("Anda mendapat"), "{body}");
        }
        world.drained().await;
        assert_eq!(budi.count("Bapak Hartono").await, 1);
        let seen = world.look(&json!({ "id": "1" })).await;
        assert_eq!(seen["timeline"].as_array().expect("events").len(), 2);
    }
);

story!(
    /// What nobody can read is kept, seen by the admin, and holds nobody up.
    the_unreadable_is_kept_aside, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let odd = [
            "{\"update_id\": 900010, \"message\": {\"message_id\": \"x\", \"chat\": 7}}".to_owned(),
            "{\"update_id\": 900011, \"callback_query\": {\"id\": 5}}".to_owned(),
            "not json at all".to_owned(),
            "[1,2,3]".to_owned(),
            format!("{{\"update_id\": 900012, \"message\": {}1{}}}", "[".repeat(300), "]".repeat(300)),
        ];
        for body in &odd {
            let (status, _) = deliver(&world, Some("story-secret_1"), body.clone()).await;
            assert_eq!(status, 200, "{body}");
        }
        let kept = world.admin.get("quarantine").await.expect(200);
        let kept = kept["data"].as_array().expect("inputs").clone();
        assert_eq!(kept.len(), odd.len(), "{kept:#?}");
        assert!(kept.iter().all(|input| input["state"] == "held" && input["error"].is_string()), "{kept:#?}");
        let (status, _) = deliver(&world, Some("story-secret_1"), message(900_020, "/bantuan").to_string()).await;
        assert_eq!(status, 200);
        budi.sees("/tugas").await;

        let path = format!("quarantine/{}/retry", kept[0]["id"].as_str().expect("an id"));
        assert!(world.admin.post(&path, json!({})).await.status.is_success());
        world.eventually("it is held again, after one more try", || async {
            let now = world.admin.get("quarantine").await.expect(200);
            let same = now["data"].as_array().expect("inputs").iter().find(|i| i["id"] == kept[0]["id"]).cloned();
            same.is_some_and(|input| input["state"] == "held" && input["attempts"] == json!(2))
        })
        .await;
        world.leaves_something();
    }
);

story!(
    /// Kinds of messages that nothing reads are answered, and unknown fields do no harm.
    unknown_kinds_are_answered, world => {
        let (_, budi) = world.technician(1001, "Budi").await;
        let mut sticker = message(900_030, "");
        sticker["message"].as_object_mut().expect("a message").remove("text");
        sticker["message"]["sticker"] = json!({ "file_id": "a", "file_unique_id": "b", "type": "regular",
            "width": 1, "height": 1, "is_animated": false, "is_video": false });
        let (status, _) = deliver(&world, Some("story-secret_1"), sticker.to_string()).await;
        assert_eq!(status, 200);
        budi.sees("belum bisa saya baca").await;

        let mut future = message(900_031, "/tugas");
        future["message"]["entities"] = json!([
            { "type": "bot_command", "offset": 0, "length": 6 },
            { "type": "date_time", "offset": 0, "length": 2, "unix_time": 5 },
        ]);
        future["message"]["quantum"] = json!({ "state": [1, 2] });
        let (status, _) = deliver(&world, Some("story-secret_1"), future.to_string()).await;
        assert_eq!(status, 200);
        budi.sees("Belum ada tugas").await;
    }
);

story!(
    /// An update of a kind that nothing handles is kept once; edits and what the service itself says are not.
    unknown_kinds_of_updates_are_kept, world => {
        let edited = json!({ "update_id": 900_040, "edited_message": message(1, "diubah")["message"] });
        let mut pinned = message(900_041, "");
        pinned["message"]["pinned_message"] = json!({});
        let unknown = json!({ "update_id": 900_042, "quantum_reaction": { "id": 1 } });
        for update in [&edited, &pinned, &unknown, &unknown] {
            assert_eq!(deliver(&world, Some("story-secret_1"), update.to_string()).await.0, 200);
        }
        let kept = world.admin.get("quarantine?state=held").await.expect(200);
        let kept = kept["data"].as_array().expect("inputs");
        assert_eq!(kept.len(), 1, "{kept:#?}");
        assert_eq!((&kept[0]["external_id"], &kept[0]["attempts"]), (&json!("900042"), &json!(1)));
        assert!(kept[0]["error"].as_str().expect("why").contains("quantum_reaction"), "{kept:#?}");

        // One that waits for its next try is still held.
        let id = kept[0]["id"].as_str().expect("an id").parse().expect("a number");
        let moved = world.running.app.db.write(move |tx| {
            Box::pin(async move { move_kept(tx, InboxId(id), State::Held, State::Retry).await })
        });
        assert!(moved.await.expect("moved").0);
        let kept = world.admin.get("quarantine?state=held").await.expect(200);
        assert_eq!(kept["data"].as_array().expect("inputs").len(), 1, "{kept:#?}");
        world.leaves_something();
    }
);

story!(
    /// A press whose handler panics is answered and kept; others go on, and it is done once the cause is mended.
    a_panic_stops_nobody_else,
    Setup { adjust: |config| config.visit.checkin_grace_minutes = 1440, ..Setup::default() },
    world => {
        let basics = world.basics().await;
        let (_, budi) = world.technician(1001, "Budi").await;
        let (_, andi) = world.technician(1002, "Andi").await;
        let cursed = world.ticket(&basics, "Terkutuk").await;
        world.ticket(&basics, "Biasa").await;
        let (offer, plain) = (budi.sees("Terkutuk").await, andi.sees("Biasa").await);
        let id = cursed["id"].as_str().expect("an id");
        let date = cursed["visit_date"].as_str().expect("a date");
        // No calendar knows the day after this one, on which a check-in would be due.
        let last = if world.backend.is_sqlite() { "+262142-12-31" } else { "262142-12-31" };
        world.order(&format!("UPDATE tickets SET visit_date = '{last}' WHERE id = {id}")).await;
        let (answer, other) = tokio::join!(budi.tap(&offer, "Ambil Job"), andi.tap(&plain, "Ambil Job"));
        assert_eq!(answer["show_alert"], json!(true), "{answer}");
        assert!(other["text"].as_str().expect("words").contains("Anda mendapat"), "{other}");
        andi.sees("Bapak Hartono").await;
        let kept = world.admin.get("quarantine?state=held").await.expect(200);
        let kept = kept["data"].as_array().expect("inputs");
        assert_eq!(kept.len(), 1, "{kept:#?}");
        assert!(kept[0]["error"].as_str().expect("why").contains("panicked"), "{kept:#?}");
        let ready = world.http.get(format!("{}/readyz", world.admin.base)).send().await;
        assert_eq!(ready.expect("an answer").status(), 200);

        world.order(&format!("UPDATE tickets SET visit_date = '{date}' WHERE id = {id}")).await;
        let retry = format!("quarantine/{}/retry", kept[0]["id"].as_str().expect("an id"));
        assert!(world.admin.post(&retry, json!({})).await.status.is_success());
        budi.sees("Bapak Hartono").await;
        assert_eq!(world.look(&cursed).await["technician"]["name"], "Budi");
    }
);
