//! What may be sent, to whom, and what is heard of it afterwards.

use serde_json::{Value, json};

use crate::simulator::WhatsappOptions;
use crate::simulator::whatsapp::tests::{Bench, number, to_siti};

fn text(body: &str) -> Value {
    json!({"body": body})
}

fn buttons(titles: &[&str]) -> Value {
    let buttons: Vec<Value> = titles
        .iter()
        .enumerate()
        .map(|(at, title)| json!({"type": "reply", "reply": {"id": format!("w1|{at}"), "title": title}}))
        .collect();
    json!({"type": "button", "body": {"text": "Setuju?"}, "action": {"buttons": buttons}})
}

fn list(rows: usize, title: &str) -> Value {
    let rows: Vec<Value> = (0..rows)
        .map(|at| json!({"id": format!("row{at}"), "title": format!("{title}{at}"), "description": "d"}))
        .collect();
    json!({
        "type": "list", "body": {"text": "Ada yang bisa kami bantu?"},
        "action": {"button": "Buka menu", "sections": [{"rows": rows}]},
    })
}

#[tokio::test]
async fn a_message_is_accepted_and_its_statuses_follow_with_what_was_sent_along() {
    let bench = Bench::new().await;
    bench.post("/people/1/phone", json!({"offline": true})).await;
    let mut body = to_siti("text", text("Baik, kami catat."));
    body["biz_opaque_callback_data"] = json!("outbox-7");
    let (status, answer) = bench.message(body).await;
    assert_eq!(status, 200);
    assert_eq!(answer["contacts"][0]["input"], "+6281234567890");
    assert_eq!(answer["contacts"][0]["wa_id"], "6281234567890");
    bench.idle().await;
    assert_eq!(bench.business.statuses(), ["sent"]);
    assert!(bench.heard().await.is_empty(), "the phone is off");

    bench.post("/people/1/phone", json!({"offline": false})).await;
    bench.idle().await;
    assert_eq!(bench.business.statuses(), ["sent", "delivered"]);
    assert_eq!(bench.heard().await[0]["content"]["text"], "Baik, kami catat.");
    bench.post("/people/1/read", json!({})).await;
    bench.idle().await;
    assert_eq!(bench.business.statuses(), ["sent", "delivered", "read"]);
    let statuses = bench.business.list("statuses");
    assert!(
        statuses
            .iter()
            .all(|status| status["id"] == answer["messages"][0]["id"])
    );
    assert!(
        statuses
            .iter()
            .all(|status| status["biz_opaque_callback_data"] == "outbox-7")
    );
    assert_eq!(statuses[0]["recipient_id"], "6281234567890");
    assert!(
        statuses[0]["recipient_user_id"]
            .as_str()
            .unwrap()
            .starts_with("ID.")
    );
    assert_eq!(bench.violations().await, Vec::<String>::new());
}

#[tokio::test]
async fn words_outside_the_window_are_accepted_and_fail_later() {
    let bench = Bench::new().await;
    bench
        .post(
            "/people",
            json!({"id": 2, "name": "Tono", "phone": "6281200000002"}),
        )
        .await;
    let mut body = to_siti("text", text("Halo"));
    body["to"] = json!("+6281200000002");
    assert_eq!(bench.message(body.clone()).await.0, 200, "only accepted");
    bench.idle().await;
    let failed = bench.business.list("statuses");
    assert_eq!(failed[0]["status"], "failed");
    assert_eq!(failed[0]["errors"][0]["code"], 131_047);
    assert!(
        bench.business.changes().last().unwrap()["value"]
            .get("contacts")
            .is_none()
    );
    assert_eq!(bench.violations().await, ["window"]);

    let long_ago = json!({"text": "Halo", "ago": 24 * 3600 + 1});
    bench.post("/people/2/text", long_ago).await;
    bench.message(body.clone()).await;
    let lately = json!({"text": "Halo", "ago": 24 * 3600 - 60});
    bench.post("/people/2/text", lately).await;
    bench.message(body).await;
    bench.idle().await;
    assert_eq!(
        bench.business.statuses(),
        ["failed", "failed", "sent", "delivered"]
    );
}

