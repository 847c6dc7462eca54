//! What the door refuses: wrong tokens, unknown methods, unknown or mistyped parameters.

use serde_json::{Value, json};

use crate::simulator::tests::{Bench, TOKEN, lenient};

#[tokio::test]
async fn a_wrong_token_is_unauthorized() {
    let bench = Bench::new(lenient()).await;
    let answer = bench
        .http
        .get(format!("{}/bot1:x/getMe", bench.base))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 401);
    let body: Value = answer.json().await.unwrap();
    assert_eq!(
        body,
        json!({"ok": false, "error_code": 401, "description": "Unauthorized"})
    );
    assert_eq!(bench.violations().await, ["unauthorized"]);
}

#[tokio::test]
async fn another_site_cannot_play_people() {
    let bench = Bench::new(lenient()).await;
    let url = format!("{}/sim/api/reset", bench.base);
    for (site, status) in [("cross-site", 403), ("same-site", 200), ("same-origin", 200)] {
        let answer = bench
            .http
            .post(&url)
            .header("Sec-Fetch-Site", site)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), status, "{site}");
    }
}

#[tokio::test]
async fn capitals_do_not_matter_and_unknown_methods_are_loud() {
    let bench = Bench::new(lenient()).await;
    assert_eq!(bench.ok("GETME", json!({})).await["id"], 4242);
    assert_eq!(
        bench.refused("sendPoll", json!({})).await,
        "Not Found: method not found"
    );
    assert_eq!(bench.violations().await, ["unknown_method"]);
    let calls = bench.get("/calls").await;
    assert_eq!(calls["calls"][1]["status"], 404);
}

#[tokio::test]
async fn unknown_and_mistyped_parameters_are_refused_and_written_down() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    for (params, kind) in [
        (
            json!({"chat_id": 7, "text": "x", "colour": "red"}),
            "unknown_parameter",
        ),
        (json!({"chat_id": 7, "text": 5}), "wrong_type"),
        (json!({"chat_id": 7.5, "text": "x"}), "wrong_type"),
        (
            json!({"chat_id": 7, "text": "x", "disable_notification": "ya"}),
            "wrong_type",
        ),
        (
            json!({"chat_id": 7, "text": "x", "reply_markup": []}),
            "wrong_type",
        ),
        (json!({"chat_id": 7, "text": null}), "wrong_type"),
        (
            json!({"chat_id": 7, "text": "x", "message_thread_id": 1}),
            "not_played",
        ),
        (json!({"text": "x"}), "missing_parameter"),
        (json!({"chat_id": 7}), "missing_parameter"),
        (
            json!({"chat_id": 7, "text": "x", "link_preview_options": {"disabled": true}}),
            "unknown_parameter",
        ),
        (
            json!({"chat_id": 7, "text": "x", "parse_mode": "MarkdownV2"}),
            "not_played",
        ),
        (json!({"chat_id": 7, "text": "x", "parse_mode": "Latex"}), "text"),
    ] {
        let before = bench.violations().await.len();
        let (status, body) = bench.bot("sendMessage", params.clone()).await;
        assert_eq!(status, 400, "{params} {body}");
        assert_eq!(bench.violations().await[before..], [kind], "{params}");
    }
    assert_eq!(
        bench.get("/people/7/chats").await["chats"][0]["messages"],
        json!([])
    );
}

