//! Keyboards: inline ones under a message, and those that take the letters' place.

use serde_json::{Map, Value};

use crate::simulator::check::{Shape, fields};
use crate::simulator::link::is_link;
use crate::simulator::refusal::Refusal;

/// What a `reply_markup` turns out to be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Markup {
    Inline(Value),
    Reply(Value),
    Remove,
    ForceReply,
}

/// A markup is refused beyond this many buttons.
const BUTTONS: usize = 100;

const INLINE: [(&str, Shape); 2] = [
    ("inline_keyboard", Shape::Array),
    ("force_reply", Shape::NotPlayed),
];
const REPLY: [(&str, Shape); 7] = [
    ("keyboard", Shape::Array),
    ("is_persistent", Shape::Boolean),
    ("resize_keyboard", Shape::Boolean),
    ("one_time_keyboard", Shape::Boolean),
    ("input_field_placeholder", Shape::Text),
    ("selective", Shape::Boolean),
    ("force_reply", Shape::NotPlayed),
];
const REMOVE: [(&str, Shape); 2] = [("remove_keyboard", Shape::Boolean), ("selective", Shape::Boolean)];
const FORCE: [(&str, Shape); 3] = [
    ("force_reply", Shape::Boolean),
    ("input_field_placeholder", Shape::Text),
    ("selective", Shape::Boolean),
];

const INLINE_BUTTON: [(&str, Shape); 14] = [
    ("text", Shape::Text),
    ("icon_custom_emoji_id", Shape::NotPlayed),
    ("style", Shape::Text),
    ("url", Shape::Text),
    ("callback_data", Shape::Text),
    ("web_app", Shape::Object),
    ("login_url", Shape::NotPlayed),
    ("switch_inline_query", Shape::Text),
    ("switch_inline_query_current_chat", Shape::Text),
    ("switch_inline_query_chosen_chat", Shape::NotPlayed),
    ("copy_text", Shape::Object),
    ("callback_game", Shape::NotPlayed),
    ("pay", Shape::NotPlayed),
    ("disabled", Shape::Object),
];
const ACTIONS: [&str; 7] = [
    "url",
    "callback_data",
    "web_app",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
    "disabled",
];
const KEYBOARD_BUTTON: [(&str, Shape); 10] = [
    ("text", Shape::Text),
    ("icon_custom_emoji_id", Shape::NotPlayed),
    ("style", Shape::Text),
    ("request_users", Shape::NotPlayed),
    ("request_chat", Shape::NotPlayed),
    ("request_managed_bot", Shape::NotPlayed),
    ("request_contact", Shape::Boolean),
    ("request_location", Shape::Boolean),
    ("request_poll", Shape::NotPlayed),
    ("web_app", Shape::NotPlayed),
];

/// Reads a `reply_markup` that is meant for a chat.
pub(crate) fn read(markup: &Value, private: bool) -> Result<Option<Markup>, Refusal> {
    let Some(object) = markup.as_object() else {
        return Err(Refusal::broken("markup", "object expected as reply markup"));
    };
    if object.contains_key("inline_keyboard") {
        return inline(markup);
    }
    if object.contains_key("keyboard") {
        fields("ReplyKeyboardMarkup", object, &REPLY)?;
        reply_rows(object, private)?;
        return Ok(Some(Markup::Reply(markup.clone())));
    }
    if object.get("remove_keyboard") == Some(&Value::Bool(true)) {
        fields("ReplyKeyboardRemove", object, &REMOVE)?;
        return Ok(Some(Markup::Remove));
    }
    if object.get("force_reply") == Some(&Value::Bool(true)) {
        fields("ForceReply", object, &FORCE)?;
        return Ok(Some(Markup::ForceReply));
    }
    Err(Refusal::broken(
        "markup",
        "simulator: this reply markup is none that the service knows",
    ))
}

/// Reads the markup of an edit, which can only be an inline keyboard. No buttons means no keyboard.
pub(crate) fn inline(markup: &Value) -> Result<Option<Markup>, Refusal> {
    let Some(object) = markup
        .as_object()
        .filter(|object| object.contains_key("inline_keyboard"))
    else {
        return Err(Refusal::broken("markup", "inline keyboard expected"));
    };
    fields("InlineKeyboardMarkup", object, &INLINE)?;
    let mut count = 0;
    for row in rows(object, "inline_keyboard", "InlineKeyboardMarkup")? {
        for button in row {
            let Some(button) = button.as_object() else {
                return Err(Refusal::broken(
                    "markup",
                    "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
                ));
            };
            inline_button(button)?;
            count += 1;
        }
    }
    if count > BUTTONS {
        return Err(Refusal::broken("markup", "reply markup is too long"));
    }
    Ok((count > 0).then(|| Markup::Inline(markup.clone())))
}

