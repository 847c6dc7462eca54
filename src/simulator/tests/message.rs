//! Messages and taps: what is refused, in which words, and what people see.

use serde_json::{Value, json};

use crate::simulator::tests::{Bench, lenient, options};

fn keyboard(buttons: &Value) -> Value {
    json!({"inline_keyboard": [buttons]})
}

#[tokio::test]
async fn only_people_who_pressed_start_and_still_listen_are_reached() {
    let bench = Bench::new(lenient()).await;
    let send = async || {
        bench
            .refused("sendMessage", json!({"chat_id": 7, "text": "x"}))
            .await
    };
    assert_eq!(send().await, "Bad Request: chat not found");
    bench
        .post("/people", json!({"telegram_id": 7, "first_name": "Budi"}))
        .await;
    assert_eq!(
        send().await,
        "Forbidden: bot can't initiate conversation with a user"
    );
    bench.post("/people/7/start", json!({"payload": "inv_x"})).await;
    bench.ok("sendMessage", json!({"chat_id": 7, "text": "x"})).await;
    bench.post("/people/7/block", json!({})).await;
    assert_eq!(send().await, "Forbidden: bot was blocked by the user");
    bench.post("/people/7/deactivate", json!({})).await;
    assert_eq!(send().await, "Forbidden: user is deactivated");
    let updates = bench.ok("getUpdates", json!({})).await;
    assert_eq!(updates[0]["message"]["text"], "/start inv_x");
    assert_eq!(
        updates[0]["message"]["entities"],
        json!([{"type": "bot_command", "offset": 0, "length": 6}])
    );
    assert_eq!(
        updates[1]["my_chat_member"]["new_chat_member"]["status"],
        "kicked"
    );
    assert!(
        bench.violations().await.is_empty(),
        "a sound bot may meet all of these"
    );
}

#[tokio::test]
async fn texts_and_keyboards_are_measured() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let button = |extra: Value| {
        let mut button = json!({"text": "Ambil"});
        button
            .as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        keyboard(&json!([button]))
    };
    for (params, words) in [
        (json!({"text": "  \n "}), "message text is empty"),
        (json!({"text": "x".repeat(4097)}), "message is too long"),
        (
            json!({"text": "<b>x", "parse_mode": "HTML"}),
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            json!({"text": "x", "reply_markup": button(json!({}))}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            json!({"text": "x", "reply_markup": button(json!({"callback_data": "é".repeat(33)}))}),
            "BUTTON_DATA_INVALID",
        ),
        (
            json!({"text": "x", "reply_markup": button(json!({"url": "ftp://contoh.id"}))}),
            "inline keyboard button URL 'ftp://contoh.id' is invalid: Wrong HTTP URL",
        ),
        (
            json!({"text": "x", "reply_markup": button(json!({"url": "tel:+62811"}))}),
            "inline keyboard button URL 'tel:+62811' is invalid: Wrong HTTP URL",
        ),
        (
            json!({"text": "x", "reply_markup": keyboard(&json!([{"text": " ", "callback_data": "x"}]))}),
            "inline keyboard button text must be non-empty",
        ),
        (
            json!({"text": "x", "reply_markup": {"inline_keyboard": [{"text": "x"}]}}),
            "field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays",
        ),
    ] {
        let mut params = params;
        params["chat_id"] = json!(7);
        assert_eq!(
            bench.refused("sendMessage", params).await,
            format!("Bad Request: {words}")
        );
    }
    let both = button(json!({"callback_data": "x", "url": "https://contoh.id"}));
    assert_eq!(
        bench
            .bot(
                "sendMessage",
                json!({"chat_id": 7, "text": "x", "reply_markup": both})
            )
            .await
            .0,
        400
    );
    assert_eq!(bench.violations().await.len(), 10);
    bench
        .ok(
            "sendMessage",
            json!({"chat_id": 7, "text": format!("<b>{}</b>", "&lt;".repeat(4096)), "parse_mode": "HTML"}),
        )
        .await;
    bench.ok("sendMessage", json!({"chat_id": 7, "text": "x", "reply_markup": button(json!({"callback_data": "x".repeat(64)}))})).await;
}

