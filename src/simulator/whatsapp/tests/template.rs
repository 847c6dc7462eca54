//! Templates: what may be submitted, and what may be sent of them.

use serde_json::{Value, json};

use crate::simulator::WhatsappOptions;
use crate::simulator::whatsapp::tests::Bench;

fn visit() -> Value {
    json!({
        "name": "kunjungan_v1", "language": "id", "category": "UTILITY", "parameter_format": "named",
        "components": [
            {"type": "BODY", "text": "Teknisi {{teknisi}} akan datang pada {{tanggal}} ke alamat Anda. Mohon tunggu.",
             "example": {"body_text_named_params": [
                {"param_name": "teknisi", "example": "Budi"}, {"param_name": "tanggal", "example": "24 Nov"}]}},
            {"type": "BUTTONS", "buttons": [
                {"type": "URL", "text": "Lihat tiket", "url": "https://contoh.id/t/{{1}}", "example": ["abc"]},
                {"type": "QUICK_REPLY", "text": "Saya siap"}]},
        ],
    })
}

fn named(teknisi: &str, tanggal: &str) -> Value {
    json!({"type": "body", "parameters": [
        {"type": "text", "parameter_name": "teknisi", "text": teknisi},
        {"type": "text", "parameter_name": "tanggal", "text": tanggal},
    ]})
}

fn link(suffix: &str) -> Value {
    let parameters = json!([{"type": "text", "text": suffix}]);
    json!({"type": "button", "sub_type": "url", "index": "0", "parameters": parameters})
}

fn reply(payload: &str) -> Value {
    let parameters = json!([{"type": "payload", "payload": payload}]);
    json!({"type": "button", "sub_type": "quick_reply", "index": "1", "parameters": parameters})
}

fn of(components: Value) -> Value {
    json!({"name": "kunjungan_v1", "language": {"code": "id"}, "components": components})
}