fn rows<'a>(object: &'a Map<String, Value>, name: &str, of: &str) -> Result<Vec<&'a Vec<Value>>, Refusal> {
    let rows = object.get(name).and_then(Value::as_array);
    let rows = rows.map(|rows| rows.iter().map(Value::as_array).collect::<Option<Vec<_>>>());
    rows.flatten().ok_or_else(|| {
        Refusal::broken(
            "markup",
            format!("field \"{name}\" of the {of} must be an Array of Arrays"),
        )
    })
}

fn inline_button(button: &Map<String, Value>) -> Result<(), Refusal> {
    let cannot = |why: &str| Refusal::broken("markup", format!("can't parse inline keyboard button: {why}"));
    fields("InlineKeyboardButton", button, &INLINE_BUTTON)?;
    let text = button.get("text").and_then(Value::as_str);
    let text = text.ok_or_else(|| cannot("Can't find field \"text\""))?;
    if text.trim().is_empty() {
        return Err(Refusal::broken(
            "markup",
            "inline keyboard button text must be non-empty",
        ));
    }
    style(button)?;
    let actions: Vec<&str> = ACTIONS
        .into_iter()
        .filter(|action| button.contains_key(*action))
        .collect();
    match actions.as_slice() {
        [] => return Err(cannot("Text buttons are unallowed in the inline keyboard")),
        [_] => {}
        several => {
            return Err(Refusal::broken(
                "markup",
                format!(
                    "simulator: an inline button does one thing, not {}",
                    several.join(" and ")
                ),
            ));
        }
    }
    let field = |name: &str| button.get(name).and_then(Value::as_str);
    if let Some(data) = field("callback_data") {
        match data.len() {
            0 => return Err(cannot("Text buttons are unallowed in the inline keyboard")),
            1..=64 => {}
            _ => return Err(Refusal::broken("markup", "BUTTON_DATA_INVALID")),
        }
    }
    if let Some(url) = field("url") {
        let scheme = ["http://", "https://", "tg://"]
            .iter()
            .any(|scheme| url.starts_with(scheme));
        if !scheme || !is_link(url) {
            return Err(Refusal::broken(
                "markup",
                format!("inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"),
            ));
        }
    }
    if let Some(copied) = button.get("copy_text") {
        let length = copied["text"].as_str().map_or(0, |text| text.chars().count());
        if !(1..=256).contains(&length) {
            return Err(Refusal::broken("markup", "BUTTON_COPY_TEXT_INVALID"));
        }
    }
    Ok(())
}

fn style(button: &Map<String, Value>) -> Result<(), Refusal> {
    match button.get("style").and_then(Value::as_str) {
        None | Some("danger" | "success" | "primary") => Ok(()),
        Some(_) => Err(Refusal::broken("markup", "invalid button style specified")),
    }
}

fn reply_rows(object: &Map<String, Value>, private: bool) -> Result<(), Refusal> {
    let mut count = 0;
    for button in rows(object, "keyboard", "ReplyKeyboardMarkup")?
        .into_iter()
        .flatten()
    {
        count += 1;
        let text = match button {
            Value::String(text) => text.as_str(),
            Value::Object(button) => {
                fields("KeyboardButton", button, &KEYBOARD_BUTTON)?;
                style(button)?;
                let asks = |name: &str| button.get(name) == Some(&Value::Bool(true));
                if !private && asks("request_contact") {
                    return Err(Refusal::broken(
                        "markup",
                        "phone number can be requested in private chats only",
                    ));
                }
                if !private && asks("request_location") {
                    return Err(Refusal::broken(
                        "markup",
                        "location can be requested in private chats only",
                    ));
                }
                button.get("text").and_then(Value::as_str).unwrap_or_default()
            }
            _ => {
                return Err(Refusal::broken(
                    "markup",
                    "can't parse keyboard button: KeyboardButton must be a String or an Object",
                ));
            }
        };
        if text.trim().is_empty() {
            return Err(Refusal::broken(
                "markup",
                "keyboard button text must be non-empty",
            ));
        }
    }
    if count == 0 {
        return Err(Refusal::broken(
            "markup",
            "simulator: a reply keyboard without buttons",
        ));
    }
    Ok(())
}
