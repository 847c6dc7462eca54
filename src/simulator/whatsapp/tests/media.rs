//! Files in two steps: an id becomes an address for five minutes, and the address wants the token too.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::simulator::WhatsappOptions;
use crate::simulator::whatsapp::tests::{Bench, NOW, number};

impl Bench {
    async fn ask(&self, url: &str) -> reqwest::Response {
        let token = WhatsappOptions::default().access_token;
        self.http.get(url).bearer_auth(token).send().await.unwrap()
    }

    async fn upload(&self, mime: &str, bytes: Vec<u8>) -> (u16, Value) {
        let part = Part::bytes(bytes).file_name("a.pdf").mime_str(mime).unwrap();
        let form = Form::new()
            .text("messaging_product", "whatsapp")
            .part("file", part);
        let url = self.graph(&format!("{}/media", number()));
        let token = WhatsappOptions::default().access_token;
        let answer = self
            .http
            .post(url)
            .bearer_auth(token)
            .multipart(form)
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

#[tokio::test]
async fn a_photo_is_had_by_its_id_and_its_address_ends() {
    let clock = Arc::new(AtomicI64::new(NOW));
    let hand = Arc::clone(&clock);
    let bench = Bench::with(|options| options.now = Arc::new(move || hand.load(Ordering::Relaxed))).await;
    let photo = json!({"kind": "image", "base64": STANDARD.encode(b"\xff\xd8 picture"), "caption": "Bocor"});
    bench.post("/people/1/file", photo).await;
    bench.idle().await;
    let image = bench.business.list("messages")[1]["image"].clone();
    assert_eq!(image["caption"], "Bocor");
    assert_eq!(
        image["sha256"],
        json!(STANDARD.encode(Sha256::digest(b"\xff\xd8 picture")))
    );
    let id = image["id"].as_str().unwrap();
    let found: Value = bench.ask(&bench.graph(id)).await.json().await.unwrap();
    assert_eq!(found["mime_type"], "image/jpeg");
    let address = found["url"].as_str().unwrap();
    assert_eq!(
        bench.http.get(address).send().await.unwrap().status().as_u16(),
        401
    );
    let bytes = bench.ask(address).await.bytes().await.unwrap();
    assert_eq!(&bytes[..], b"\xff\xd8 picture");

    bench
        .post("/faults", json!({"kind": "cut", "call": "download"}))
        .await;
    let token = WhatsappOptions::default().access_token;
    let cut = match bench.http.get(address).bearer_auth(token).send().await {
        Ok(answer) => answer.bytes().await.is_err(),
        Err(_) => true,
    };
    assert!(cut, "half of a file is none");
    clock.fetch_add(5 * 60 + 1, Ordering::Relaxed);
    assert_eq!(bench.ask(address).await.status().as_u16(), 404);
    let again: Value = bench.ask(&bench.graph(id)).await.json().await.unwrap();
    assert_eq!(
        bench.ask(again["url"].as_str().unwrap()).await.status().as_u16(),
        200
    );
    clock.fetch_add(7 * 24 * 3600, Ordering::Relaxed);
    assert_eq!(bench.ask(&bench.graph(id)).await.status().as_u16(), 400);
    assert_eq!(bench.violations().await, ["unauthorized"]);
}

#[tokio::test]
async fn an_upload_is_sent_by_its_id_as_what_it_is() {
    let bench = Bench::new().await;
    let (status, answer) = bench.upload("application/pdf", b"%PDF-1.7".to_vec()).await;
    assert_eq!(status, 200, "{answer}");
    let id = answer["id"].clone();
    bench
        .send(
            "document",
            json!({"id": id, "filename": "Invoice.pdf", "caption": "Invoice Anda"}),
        )
        .await;
    let heard = bench.heard().await;
    assert_eq!(heard[0]["content"]["file_name"], "Invoice.pdf");
    assert_eq!(heard[0]["content"]["mime_type"], "application/pdf");
    assert_eq!(bench.refused("image", json!({"id": id})).await.0, 131_053);
    assert_eq!(bench.refused("image", json!({"id": "123"})).await.0, 100);
    let (status, answer) = bench.upload("application/x-msdownload", b"MZ".to_vec()).await;
    assert_eq!((status, &answer["error"]["code"]), (400, &json!(131_053)));
    assert_eq!(bench.violations().await, ["media", "media", "upload"]);
}