#[tokio::test]
async fn addresses_are_phones_with_a_plus_or_ids_in_their_own_field() {
    let bench = Bench::new().await;
    let user = bench.get("/people/1").await["person"]["user_id"].clone();
    let mut body = to_siti("text", text("Halo"));
    body.as_object_mut().unwrap().remove("to");
    let (_, answer) = bench.message(body.clone()).await;
    assert_eq!(answer["error"]["code"], 131_008);
    body["recipient"] = user.clone();
    let (status, answer) = bench.message(body.clone()).await;
    assert_eq!(status, 200);
    assert_eq!(answer["contacts"][0]["user_id"], user);
    assert!(answer["contacts"][0].get("wa_id").is_none());
    bench.idle().await;
    assert_eq!(bench.heard().await.len(), 1);

    // In `to` an id is accepted, and nobody ever hears of it.
    body["to"] = user;
    assert_eq!(bench.message(body).await.0, 200);
    // Without a plus the service writes to 62 62812….
    let mut body = to_siti("text", text("Halo"));
    body["to"] = json!("6281234567890");
    assert_eq!(bench.message(body).await.0, 200);
    bench.idle().await;
    assert_eq!(bench.heard().await.len(), 1);
    assert_eq!(bench.business.statuses(), ["sent", "delivered", "failed"]);
    assert_eq!(
        bench.violations().await,
        ["missing_parameter", "bsuid_in_to", "to_without_plus"]
    );
}

#[tokio::test]
async fn every_field_is_known_has_its_type_and_its_length() {
    let bench = Bench::new().await;
    let wrong = [
        ("text", json!({"body": ""})),
        ("text", json!({"body": "a".repeat(4097)})),
        ("text", json!({"body": "a", "bold": true})),
        ("text", json!({"text": "a"})),
        ("text", json!({"body": 7})),
        ("interactive", buttons(&["a", "b", "c", "d"])),
        ("interactive", buttons(&["lebih dari 20 karakter"])),
        ("interactive", buttons(&["sama", "sama"])),
        ("interactive", list(11, "Baris ")),
        ("interactive", list(1, "judul baris lebih dari 24 ")),
        (
            "interactive",
            json!({"type": "cta_url", "body": {"text": "a"}, "action": {"name": "cta_url",
            "parameters": {"display_text": "Lihat", "url": "portal.contoh.id"}}}),
        ),
        (
            "interactive",
            json!({"type": "location_request_message", "body": {"text": "a"},
            "action": {"name": "send_location"}, "footer": {"text": "b"}}),
        ),
        ("sticker", json!({"id": "1"})),
        ("document", json!({"id": "1", "filename": "a.pdf"})),
        ("image", json!({"id": "1", "link": "https://a.id/b.jpg"})),
        ("greeting", json!({})),
    ];
    let count = wrong.len();
    for (kind, content) in wrong {
        let (code, details) = bench.refused(kind, content).await;
        assert!(
            [100, 131_008, 131_009, 131_051].contains(&code),
            "{code} {details}"
        );
    }
    let mut unknown = to_siti("text", text("a"));
    unknown["priority"] = json!("high");
    assert_eq!(bench.message(unknown).await.0, 400);
    let mut long = to_siti("text", text("a"));
    long["biz_opaque_callback_data"] = json!("x".repeat(513));
    assert_eq!(bench.message(long).await.0, 400);
    let mut bare = to_siti("text", text("a"));
    bare.as_object_mut().unwrap().remove("recipient_type");
    assert_eq!(bench.message(bare).await.0, 400);
    assert_eq!(bench.violations().await.len(), count + 3);
    assert!(bench.heard().await.is_empty());
}

#[tokio::test]
async fn what_is_pressed_comes_back_as_the_service_tells_it() {
    let bench = Bench::new().await;
    let asked = bench
        .send("interactive", buttons(&["Setuju", "Tidak setuju"]))
        .await;
    bench
        .post("/people/1/press", json!({"message_id": asked, "title": "Setuju"}))
        .await;
    let menu = bench.send("interactive", list(3, "Baris ")).await;
    bench
        .post("/people/1/press", json!({"message_id": menu, "id": "row2"}))
        .await;
    let gone = json!({"message_id": menu, "id": "row9"});
    assert_eq!(bench.try_post("/people/1/press", gone).await.0, 404);
    bench
        .post(
            "/people/1/press",
            json!({"message_id": menu, "forged": "w1|admin"}),
        )
        .await;
    bench.idle().await;
    let heard = bench.business.list("messages");
    assert_eq!(
        heard[1]["interactive"]["button_reply"],
        json!({"id": "w1|0", "title": "Setuju"})
    );
    assert_eq!(heard[1]["context"]["id"], json!(asked));
    let row = json!({"id": "row2", "title": "Baris 2", "description": "d"});
    assert_eq!(
        heard[2]["interactive"],
        json!({"type": "list_reply", "list_reply": row})
    );
    assert_eq!(heard[3]["interactive"]["button_reply"]["id"], "w1|admin");
}

