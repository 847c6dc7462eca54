//! Files of the bot: what it may send and fetch, and what is refused in which words.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::simulator::picture;
use crate::simulator::tests::{Bench, TOKEN, lenient, options};

impl Bench {
    /// Calls a method with a multipart form; the status and the body.
    async fn upload(&self, method: &str, form: Form) -> (u16, Value) {
        let url = format!("{}/bot{TOKEN}/{method}", self.base);
        let answer = self.http.post(url).multipart(form).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn fetch(&self, path: &str) -> reqwest::Result<(u16, Vec<u8>)> {
        let url = format!("{}/file/bot{TOKEN}/{path}", self.base);
        let answer = self.http.get(url).send().await?;
        let status = answer.status().as_u16();
        Ok((status, answer.bytes().await?.to_vec()))
    }

    /// Someone sends a photo of a number; the file id of its largest size.
    async fn photo_of(&self, person: i64, seed: u64) -> Value {
        let body = json!({"kind": "photo", "seed": seed});
        self.post(&format!("/people/{person}/file"), body).await;
        let heard = self.heard().await;
        heard.last().unwrap().1["photo"]
            .as_array()
            .unwrap()
            .last()
            .unwrap()["file_id"]
            .clone()
    }
}

fn paper(bytes: Vec<u8>) -> Part {
    Part::bytes(bytes)
        .file_name("surat.pdf")
        .mime_str("application/pdf")
        .unwrap()
}

#[tokio::test]
async fn a_file_is_fetched_by_its_path_and_big_or_unknown_ones_are_refused() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let id = bench.photo_of(7, 5).await;
    let file = bench.ok("getFile", json!({"file_id": id})).await;
    let path = file["file_path"].as_str().unwrap();
    assert_eq!(path, "photos/file_3.jpg", "the third size");
    let (status, bytes) = bench.fetch(path).await.unwrap();
    assert_eq!((status, &bytes), (200, &picture::jpeg(5)));
    assert_eq!(file["file_size"], json!(bytes.len()));
    assert_eq!(bench.fetch("photos/file_999.jpg").await.unwrap().0, 404);
    assert_eq!(
        bench.refused("getFile", json!({"file_id": "AgACx"})).await,
        "Bad Request: invalid file_id"
    );
    let big = json!({"kind": "document", "file_name": "besar.zip", "size": (20 << 20) + 1});
    bench.post("/people/7/file", big).await;
    let big = bench.heard().await[0].1["document"].clone();
    assert_eq!(big["file_size"], json!((20 << 20) + 1));
    assert_eq!(
        bench.refused("getFile", json!({"file_id": big["file_id"]})).await,
        "Bad Request: file is too big"
    );
    assert!(
        bench.violations().await.is_empty(),
        "a sound bot may meet all of these"
    );
    let stranger = format!("{}/file/bot1:x/{path}", bench.base);
    assert_eq!(bench.http.get(stranger).send().await.unwrap().status(), 401);
    assert_eq!(bench.violations().await, ["unauthorized"]);
    bench.post("/files/forget", json!({})).await;
    assert_eq!(bench.fetch(path).await.unwrap().0, 404);
}

#[tokio::test]
async fn a_document_is_uploaded_once_and_sent_again_by_its_id() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let form = Form::new()
        .text("chat_id", "7")
        .text("caption", "<b>Surat Tugas</b> TKT-1")
        .text("parse_mode", "HTML")
        .text(
            "reply_markup",
            r#"{"inline_keyboard":[[{"text":"Buka","callback_data":"x"}]]}"#,
        )
        .part("document", paper(b"%PDF-1".to_vec()));
    let (status, body) = bench.upload("sendDocument", form).await;
    assert_eq!(status, 200, "{body}");
    let sent = &body["result"];
    assert_eq!(
        (&sent["caption"], &sent["document"]["file_name"]),
        (&json!("Surat Tugas TKT-1"), &json!("surat.pdf"))
    );
    assert_eq!(sent["caption_entities"][0]["type"], "bold");
    let again = bench
        .ok(
            "sendDocument",
            json!({"chat_id": 7, "document": sent["document"]["file_id"]}),
        )
        .await;
    assert_eq!(
        again["document"]["file_unique_id"],
        sent["document"]["file_unique_id"]
    );
    assert!(again.get("caption").is_none());
    let shown = bench.get("/people/7/chats").await["chats"][0]["messages"][1]["document"].clone();
    let url = format!(
        "{}/sim/api/files?id={}",
        bench.base,
        shown["file_id"].as_str().unwrap()
    );
    let saved = bench.http.get(url).send().await.unwrap();
    assert_eq!(
        saved.headers()["content-disposition"],
        "attachment; filename=\"surat.pdf\""
    );
    assert_eq!(saved.bytes().await.unwrap().to_vec(), b"%PDF-1");
    // As libraries do it: the parameter names the field that holds the file.
    let form = Form::new()
        .text("chat_id", "7")
        .text("document", "attach://berkas")
        .part("berkas", paper(b"%PDF-2".to_vec()));
    assert_eq!(bench.upload("sendDocument", form).await.0, 200);
    assert!(bench.violations().await.is_empty());
}