#[tokio::test]
async fn forms_and_queries_are_read_like_json() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let url = format!("{}/bot{TOKEN}/sendMessage", bench.base);
    let keyboard = r#"{"inline_keyboard":[[{"text":"A + B","callback_data":"x"}]]}"#;
    let form = reqwest::Url::parse_with_params(
        "http://x/",
        [
            ("chat_id", "7"),
            ("text", "dari & formulir #1"),
            ("reply_markup", keyboard),
        ],
    );
    let form = form.unwrap().query().unwrap().to_owned();
    let request = bench
        .http
        .post(&url)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form);
    let body: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(body["result"]["text"], "dari & formulir #1", "{body}");
    assert_eq!(
        body["result"]["reply_markup"]["inline_keyboard"][0][0]["text"],
        "A + B"
    );

    let body: Value = bench
        .http
        .get(format!("{url}?chat_id=7&text=hai"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(body["result"]["text"], "hai");

    let form = reqwest::multipart::Form::new()
        .text("url", "")
        .text("drop_pending_updates", "true");
    let request = bench
        .http
        .post(format!("{}/bot{TOKEN}/setWebhook", bench.base))
        .multipart(form);
    let body: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(body["ok"], true, "{body}");
    assert!(bench.violations().await.is_empty());
}

#[tokio::test]
async fn webhooks_are_checked() {
    let bench = Bench::new(lenient()).await;
    let url = "https://contoh.id/hook";
    for params in [
        json!({"url": "http://contoh.id/hook"}),
        json!({"url": "https://contoh.id:9000/hook"}),
        json!({"url": "tidak"}),
        json!({"url": url, "secret_token": "spasi tidak boleh"}),
        json!({"url": url, "secret_token": ""}),
        json!({"url": url, "secret_token": "x".repeat(257)}),
        json!({"url": url, "max_connections": 0}),
        json!({"url": url, "max_connections": 101}),
    ] {
        assert_eq!(bench.bot("setWebhook", params.clone()).await.0, 400, "{params}");
    }
    bench
        .ok(
            "setWebhook",
            json!({"url": url, "max_connections": 100, "allowed_updates": ["message"]}),
        )
        .await;
    let info = bench.ok("getWebhookInfo", json!({})).await;
    assert_eq!(info["url"], url);
    assert_eq!(info["allowed_updates"], json!(["message"]));
    assert!(
        bench
            .refused("getUpdates", json!({}))
            .await
            .starts_with("Conflict: can't use getUpdates")
    );
}

#[tokio::test]
async fn menus_are_checked_and_the_narrowest_is_shown() {
    let bench = Bench::new(lenient()).await;
    bench
        .post(
            "/people",
            json!({"telegram_id": 7, "first_name": "Budi", "language_code": "id", "started": true}),
        )
        .await;
    let menu = |name: &str| json!([{"command": name, "description": "x"}]);
    for (params, words) in [
        (json!({"commands": menu("Tugas")}), "BOT_COMMAND_INVALID"),
        (json!({"commands": menu(&"x".repeat(33))}), "BOT_COMMAND_INVALID"),
        (
            json!({"commands": [{"command": "x", "description": ""}]}),
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            json!({"commands": vec![menu("x")[0].clone(); 101]}),
            "BOT_COMMANDS_TOO_MUCH",
        ),
        (
            json!({"commands": menu("x"), "scope": {"type": "chat", "chat_id": 8}}),
            "chat not found",
        ),
        (
            json!({"commands": menu("x"), "language_code": "ind"}),
            "invalid language code specified",
        ),
    ] {
        assert_eq!(
            bench.refused("setMyCommands", params).await,
            format!("Bad Request: {words}")
        );
    }
    let shown = async || bench.get("/people/7").await["menu"][0]["command"].clone();
    bench.ok("setMyCommands", json!({"commands": menu("umum")})).await;
    assert_eq!(shown().await, "umum");
    let scope = json!({"type": "all_private_chats"});
    bench
        .ok(
            "setMyCommands",
            json!({"commands": menu("pribadi"), "scope": scope, "language_code": "id"}),
        )
        .await;
    assert_eq!(shown().await, "pribadi");
    let scope = json!({"type": "chat", "chat_id": 7});
    bench
        .ok(
            "setMyCommands",
            json!({"commands": menu("tugas"), "scope": scope}),
        )
        .await;
    assert_eq!(shown().await, "tugas");
    assert_eq!(
        bench.ok("getMyCommands", json!({"scope": scope})).await,
        menu("tugas")
    );
    bench.ok("deleteMyCommands", json!({"scope": scope})).await;
    assert_eq!(shown().await, "pribadi");
}
