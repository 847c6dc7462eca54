//! What WhatsApp posts: checked, kept byte for byte, answered, and handled once, whatever it is.

use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tanggap::store::contacts::{Kind, owner};
use tanggap::store::webhooks;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

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

/// A post that is begun, and not ended: its connection, as long as it is held.
async fn begins(world: &World, length: usize, sent: usize) -> TcpStream {
    let mut stream = TcpStream::connect(world.running.address)
        .await
        .expect("connected");
    let head = format!(
        "POST /webhooks/whatsapp HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\
         x-hub-signature-256: sha256={}\r\n\r\n",
        "0".repeat(64)
    );
    stream.write_all(head.as_bytes()).await.expect("written");
    // Whoever is turned away at once hears no more.
    drop(stream.write_all(&vec![b' '; sent]).await);
    stream
}

/// The status of what was begun.
async fn answer_of(mut stream: TcpStream) -> String {
    let mut line = vec![0; 12];
    stream.read_exact(&mut line).await.expect("an answer");
    String::from_utf8_lossy(&line[9..]).into_owned()
}

story!(
    /// Whoever cannot sign does not fill our memory: what is too long, or has no signature, is not read at all, and
    /// many large bodies at once leave room for what people write.
    strangers_do_not_fill_our_memory, with_whatsapp(), world => {
        assert_eq!(answer_of(begins(&world, 9 << 20, 0).await).await, "413");
        let mut held = Vec::new();
        for _ in 0..20 {
            held.push(begins(&world, 4 << 20, (4 << 20) - 1).await);
        }
        let large = body(&json!([]), &json!([text("wamid.large", "6281234567801", &"x".repeat(1_500_000))]));
        world.eventually("there is no room", || async {
            post(&world, &large, Some(&signature(SECRET, &large))).await == 503
        }).await;
        posted(&world, &body(&json!([]), &json!([text("wamid.1", "6281234567802", "Halo")]))).await;
        drop(held);
        world.eventually("there is room again", || async {
            post(&world, &large, Some(&signature(SECRET, &large))).await == 200
        }).await;
        handled(&world).await;
        assert!(knows(&world, "+6281234567802").await);
        world.nobody_hears().await;
    }
);

story!(
    /// However often a body is given back because the database was busy, it is read in the end: only deaths count.
    what_is_given_back_was_not_begun, with_whatsapp(), world => {
        let app = &world.running.app;
        let kept = tanggap::app::webhooks::keep(app, "story", b"{}".to_vec()).await;
        assert!(kept.expect("kept"));
        for _ in 0..25 {
            let bodies = tanggap::app::webhooks::lease(app, "story", 16).await.expect("leased");
            assert_eq!(bodies.len(), 1);
            assert_eq!(bodies[0].attempts, 1);
            let left = vec![bodies[0].id];
            tanggap::app::webhooks::settle(app, Vec::new(), left).await.expect("given back");
        }
        let bodies = tanggap::app::webhooks::lease(app, "story", 16).await.expect("leased");
        // Whoever dies with it says nothing.
        world.order("UPDATE webhooks SET leased_until = NULL WHERE channel = 'story'").await;
        let again = tanggap::app::webhooks::lease(app, "story", 16).await.expect("leased");
        assert_eq!((bodies[0].attempts, again[0].attempts), (1, 2));
        tanggap::app::webhooks::settle(app, vec![again[0].id], Vec::new()).await.expect("done");
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