#[tokio::test]
async fn files_that_the_service_would_not_take_are_refused() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let photo = bench.photo_of(7, 5).await;
    for (method, params, words, breach) in [
        (
            "sendDocument",
            json!({"chat_id": 7, "document": "BQACtidakada"}),
            "wrong file identifier/HTTP URL specified",
            None,
        ),
        (
            "sendDocument",
            json!({"chat_id": 7, "document": photo}),
            "can't use file of type Photo as Document",
            Some("upload"),
        ),
        (
            "sendDocument",
            json!({"chat_id": 7}),
            "there is no document in the request",
            Some("missing_parameter"),
        ),
        (
            "sendPhoto",
            json!({"chat_id": 7, "photo": photo, "caption": "x".repeat(1025)}),
            "message caption is too long",
            Some("text"),
        ),
        (
            "sendPhoto",
            json!({"chat_id": 7, "photo": "https://contoh.id/a.jpg"}),
            "simulator: the service fetches nothing from an address here",
            Some("not_played"),
        ),
        (
            "sendPhoto",
            json!({"chat_id": 7, "photo": "attach://a"}),
            "simulator: no file is attached as \"a\"",
            Some("upload"),
        ),
        (
            "setMessageReaction",
            json!({"chat_id": 7, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "✅"}]}),
            "REACTION_INVALID",
            Some("reaction"),
        ),
        (
            "setMessageReaction",
            json!({"chat_id": 7, "message_id": 99}),
            "message to react not found",
            None,
        ),
        (
            "sendMediaGroup",
            json!({"chat_id": 7, "media": [{"type": "photo", "media": photo}]}),
            "simulator: an album has 2 to 10 items",
            Some("album"),
        ),
    ] {
        let before = bench.violations().await.len();
        assert_eq!(
            bench.refused(method, params).await,
            format!("Bad Request: {words}")
        );
        assert_eq!(
            bench.violations().await.get(before).map(String::as_str),
            breach,
            "{words}"
        );
    }
    let form = |name: &'static str, bytes: Vec<u8>| Form::new().text("chat_id", "7").part(name, paper(bytes));
    let odd = |bytes: Vec<u8>| form("photo", bytes);
    assert_eq!(
        bench.upload("sendPhoto", odd(b"%PDF-1".to_vec())).await.1["description"],
        "Bad Request: IMAGE_PROCESS_FAILED"
    );
    assert_eq!(
        bench.upload("sendDocument", form("document", Vec::new())).await.1["description"],
        "Bad Request: file must be non-empty"
    );
    let stray = form("document", b"x".to_vec()).part("lain", paper(b"y".to_vec()));
    assert_eq!(bench.upload("sendDocument", stray).await.0, 400);
    let huge = form("document", vec![0; (50 << 20) + 1]);
    assert_eq!(bench.upload("sendDocument", huge).await.0, 413);
    let texts = bench.get("/people/7/chats").await["chats"][0]["messages"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(texts, 1, "only his photo");
}