#[tokio::test]
async fn a_location_is_asked_for_only_in_private() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let group = bench
        .post("/groups", json!({"title": "Pool", "members": [7]}))
        .await["chat_id"]
        .clone();
    let markup =
        json!({"keyboard": [[{"text": "Kirim", "request_location": true}]], "resize_keyboard": true});
    let ask = |chat: &Value| json!({"chat_id": chat, "text": "x", "reply_markup": markup});
    assert_eq!(
        bench.refused("sendMessage", ask(&group)).await,
        "Bad Request: location can be requested in private chats only"
    );
    let sent = bench.ok("sendMessage", ask(&json!(7))).await;
    assert_eq!(
        bench.get("/people/7/chats").await["chats"][0]["reply_keyboard"],
        markup
    );
    let edit = json!({"chat_id": 7, "message_id": sent["message_id"], "text": "y"});
    assert_eq!(
        bench.refused("editMessageText", edit).await,
        "Bad Request: message can't be edited"
    );
    bench
        .ok(
            "sendMessage",
            json!({"chat_id": 7, "text": "x", "reply_markup": {"remove_keyboard": true}}),
        )
        .await;
    assert_eq!(
        bench.get("/people/7/chats").await["chats"][0]["reply_keyboard"],
        Value::Null
    );
}

#[tokio::test]
async fn edits_change_what_people_see_and_only_when_something_changes() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let markup = keyboard(&json!([{"text": "Ambil", "callback_data": "clm"}]));
    let sent = bench
        .ok(
            "sendMessage",
            json!({"chat_id": 7, "text": "Tiket", "reply_markup": markup}),
        )
        .await;
    let edit = |text: &str, markup: Option<&Value>| {
        let mut edit = json!({"chat_id": 7, "message_id": sent["message_id"], "text": text});
        if let Some(markup) = markup {
            edit["reply_markup"] = markup.clone();
        }
        edit
    };
    let same = bench
        .refused("editMessageText", edit("Tiket ", Some(&markup)))
        .await;
    assert_eq!(
        same,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same \
         as a current content and reply markup of the message"
    );
    bench.ok("editMessageText", edit("Tiket", None)).await;
    let screen = bench.get("/people/7/chats").await;
    assert_eq!(screen["chats"][0]["messages"][0]["inline_keyboard"], Value::Null);
    assert_eq!(screen["chats"][0]["messages"][0]["edits"], 1);
    let markup = json!({"chat_id": 7, "message_id": sent["message_id"], "reply_markup": markup});
    assert!(bench.ok("editMessageReplyMarkup", markup.clone()).await["edit_date"].is_i64());

    let his = bench.post("/people/7/message", json!({"text": "halo"})).await["message_id"].clone();
    let missing = json!({"chat_id": 7, "message_id": 99, "text": "x"});
    assert_eq!(
        bench.refused("editMessageText", missing).await,
        "Bad Request: message to edit not found"
    );
    let others = json!({"chat_id": 7, "message_id": his, "text": "x"});
    assert_eq!(
        bench.refused("editMessageText", others).await,
        "Bad Request: message can't be edited"
    );
    bench
        .ok("deleteMessage", json!({"chat_id": 7, "message_id": his}))
        .await;
    assert_eq!(
        bench
            .refused("deleteMessage", json!({"chat_id": 7, "message_id": his}))
            .await,
        "Bad Request: message to delete not found"
    );
    assert_eq!(bench.violations().await, ["edit"]);
}

