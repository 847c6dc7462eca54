//! How webhooks travel: signed, again until taken, batched, doubled, out of order, and about whom.

use std::collections::BTreeSet;

use serde_json::json;

use crate::simulator::whatsapp::hook::signature;
use crate::simulator::whatsapp::parcels::written;
use crate::simulator::whatsapp::tests::Bench;

#[test]
fn the_signature_is_the_standard_one() {
    // RFC 4231, test case 2.
    assert_eq!(
        signature(b"Jefe", b"what do ya want for nothing?"),
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
    // Test case 6: a key longer than a block.
    assert_eq!(
        signature(
            &[0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First"
        ),
        "sha256=60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    );
}

#[test]
fn bodies_are_written_with_escapes() {
    let body = written(&json!({"text": "a/b é 🙏"}));
    assert_eq!(body, r#"{"text":"a\/b \u00e9 \ud83d\ude4f"}"#);
}

#[tokio::test]
async fn a_refused_body_comes_again_and_holds_nobody_up() {
    let bench = Bench::new().await;
    *bench.business.refuse.lock().unwrap() = 3;
    for text in ["satu", "dua", "tiga"] {
        bench.post("/people/1/text", json!({"text": text})).await;
    }
    bench.idle().await;
    let texts: BTreeSet<String> = bench
        .business
        .list("messages")
        .iter()
        .map(|message| message["text"]["body"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(texts.len(), 4, "{texts:?}");
    let told = bench.get("").await;
    assert!(told["last_error"].as_str().unwrap().contains("503"), "{told}");
}

#[tokio::test]
async fn batches_hold_many_and_doubles_come_twice() {
    let bench = Bench::new().await;
    bench.post("/manner", json!({"paused": true})).await;
    for number in 0..250 {
        bench
            .post("/people/1/text", json!({"text": number.to_string()}))
            .await;
    }
    bench.post("/manner", json!({"batch": 100, "doubled": 100})).await;
    bench.idle().await;
    let bodies = bench.business.got.lock().unwrap().len();
    assert_eq!(bodies, 1 + 2 * 3);
    let first = bench.business.got.lock().unwrap()[1].clone();
    let messages = first["entry"][0]["changes"][0]["value"]["messages"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(messages.len(), 100);
    assert_eq!(messages[99]["text"]["body"], "99", "in order");
    assert_eq!(
        first["entry"][0]["changes"][0]["value"]["contacts"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(bench.business.list("messages").len(), 1 + 500);
}

#[tokio::test]
async fn shuffled_events_all_arrive_and_not_in_their_order() {
    let bench = Bench::new().await;
    bench.post("/manner", json!({"paused": true})).await;
    for number in 0..40 {
        bench
            .post("/people/1/text", json!({"text": number.to_string()}))
            .await;
    }
    bench
        .post("/manner", json!({"shuffled": true, "batch": 7, "seed": 3}))
        .await;
    bench.idle().await;
    let heard = bench.business.list("messages");
    let numbers: Vec<usize> = heard
        .iter()
        .filter_map(|message| message["text"]["body"].as_str()?.parse().ok())
        .collect();
    let all: BTreeSet<usize> = numbers.iter().copied().collect();
    assert_eq!(all.len(), 40);
    assert!(!numbers.is_sorted(), "{numbers:?}");
}

#[tokio::test]
async fn a_person_with_a_user_name_may_be_told_of_without_a_phone() {
    let bench = Bench::new().await;
    let person = json!({"id": 2, "name": "Sheena", "phone": "6281200000002", "username": "@sheena",
        "hides_phone": true, "user_id": "ID.77", "parent_user_id": "ID.ENT.78"});
    bench.post("/people", person).await;
    bench.post("/people/2/text", json!({"text": "Halo"})).await;
    bench.idle().await;
    let heard = bench.business.changes().pop().unwrap()["value"].clone();
    let contact = json!({"profile": {"name": "Sheena", "username": "@sheena"}, "user_id": "ID.77",
        "parent_user_id": "ID.ENT.78"});
    assert_eq!(heard["contacts"], json!([contact]));
    assert!(heard["messages"][0].get("from").is_none());
    assert_eq!(heard["messages"][0]["from_user_id"], "ID.77");

    bench.post("/people/2/phone", json!({"hides_phone": false})).await;
    bench
        .post("/people/2/number", json!({"phone": "+6281200000003"}))
        .await;
    bench.idle().await;
    let heard = bench.business.changes().pop().unwrap()["value"].clone();
    assert!(heard.get("contacts").is_none());
    let system = &heard["messages"][0];
    assert_eq!(system["from"], "6281200000002");
    assert_eq!(system["system"]["type"], "user_changed_number");
    assert_eq!(system["system"]["wa_id"], "6281200000003");
    assert_eq!(system["system"]["previous_user_id"], "ID.77");
}

#[tokio::test]
async fn a_body_of_ones_own_is_posted_as_it_is_and_signed_as_told() {
    let bench = Bench::new().await;
    for (sign, status) in [("good", 200), ("wrong", 401), ("missing", 401)] {
        let posted = json!({"raw": "{ \"object\":\"x\", \"entry\":[] }", "sign": sign});
        assert_eq!(bench.post("/post", posted).await["status"], status, "{sign}");
    }
    assert_eq!(
        bench.business.raw.lock().unwrap().last().unwrap(),
        "{ \"object\":\"x\", \"entry\":[] }"
    );
    let elsewhere = json!({"url": bench.base, "verify_token": "kata"});
    assert_eq!(bench.try_post("/webhook", elsewhere).await.0, 409);
}

#[tokio::test]
async fn reactions_edits_and_deletions_name_the_message() {
    let bench = Bench::new().await;
    let sent = bench.send("text", json!({"body": "Selesai."})).await;
    bench
        .post("/people/1/react", json!({"message_id": sent, "emoji": "👍"}))
        .await;
    bench.post("/people/1/react", json!({"message_id": sent})).await;
    let said = bench.post("/people/1/text", json!({"text": "Jl. Melati"})).await["message_id"].clone();
    bench
        .post("/people/1/edit", json!({"message_id": said, "text": "Jl. Mawar"}))
        .await;
    bench.post("/people/1/revoke", json!({"message_id": said})).await;
    bench
        .post(
            "/people/1/other",
            json!({"type": "unsupported", "content": {"type": "poll"}}),
        )
        .await;
    bench.idle().await;
    let heard = bench.business.list("messages");
    assert_eq!(heard[1]["reaction"], json!({"message_id": sent, "emoji": "👍"}));
    assert_eq!(heard[2]["reaction"], json!({"message_id": sent}));
    assert_eq!(heard[4]["edit"]["original_message_id"], said);
    assert_eq!(heard[4]["edit"]["message"]["text"]["body"], "Jl. Mawar");
    assert_eq!(heard[5]["revoke"], json!({"original_message_id": said}));
    assert_eq!(heard[6]["errors"][0]["code"], 131_051);
    assert_eq!(heard[6]["unsupported"]["type"], "poll");
}
