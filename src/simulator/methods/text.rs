//! The words of a message that the bot sends, text or caption: read, measured, trimmed.

use serde_json::{Value, json};

use crate::simulator::chat::Text;
use crate::simulator::check::{Params, Shape, fields};
use crate::simulator::html;
use crate::simulator::refusal::Refusal;
use crate::simulator::wire::commands_in;
use crate::simulator::world::World;

/// Characters in a message after its tags were read.
pub(crate) const LONGEST: usize = 4096;
/// Characters in a caption after its tags were read.
const LONGEST_CAPTION: usize = 1024;

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

/// Words of a call, before they are read.
struct Words<'a> {
    source: &'a str,
    parse_mode: Option<&'a str>,
    entities: Option<&'a Value>,
}

impl World {
    /// Reads `text` with `parse_mode` or `entities`. `too_long` is what this method calls a text over the limit.
    pub(crate) fn read_text(
        &mut self,
        method: &str,
        params: &Params,
        too_long: &str,
    ) -> Result<Text, Refusal> {
        if let Some(preview) = params.get("link_preview_options").and_then(Value::as_object) {
            fields("LinkPreviewOptions", preview, &LINK_PREVIEW)?;
        }
        let words = Words {
            source: params.text("text").unwrap_or_default(),
            parse_mode: params.text("parse_mode"),
            entities: params.get("entities"),
        };
        let text = self.read_words(method, params.chat_id(), &words)?;
        if text.plain.is_empty() {
            return Err(Refusal::broken("text", "message text is empty"));
        }
        if text.plain.chars().count() > LONGEST {
            return Err(Refusal::broken("text", too_long));
        }
        Ok(text)
    }

    /// Reads a `caption`, which may be empty, from a call or from one item of an album.
    pub(crate) fn read_caption<'a>(
        &mut self,
        method: &str,
        chat: Option<i64>,
        field: impl Fn(&str) -> Option<&'a Value>,
    ) -> Result<Text, Refusal> {
        let text = |name| field(name).and_then(Value::as_str);
        let words = Words {
            source: text("caption").unwrap_or_default(),
            parse_mode: text("parse_mode"),
            entities: field("caption_entities"),
        };
        let caption = self.read_words(method, chat, &words)?;
        if caption.plain.chars().count() > LONGEST_CAPTION {
            return Err(Refusal::broken("text", "message caption is too long"));
        }
        Ok(caption)
    }

    fn read_words(&mut self, method: &str, chat: Option<i64>, words: &Words<'_>) -> Result<Text, Refusal> {
        let mut text = match words.parse_mode {
            None | Some("") => Text {
                plain: words.source.to_owned(),
                entities: given_entities(words.entities)?,
                source: None,
            },
            Some(mode) if mode.eq_ignore_ascii_case("html") => {
                if words.entities.is_some() {
                    return Err(Refusal::broken(
                        "text",
                        "simulator: give parse_mode or entities, not both",
                    ));
                }
                let parsed = html::parse(words.source)
                    .map_err(|why| Refusal::broken("html", format!("can't parse entities: {why}")))?;
                if let Some(strange) = parsed.strange.first() {
                    let detail = format!("{strange} is shown as it is");
                    self.breach("html_entity", method, chat, &detail);
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
        text.entities.extend(commands_in(&text.plain));
        Ok(text)
    }
}

fn given_entities(entities: Option<&Value>) -> Result<Vec<Value>, Refusal> {
    let given = entities.and_then(Value::as_array).cloned().unwrap_or_default();
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