#[tokio::test]
async fn a_tap_is_answered_once() {
    let bench = Bench::new(lenient()).await;
    bench.person(7, "Budi").await;
    let markup = keyboard(&json!([{"text": "✅ Ambil Job", "callback_data": "t1|clm|9"}]));
    let sent = bench
        .ok(
            "sendMessage",
            json!({"chat_id": 7, "text": "Tiket", "reply_markup": markup}),
        )
        .await;
    let tap = bench
        .post(
            "/people/7/tap",
            json!({"message_id": sent["message_id"], "label": "Ambil"}),
        )
        .await;
    let update = bench.ok("getUpdates", json!({})).await[0]["callback_query"].clone();
    assert_eq!(update["id"], tap["callback_query_id"]);
    assert_eq!(
        (&update["data"], &update["from"]["id"]),
        (&json!("t1|clm|9"), &json!(7))
    );
    assert_eq!(update["message"]["reply_markup"], markup);

    let answer = |text: String| json!({"callback_query_id": update["id"], "text": text, "show_alert": true});
    assert_eq!(
        bench
            .refused("answerCallbackQuery", answer("x".repeat(201)))
            .await,
        "Bad Request: MESSAGE_TOO_LONG"
    );
    bench
        .ok("answerCallbackQuery", answer("Anda menang".to_owned()))
        .await;
    bench.ok("answerCallbackQuery", answer("lagi".to_owned())).await;
    assert_eq!(bench.violations().await, ["text", "answered_twice"]);
    let seen = bench.get("/people/7/chats").await["taps"][0]["answer"].clone();
    assert_eq!(
        (&seen["text"], &seen["show_alert"]),
        (&json!("Anda menang"), &json!(true))
    );
}

#[tokio::test]
async fn a_tap_is_answered_in_time_or_not_at_all() {
    let mut options = lenient();
    options.query_ttl = std::time::Duration::ZERO;
    let bench = Bench::new(options).await;
    bench.person(7, "Budi").await;
    let markup = keyboard(&json!([{"text": "Ambil", "callback_data": "clm"}]));
    let sent = bench
        .ok(
            "sendMessage",
            json!({"chat_id": 7, "text": "Tiket", "reply_markup": markup}),
        )
        .await;
    let late = bench
        .post(
            "/people/7/tap",
            json!({"message_id": sent["message_id"], "data": "clm"}),
        )
        .await;
    for id in [late["callback_query_id"].clone(), json!("5")] {
        assert_eq!(
            bench
                .refused("answerCallbackQuery", json!({"callback_query_id": id}))
                .await,
            "Bad Request: query is too old and response timeout expired or query ID is invalid"
        );
    }
    assert!(bench.violations().await.is_empty());
}

#[tokio::test]
async fn too_many_sends_are_refused_with_the_time_to_wait() {
    let mut options = options();
    options.flood.group_per_minute = 1;
    let bench = Bench::new(options).await;
    bench.person(7, "Budi").await;
    let group = bench
        .post("/groups", json!({"title": "Pool", "members": [7]}))
        .await["chat_id"]
        .clone();
    bench
        .ok("sendMessage", json!({"chat_id": group, "text": "x"}))
        .await;
    for kind in ["flood", "flood_wait_ignored"] {
        let (status, body) = bench
            .bot("sendMessage", json!({"chat_id": group, "text": "y"}))
            .await;
        let seconds = body["parameters"]["retry_after"].as_u64().unwrap();
        assert!(status == 429 && (50..=60).contains(&seconds), "{body}");
        assert_eq!(
            body["description"],
            format!("Too Many Requests: retry after {seconds}")
        );
        assert_eq!(bench.violations().await.last().unwrap(), kind);
    }
}

#[tokio::test]
async fn everyone_who_sees_an_offer_taps_it_once_in_a_race() {
    let bench = Bench::new(lenient()).await;
    let markup = keyboard(&json!([{"text": "Ambil Job", "callback_data": "clm"}]));
    for id in 1..=20 {
        bench.person(id, "Teknisi").await;
        let text = format!("Tiket TKT-00012{}", if id == 20 { 4 } else { 3 });
        bench
            .ok(
                "sendMessage",
                json!({"chat_id": id, "text": text, "reply_markup": markup}),
            )
            .await;
    }
    let race = bench
        .post("/race", json!({"text": "TKT-000123", "within_ms": 30}))
        .await;
    let mut people: Vec<i64> = race["taps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tap| tap["person"].as_i64().unwrap())
        .collect();
    assert!(!people.is_sorted(), "they do not tap in the order of their ids");
    people.sort_unstable();
    assert_eq!(people, (1..=19).collect::<Vec<_>>());
    assert_eq!(
        bench.ok("getUpdates", json!({})).await.as_array().unwrap().len(),
        19
    );
    assert_eq!(bench.get("/idle?timeout_ms=0").await["unanswered"], 19);
}
