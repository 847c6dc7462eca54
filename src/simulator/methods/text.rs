//! The text of a message that the bot sends: read, measured, trimmed.

use serde_json::{Value, json};

use crate::simulator::chat::Text;
use crate::simulator::check::{Params, Shape, fields};
use crate::simulator::html;
use crate::simulator::refusal::Refusal;
use crate::simulator::wire::commands_in;
use crate::simulator::world::World;

/// Characters in a message after its tags were read.
pub(crate) const LONGEST: usize = 4096;

const ENTITY: [(&str, Shape); 9] = [
    ("type", Shape::Text),
    ("offset", Shape::Integer),
    ("length", Shape::Integer),
    ("url", Shape::Text),
    ("user", Shape::Object),
    ("language", Shape::Text),
    ("custom_emoji_id", Shape::Text),
    ("unix_time", Shape::Integer),
    ("date_time_format", Shape::Text),
];

const LINK_PREVIEW: [(&str, Shape); 5] = [
    ("is_disabled", Shape::Boolean),
    ("url", Shape::Text),
    ("prefer_small_media", Shape::Boolean),
    ("prefer_large_media", Shape::Boolean),
    ("show_above_text", Shape::Boolean),
];

impl World {
    /// Reads `text` with `parse_mode` or `entities`. `too_long` is what this method calls a text over the limit.
    pub(crate) fn read_text(
        &mut self,
        method: &str,
        params: &Params,
        too_long: &str,
    ) -> Result<Text, Refusal> {
        let source = params.text("text").unwrap_or_default();
        if let Some(preview) = params.get("link_preview_options").and_then(Value::as_object) {
            fields("LinkPreviewOptions", preview, &LINK_PREVIEW)?;
        }
        let mut text = match params.text("parse_mode") {
            None | Some("") => Text {
                plain: source.to_owned(),
                entities: given_entities(params)?,
                source: None,
            },
            Some(mode) if mode.eq_ignore_ascii_case("html") => {
                if params.get("entities").is_some() {
                    return Err(Refusal::broken(
                        "text",
                        "simulator: give parse_mode or entities, not both",
                    ));
                }
                let parsed = html::parse(source)
                    .map_err(|why| Refusal::broken("html", format!("can't parse entities: {why}")))?;
                if let Some(strange) = parsed.strange.first() {
                    self.breach(
                        "html_entity",
                        method,
                        params.chat_id(),
                        &format!("{strange} is shown as it is"),
                    );
                }
                parsed.text
            }
            Some(mode)
                if mode.eq_ignore_ascii_case("markdown") || mode.eq_ignore_ascii_case("markdownv2") =>
            {
                return Err(Refusal::broken(
                    "not_played",
                    format!("simulator: parse_mode {mode} is not simulated"),
                ));
            }
            Some(_) => return Err(Refusal::broken("text", "unsupported parse_mode")),
        };
        trim(&mut text);
        if text.plain.is_empty() {
            return Err(Refusal::broken("text", "message text is empty"));
        }
        if text.plain.chars().count() > LONGEST {
            return Err(Refusal::broken("text", too_long));
        }
        text.entities.extend(commands_in(&text.plain));
        Ok(text)
    }
}

fn given_entities(params: &Params) -> Result<Vec<Value>, Refusal> {
    let given = params
        .get("entities")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    for entity in &given {
        let wrong = || {
            Refusal::broken(
                "text",
                "can't parse entities: expected an Object with type, offset, length",
            )
        };
        let object = entity.as_object().ok_or_else(wrong)?;
        fields("MessageEntity", object, &ENTITY)?;
        if !entity["type"].is_string() || !entity["offset"].is_i64() || !entity["length"].is_i64() {
            return Err(wrong());
        }
    }
    Ok(given)
}

/// The service drops white space at both ends; what stands out moves with the text.
fn trim(text: &mut Text) {
    let end = text.plain.trim_end().len();
    text.plain.truncate(end);
    let start = text.plain.len() - text.plain.trim_start().len();
    let removed = text.plain[..start].encode_utf16().count();
    text.plain.drain(..start);
    let units = text.plain.encode_utf16().count();
    text.entities.retain_mut(|entity| {
        let (Some(offset), Some(length)) = (entity["offset"].as_u64(), entity["length"].as_u64()) else {
            return false;
        };
        let (Ok(offset), Ok(length)) = (usize::try_from(offset), usize::try_from(length)) else {
            return false;
        };
        let begin = offset.saturating_sub(removed);
        let end = (offset + length).saturating_sub(removed).min(units);
        if begin >= end {
            return false;
        }
        entity["offset"] = json!(begin);
        entity["length"] = json!(end - begin);
        true
    });
}
