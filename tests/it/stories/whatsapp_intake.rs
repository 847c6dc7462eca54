//! What WhatsApp posts: checked, kept byte for byte, answered, and handled once, whatever it is.

use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tanggap::store::contacts::{Kind, owner};
use tanggap::store::webhooks;

use crate::harness::{Setup, World, story};

const NUMBER: &str = "1060000000001";
const SECRET: &str = "the app's secret";
const FORMER: &str = "the former secret";
const WORD: &str = "the word of the story";

fn with_whatsapp() -> Setup {
    Setup {
        adjust: |config| {
            NUMBER.clone_into(&mut config.whatsapp.phone_number_id);
            "http://127.0.0.1:9".clone_into(&mut config.whatsapp.api_url);
            config.whatsapp.access_token = Some("a token".into());
            config.whatsapp.app_secret = Some(SECRET.into());
            config.whatsapp.app_secret_previous = Some(FORMER.into());
            config.whatsapp.verify_token = Some(WORD.into());
        },
        ..Setup::default()
    }
}

fn signature(secret: &str, raw: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any key");
    mac.update(raw);
    format!("sha256={:x}", mac.finalize().into_bytes())
}

async fn post(world: &World, raw: &[u8], signature: Option<&str>) -> u16 {
    let url = format!("http://{}/webhooks/whatsapp", world.running.address);
    let mut call = world
        .http
        .post(url)
        .body(raw.to_vec())
        .header("content-type", "application/json");
    if let Some(signature) = signature {
        call = call.header("X-Hub-Signature-256", signature);
    }
    call.send().await.expect("an answer").status().as_u16()
}

async fn posted(world: &World, raw: &[u8]) {
    assert_eq!(post(world, raw, Some(&signature(SECRET, raw))).await, 200);
}

/// A body as the service writes it: escapes and slashes that nobody else writes so.
fn body(contacts: &Value, messages: &Value) -> Vec<u8> {
    let value = json!({ "messaging_product": "whatsapp", "contacts": contacts, "messages": messages,
        "metadata": { "display_phone_number": "62215550000", "phone_number_id": NUMBER } });
    let body = json!({ "object": "whatsapp_business_account",
        "entry": [{ "id": "1", "changes": [{ "field": "messages", "value": value }] }] });
    body.to_string().replace('/', "\\/").into_bytes()
}

fn text(id: &str, from: &str, words: &str) -> Value {
    json!({ "id": id, "from": from, "timestamp": "1795000000", "type": "text", "text": { "body": words } })
}

async fn handled(world: &World) {
    let db = world.running.app.db.clone();
    world
        .eventually("everything posted is handled", || {
            let db = db.clone();
            async move { webhooks::waiting(&db).await.expect("a count") == 0 }
        })
        .await;
}

async fn knows(world: &World, phone: &str) -> bool {
    let db = &world.running.app.db;
    owner(db, Kind::Phone, phone).await.expect("a look").is_some()
}

story!(
    /// The service asks for the word that it was told; nobody else learns anything.
    the_webhook_proves_itself, with_whatsapp(), world => {
        let ask = async |query: &str| {
            let url = format!("http://{}/webhooks/whatsapp?{query}", world.running.address);
            let answer = world.http.get(url).send().await.expect("an answer");
            let kind = answer.headers()["content-type"].to_str().unwrap_or_default().to_owned();
            (answer.status().as_u16(), kind, answer.text().await.expect("a body"))
        };
        let word = WORD.replace(' ', "%20").replace('\'', "%27");
        let right = format!("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={word}");
        let (status, kind, challenge) = ask(&right).await;
        assert_eq!((status, challenge.as_str()), (200, "1158201444"));
        assert!(kind.starts_with("text/plain"), "{kind}");
        for wrong in ["", "hub.mode=subscribe&hub.challenge=1&hub.verify_token=", "hub.challenge=1"] {
            let url = format!("http://{}/webhooks/whatsapp?{wrong}", world.running.address);
            assert_eq!(world.http.get(url).send().await.expect("an answer").status().as_u16(), 403);
        }
        let url = format!("http://{}/webhooks/whatsapp?{}", world.running.address, right.replace("subscribe", "other"));
        assert_eq!(world.http.get(url).send().await.expect("an answer").status().as_u16(), 403);
    }
);