#[tokio::test]
async fn calls_need_the_token_the_version_and_an_id_that_is_there() {
    let bench = Bench::new().await;
    let number = number();
    let token = WhatsappOptions::default().access_token;
    let cases = [
        (format!("v26.0/{number}/messages"), "wrong", 401, 190),
        (format!("v21.0/{number}/messages"), token.as_str(), 400, 2500),
        ("v26.0/1234/messages".to_owned(), token.as_str(), 400, 100),
        (format!("v26.0/{number}/register"), token.as_str(), 400, 100),
    ];
    for (path, token, status, code) in cases {
        let url = format!("{}/{path}", bench.base);
        let body = to_siti("text", text("a"));
        let sent = bench
            .http
            .post(url)
            .bearer_auth(token)
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(sent.status().as_u16(), status, "{path}");
        let answer: Value = sent.json().await.unwrap();
        assert_eq!(answer["error"]["code"], json!(code), "{answer}");
    }
    assert_eq!(
        bench.violations().await,
        ["unauthorized", "version", "unknown_path", "unknown_path"]
    );
    let url = bench.graph(&format!("{number}?fields=display_phone_number,quality_rating"));
    let answer = bench.http.get(url).bearer_auth(&token).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    let expected = json!({"id": number, "display_phone_number": "+622130001234", "quality_rating": "GREEN"});
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn ordered_faults_meet_the_message_they_name() {
    let bench = Bench::new().await;
    bench
        .post(
            "/faults",
            json!({"kind": "refused", "code": 131_056, "http": 403}),
        )
        .await;
    let (status, answer) = bench.message(to_siti("text", text("a"))).await;
    assert_eq!((status, &answer["error"]["code"]), (403, &json!(131_056)));
    bench
        .post("/faults", json!({"kind": "fails", "code": 131_049}))
        .await;
    bench.send("text", text("b")).await;
    bench.post("/faults", json!({"kind": "lost"})).await;
    bench.send("text", text("c")).await;
    bench.post("/faults", json!({"kind": "drop-after"})).await;
    let url = bench.graph(&format!("{}/messages", number()));
    let token = WhatsappOptions::default().access_token;
    let body = to_siti("text", text("d"));
    let sent = bench.http.post(url).bearer_auth(token).json(&body).send().await;
    let unread = match sent {
        Ok(answer) => answer.bytes().await.is_err(),
        Err(_) => true,
    };
    assert!(unread, "the answer is lost");
    bench.idle().await;
    assert_eq!(bench.business.statuses(), ["failed", "sent", "delivered"]);
    let heard = bench.heard().await;
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert_eq!(heard[0]["content"]["text"], "d");
    assert_eq!(bench.violations().await, Vec::<String>::new());
}

#[tokio::test]
async fn one_person_takes_a_burst_and_no_more() {
    let bench = Bench::with(|options| options.whatsapp.pair_burst = 3).await;
    for _ in 0..3 {
        bench.send("text", text("a")).await;
    }
    assert_eq!(bench.refused("text", text("a")).await.0, 131_056);
    assert_eq!(bench.violations().await, ["pair_rate"]);
}

#[tokio::test]
async fn a_read_receipt_is_for_a_message_that_someone_sent() {
    let bench = Bench::new().await;
    let said = bench.post("/people/1/text", json!({"text": "Ada?"})).await;
    let receipt = |id: &Value| {
        json!({"messaging_product": "whatsapp", "status": "read", "message_id": id,
            "typing_indicator": {"type": "text"}})
    };
    assert_eq!(bench.message(receipt(&said["message_id"])).await.0, 200);
    let screen = bench.get("/people/1").await;
    assert_eq!(screen["person"]["typing"], true);
    let mine = screen["messages"].as_array().unwrap();
    assert!(
        mine.iter().all(|message| message["status"] == "read"),
        "earlier ones too"
    );
    assert_eq!(bench.message(receipt(&json!("wamid.none"))).await.0, 400);
    assert_eq!(bench.violations().await, ["read"]);
}