impl Bench {
    async fn submit(&self, body: &Value) -> (u16, Value) {
        let account = WhatsappOptions::default().business_account_id;
        let url = self.graph(&format!("{account}/message_templates"));
        let token = WhatsappOptions::default().access_token;
        let answer = self
            .http
            .post(url)
            .bearer_auth(token)
            .json(body)
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

#[tokio::test]
async fn a_template_is_reviewed_and_its_words_are_filled_in() {
    let bench = Bench::with(|options| options.whatsapp.approves = false).await;
    let whole = of(json!([named("Budi", "24 Nov"), link("k7Q"), reply("w1|ready")]));
    assert_eq!(bench.refused("template", whole.clone()).await.0, 132_001);
    let (status, answer) = bench.submit(&visit()).await;
    assert_eq!((status, &answer["status"]), (200, &json!("PENDING")));
    assert_eq!(
        bench.refused("template", whole.clone()).await.0,
        132_001,
        "not approved"
    );
    bench
        .post("/templates/kunjungan_v1/review", json!({"status": "APPROVED"}))
        .await;
    let id = bench.send("template", whole.clone()).await;
    let heard = bench.heard().await;
    assert_eq!(
        heard[0]["content"]["text"],
        "Teknisi Budi akan datang pada 24 Nov ke alamat Anda. Mohon tunggu."
    );
    assert_eq!(heard[0]["content"]["url"], "https://contoh.id/t/k7Q");
    bench
        .post("/people/1/press", json!({"message_id": id, "title": "siap"}))
        .await;
    bench
        .post("/templates/kunjungan_v1/review", json!({"status": "PAUSED"}))
        .await;
    assert_eq!(bench.refused("template", whole).await.0, 132_015);
    bench.idle().await;
    let pressed = bench.business.list("messages").pop().unwrap();
    assert_eq!(
        pressed["button"],
        json!({"payload": "w1|ready", "text": "Saya siap"})
    );
    let told = bench.business.changes();
    let reviewed: Vec<&Value> = told
        .iter()
        .filter(|change| change["field"] == "message_template_status_update")
        .map(|change| &change["value"]["event"])
        .collect();
    assert_eq!(reviewed, ["APPROVED", "PAUSED"]);
    assert_eq!(
        bench.violations().await,
        Vec::<String>::new(),
        "all of it may happen to a sound program"
    );
}

#[tokio::test]
async fn parameters_fit_exactly_and_the_window_does_not_matter() {
    let bench = Bench::new().await;
    assert_eq!(bench.submit(&visit()).await.0, 200);
    let other = json!({"type": "body", "parameters": [
        {"type": "text", "parameter_name": "teknisi", "text": "Budi"},
        {"type": "text", "parameter_name": "hari", "text": "Senin"},
    ]});
    let one = json!({"type": "body", "parameters": [
        {"type": "text", "parameter_name": "teknisi", "text": "Budi"}]});
    let wrong = [
        (json!([link("k")]), 132_000),
        (json!([one, link("k")]), 132_000),
        (json!([other, link("k")]), 132_012),
        (json!([named("Budi", "24 Nov")]), 131_008),
        (json!([named("Budi\nSantoso", "24 Nov"), link("k")]), 132_018),
        (json!([named("Budi", &"x".repeat(1000)), link("k")]), 132_005),
        (json!([named("Budi", ""), link("k")]), 131_009),
        (
            json!([named("Budi", "24 Nov"), link("k"), {"type": "button", "sub_type": "quick_reply", "index": "0",
            "parameters": [{"type": "payload", "payload": "x"}]}]),
            132_012,
        ),
    ];
    for (components, code) in wrong {
        let (refused, details) = bench.refused("template", of(components)).await;
        assert_eq!(refused, code, "{details}");
    }
    assert_eq!(bench.violations().await.len(), 8);
    bench
        .post(
            "/people",
            json!({"id": 2, "name": "Tono", "phone": "6281200000002"}),
        )
        .await;
    let body = json!({"messaging_product": "whatsapp", "recipient_type": "individual", "to": "+6281200000002",
        "type": "template", "template": of(json!([named("Budi", "24 Nov"), link("k")]))});
    let (status, answer) = bench.message(body).await;
    assert_eq!(
        (status, &answer["messages"][0]["message_status"]),
        (200, &json!("accepted"))
    );
    bench.idle().await;
    assert_eq!(bench.business.statuses(), ["sent", "delivered"]);
}

#[tokio::test]
async fn submissions_keep_the_rules() {
    type Spoil = fn(&mut Value);
    let bench = Bench::new().await;
    let spoils: [Spoil; 8] = [
        |body| body["name"] = json!("Kunjungan V1"),
        |body| body["category"] = json!("SERVICE"),
        |body| {
            body["components"][0]["text"] = json!("{{teknisi}} akan datang pada {{tanggal}} ke alamat Anda.");
        },
        |body| body["components"][0]["text"] = json!("Dari {{teknisi}} pada {{tanggal}} ya"),
        |body| body["components"][0]["example"] = json!({"body_text_named_params": []}),
        |body| body["components"][1]["buttons"][0]["text"] = json!("Lihat tiket Anda di sini sekarang"),
        |body| body["components"][1]["buttons"][0]["example"] = Value::Null,
        |body| {
            let quick = json!({"type": "QUICK_REPLY", "text": "Batal"});
            body["components"][1]["buttons"]
                .as_array_mut()
                .unwrap()
                .insert(0, quick);
        },
    ];
    for (at, spoil) in spoils.into_iter().enumerate() {
        let mut body = visit();
        spoil(&mut body);
        let (status, answer) = bench.submit(&body).await;
        assert_eq!(status, 400, "{at}: {answer}");
    }
    assert_eq!(bench.submit(&visit()).await.0, 200);
    assert_eq!(bench.submit(&visit()).await.0, 400, "twice");
    let account = WhatsappOptions::default().business_account_id;
    let url = bench.graph(&format!("{account}/message_templates?fields=name,status&limit=5"));
    let token = WhatsappOptions::default().access_token;
    let answer = bench.http.get(url).bearer_auth(token).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["data"][0]["name"], "kunjungan_v1");
    assert_eq!(answer["data"][0]["status"], "APPROVED");
}