story!(
    /// Only what is signed with the secret, or with the former one, is kept; the rest leaves no trace.
    only_what_is_signed_is_kept, with_whatsapp(), world => {
        let raw = body(&json!([]), &json!([text("wamid.1", "6281234567801", "Halo \u{2019} 🙏")]));
        let other = body(&json!([]), &json!([text("wamid.2", "6281234567802", "x")]));
        for wrong in [None, Some(""), Some("sha256=00"), Some(signature("guessed", &raw).as_str()),
            Some(signature(SECRET, &other).as_str())] {
            assert_eq!(post(&world, &raw, wrong).await, 401);
        }
        let count = webhooks::waiting(&world.running.app.db).await.expect("a count");
        assert_eq!(count, 0);
        assert!(!knows(&world, "+6281234567801").await);
        posted(&world, &raw).await;
        assert_eq!(post(&world, &other, Some(&signature(FORMER, &other))).await, 200);
        handled(&world).await;
        assert!(knows(&world, "+6281234567801").await && knows(&world, "+6281234567802").await);
        let large = vec![b' '; 4 * 1024 * 1024 + 1];
        assert_eq!(post(&world, &large, Some(&signature(SECRET, &large))).await, 413);
    }
);

story!(
    /// The same body, the same message in other bodies, a thousand in one: each counts once.
    repeats_and_batches_come_to_the_same, with_whatsapp(), world => {
        let people: Vec<Value> = (0..40)
            .map(|n| json!({ "profile": { "name": format!("P{n}") }, "wa_id": format!("62812345601{n:02}"),
                "user_id": format!("ID.{n}") }))
            .collect();
        let mut messages: Vec<Value> = (0..1000)
            .map(|n| text(&format!("wamid.{n}"), &format!("62812345601{:02}", n % 40), &n.to_string()))
            .collect();
        let raw = body(&json!(people), &json!(messages));
        let mark = signature(SECRET, &raw);
        let (first, second) = tokio::join!(post(&world, &raw, Some(&mark)), post(&world, &raw, Some(&mark)));
        assert_eq!((first, second), (200, 200));
        messages.reverse();
        posted(&world, &body(&json!(people), &json!(messages))).await;
        posted(&world, &body(&json!([people[3]]), &json!([messages[999 - 3]]))).await;
        handled(&world).await;
        for n in 0..40 {
            assert!(knows(&world, &format!("+62812345601{n:02}")).await, "{n}");
        }
        world.nobody_hears().await;
    }
);

story!(
    /// What makes no sense is kept aside alone; what came with it is handled.
    one_bad_message_takes_no_other_with_it, with_whatsapp(), world => {
        let bad = json!({ "id": "wamid.bad", "from": "6281234567801", "timestamp": "1795000000", "type": "text",
            "text": { "body": ["not", "words"] } });
        posted(&world, &body(&json!([]), &json!([bad, text("wamid.good", "6281234567802", "x")]))).await;
        let noise = b"no json at all".to_vec();
        posted(&world, &noise).await;
        handled(&world).await;
        assert!(knows(&world, "+6281234567802").await);
        let kept = world.admin.get("quarantine?state=held").await.expect(200);
        let kept = kept["data"].as_array().expect("a list").clone();
        assert_eq!(kept.len(), 2);
        assert!(kept.iter().all(|kept| kept["channel"] == "whatsapp"));
        for kept in &kept {
            // Tried again, it makes no more sense than before, and is kept aside once more.
            let path = format!("quarantine/{}/retry", kept["id"].as_str().expect("an id"));
            world.admin.post(&path, json!({})).await.expect(200);
        }
        world.eventually("both were tried again", || async {
            let held = world.admin.get("quarantine?state=held").await.expect(200);
            let all = held["data"].as_array().expect("a list");
            all.len() == 2 && all.iter().all(|kept| kept["attempts"] == json!(2))
        }).await;
        world.leaves_something();
    }
);

fn with_cables() -> Setup {
    Setup {
        cables: true,
        ..with_whatsapp()
    }
}

story!(
    /// Without its database the service proves itself still, takes nothing, and loses nothing.
    a_lost_database_is_told_and_the_message_comes_again, with_cables(), world => {
        if let Some(cables) = &world.cables {
            let raw = body(&json!([]), &json!([text("wamid.1", "6281234567801", "Halo")]));
            cables.database.cut();
            assert_eq!(post(&world, &raw, Some(&signature(SECRET, &raw))).await, 503);
            let url = format!("http://{}/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=7&hub.verify_token={}",
                world.running.address, WORD.replace(' ', "%20"));
            assert_eq!(world.http.get(url).send().await.expect("an answer").status().as_u16(), 200);
            cables.database.mend();
            world.eventually("it is taken again", || async {
                post(&world, &raw, Some(&signature(SECRET, &raw))).await == 200
            }).await;
            handled(&world).await;
            assert!(knows(&world, "+6281234567801").await);
        }
    }
);
