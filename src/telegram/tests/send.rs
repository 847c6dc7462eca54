//! Letters as the service gets them, and what its answers mean.

use std::time::Duration;

use dialogues::press::Press;
use dialogues::samples;
use dialogues::say::{Choice, Hint, Say};
use dialogues::text::{Label, Text};
use domain::ids::TicketId;
use domain::person::{Locale, Role};
use serde_json::{Value, json};
use teloxide::types::{BotCommandScope, ChatId, MessageId};

use crate::delivery::commands::menu;
use crate::delivery::{Letter, Outcome};
use crate::telegram::client::CallError;
use crate::telegram::send::{change, menu_of_all, message, outcome_of};

fn said(code: u16, description: &str) -> CallError {
    CallError::Said {
        code,
        description: description.to_owned(),
        retry_after: None,
        moved_to: None,
    }
}

fn letter(say: &Say) -> Letter {
    Letter::of(say, "7".to_owned(), Locale::Id, None, None)
}

fn sent(say: &Say) -> Value {
    serde_json::to_value(message(ChatId(7), &letter(say))).expect("JSON")
}

#[test]
fn answers_are_told_apart_by_code_and_words() {
    let reason = |outcome| match outcome {
        Outcome::Sent { .. } => "sent",
        Outcome::Gone => "gone",
        Outcome::Flood { .. } => "flood",
        Outcome::Unreachable { .. } => "unreachable",
        Outcome::Refused { .. } => "refused",
        Outcome::Trouble { .. } => "trouble",
        Outcome::Locked { .. } => "locked",
        other => panic!("not of this service: {other:?}"),
    };
    for (code, words, expected) in [
        (
            400,
            "Bad Request: message is not modified: specified new message content…",
            "sent",
        ),
        (400, "Bad Request: message to edit not found", "gone"),
        (400, "Bad Request: message can't be edited", "gone"),
        (400, "Bad Request: MESSAGE_ID_INVALID", "gone"),
        (400, "Bad Request: chat not found", "unreachable"),
        (403, "Forbidden: bot was blocked by the user", "unreachable"),
        (403, "Forbidden: user is deactivated", "unreachable"),
        (
            403,
            "Forbidden: bot can't initiate conversation with a user",
            "unreachable",
        ),
        (400, "Bad Request: can't parse entities: unclosed tag", "refused"),
        (413, "Request Entity Too Large", "refused"),
        (401, "Unauthorized", "locked"),
        (404, "Not Found", "locked"),
        (500, "Internal Server Error", "trouble"),
        (502, "Bad Gateway", "trouble"),
    ] {
        assert_eq!(reason(outcome_of(said(code, words))), expected, "{code} {words}");
    }
    assert_eq!(
        reason(outcome_of(CallError::Silent("no answer in time".to_owned()))),
        "trouble"
    );
}

#[test]
fn a_429_says_how_long_and_a_moved_group_says_where_to() {
    let flood = |retry_after| CallError::Said {
        code: 429,
        description: "Too Many Requests: retry after 17".to_owned(),
        retry_after,
        moved_to: None,
    };
    let wait = |seconds| Outcome::Flood {
        wait: Duration::from_secs(seconds),
    };
    assert_eq!(outcome_of(flood(Some(17))), wait(17));
    assert_eq!(outcome_of(flood(None)), wait(1));
    let moved = CallError::Said {
        code: 400,
        description: "Bad Request: group chat was upgraded to a supergroup chat".to_owned(),
        retry_after: None,
        moved_to: Some(-100_123),
    };
    let Outcome::Refused { why } = outcome_of(moved) else {
        panic!("a person must change the setting")
    };
    assert!(why.ends_with("its id is now -100123"), "{why}");
}

#[test]
fn an_offer_is_html_with_a_button_and_without_a_preview() {
    let press = Press::Claim {
        ticket: TicketId(123),
        epoch: 2,
    };
    let say =
        Say::text(Text::Offer(Box::new(samples::offer()))).row(vec![Choice::press(Label::Claim, press)]);
    let body = sent(&say);
    assert_eq!(body["chat_id"], 7);
    assert_eq!(body["parse_mode"], "HTML");
    assert_eq!(body["link_preview_options"], json!({ "is_disabled": true }));
    assert_eq!(
        body["reply_markup"],
        json!({ "inline_keyboard": [[{ "text": "✅ Ambil Job", "callback_data": "t1|clm|123|2" }]] })
    );
    for absent in ["disable_notification", "protect_content"] {
        assert_eq!(body.get(absent), None, "{body}");
    }
}

#[test]
fn a_job_card_is_protected_and_its_aids_are_buttons() {
    let say = Say::text(Text::JobCard(Box::new(samples::job())))
        .row(vec![
            Choice::Open {
                label: Label::Map,
                url: "https://maps.example.com/?q=1,2".to_owned(),
            },
            Choice::Open {
                label: Label::Map,
                url: "no address".to_owned(),
            },
            Choice::Copy {
                label: Label::CopyAddress,
                text: "Jl. Melati 12".to_owned(),
            },
        ])
        .private()
        .quiet();
    let body = sent(&say);
    assert_eq!(
        (&body["protect_content"], &body["disable_notification"]),
        (&json!(true), &json!(true))
    );
    let keys = &body["reply_markup"]["inline_keyboard"][0];
    assert_eq!(keys.as_array().map(Vec::len), Some(2), "{keys}");
    assert_eq!(keys[0]["url"], "https://maps.example.com/?q=1,2");
    assert_eq!(keys[1]["copy_text"], json!({ "text": "Jl. Melati 12" }));
}

#[test]
fn a_contact_is_asked_for_by_a_key_that_goes_again() {
    let ask = sent(&Say::text(Text::ContactExpected).hint(Hint::AskContact));
    let key = &ask["reply_markup"]["keyboard"][0][0];
    assert_eq!(
        key,
        &json!({ "text": "📱 Bagikan nomor saya", "request_contact": true })
    );
    let gone = sent(&Say::text(Text::InviteUsed).hint(Hint::RemoveKeys));
    assert_eq!(gone["reply_markup"]["remove_keyboard"], true);
}

#[test]
fn a_change_without_buttons_takes_the_old_ones_away() {
    let say = Say::text(Text::Withdrawn {
        ticket: TicketId(123),
    });
    let body = serde_json::to_value(change(ChatId(7), MessageId(99), &letter(&say))).expect("JSON");
    assert_eq!((&body["chat_id"], &body["message_id"]), (&json!(7), &json!(99)));
    assert_eq!(body.get("reply_markup"), None);
}

#[test]
fn menus_are_set_for_a_scope_and_a_language() {
    let lines = menu(Some(Role::Technician), Locale::En);
    let body = menu_of_all(BotCommandScope::AllPrivateChats, Some("en"), &lines);
    let body = serde_json::to_value(body).expect("JSON");
    assert_eq!(body["scope"], json!({ "type": "all_private_chats" }));
    assert_eq!(body["language_code"], "en");
    assert_eq!(body["commands"][0]["command"], "available");
}