#[tokio::test]
async fn albums_reactions_and_captions_are_the_bots_too() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let media = json!([
        {"type": "document", "media": "attach://a", "caption": "satu"},
        {"type": "document", "media": "attach://b"},
    ]);
    let form = Form::new()
        .text("chat_id", "7")
        .text("media", media.to_string())
        .part("a", paper(b"1".to_vec()))
        .part("b", paper(b"2".to_vec()));
    let (status, body) = bench.upload("sendMediaGroup", form).await;
    assert_eq!(status, 200, "{body}");
    let sent = &body["result"];
    assert_eq!(sent[0]["media_group_id"], sent[1]["media_group_id"]);
    let id = &sent[0]["message_id"];
    let edit = json!({"chat_id": 7, "message_id": id, "caption": "dua"});
    assert_eq!(
        bench.ok("editMessageCaption", edit.clone()).await["caption"],
        "dua"
    );
    assert!(
        bench
            .refused("editMessageCaption", edit)
            .await
            .contains("not modified")
    );
    let text = json!({"chat_id": 7, "message_id": id, "text": "x"});
    assert_eq!(
        bench.refused("editMessageText", text).await,
        "Bad Request: there is no text in the message to edit"
    );
    let plain = bench.ok("sendMessage", json!({"chat_id": 7, "text": "x"})).await["message_id"].clone();
    let caption = json!({"chat_id": 7, "message_id": plain, "caption": "x"});
    assert_eq!(
        bench.refused("editMessageCaption", caption).await,
        "Bad Request: there is no caption in the message to edit"
    );
    let his = bench.post("/people/7/message", json!({"text": "halo"})).await["message_id"].clone();
    let thumb = json!({"chat_id": 7, "message_id": his, "reaction": [{"type": "emoji", "emoji": "👍"}]});
    bench.ok("setMessageReaction", thumb).await;
    let messages = bench.get("/people/7/chats").await["chats"][0]["messages"].clone();
    assert_eq!(messages.as_array().unwrap().last().unwrap()["reaction"], "👍");
    assert_eq!(bench.violations().await, ["edit", "edit"]);
}

#[tokio::test]
async fn an_album_counts_as_many_as_it_has() {
    let mut options = options();
    options.flood.group_per_minute = 4;
    let bench = Bench::new(options).await;
    bench.person(7, "Budi").await;
    let group = bench
        .post("/groups", json!({"title": "Pool", "members": [7]}))
        .await["chat_id"]
        .clone();
    let photo = bench.photo_of(7, 5).await;
    let media = vec![json!({"type": "photo", "media": photo}); 3];
    let album = json!({"chat_id": group, "media": media});
    bench.ok("sendMediaGroup", album.clone()).await;
    assert_eq!(bench.bot("sendMediaGroup", album).await.0, 429);
    assert_eq!(bench.violations().await, ["flood"]);
}

#[tokio::test]
async fn fetching_fails_as_ordered() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let bytes = picture::jpeg(6);
    let body = json!({"kind": "document", "file_name": "a.jpg", "base64": STANDARD.encode(&bytes)});
    bench.post("/people/7/file", body).await;
    let id = bench.heard().await[0].1["document"]["file_id"].clone();
    for (kind, status) in [("500", 500), ("429", 429), ("400", 400)] {
        bench
            .post(
                "/faults",
                json!({"method": "getFile", "kind": kind, "retry_after": 1, "chat_id": null}),
            )
            .await;
        assert_eq!(
            bench.bot("getFile", json!({"file_id": id})).await.0,
            status,
            "{kind}"
        );
    }
    let path = bench.ok("getFile", json!({"file_id": id})).await["file_path"]
        .as_str()
        .unwrap()
        .to_owned();
    for kind in ["cut", "stall", "drop-before"] {
        bench
            .post("/faults", json!({"method": "download", "kind": kind, "ms": 1}))
            .await;
        assert!(bench.fetch(&path).await.is_err(), "{kind}");
    }
    for (kind, status) in [("404", 404), ("500", 500)] {
        bench
            .post("/faults", json!({"method": "download", "kind": kind}))
            .await;
        assert_eq!(bench.fetch(&path).await.unwrap().0, status);
    }
    bench
        .post(
            "/faults",
            json!({"method": "download", "kind": "404", "rate": 50, "seed": 3}),
        )
        .await;
    let mut missed = 0;
    for _ in 0..40 {
        missed += i32::from(bench.fetch(&path).await.unwrap().0 == 404);
    }
    assert!((8..=32).contains(&missed), "{missed} of 40");
    assert_eq!(
        bench.get("/calls?method=download").await["calls"]
            .as_array()
            .unwrap()
            .len(),
        45
    );
}
