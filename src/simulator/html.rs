//! Reads the service's HTML: which tags it knows, which it refuses and in which words.

use serde_json::{Value, json};

use crate::simulator::chat::Text;
use crate::simulator::link::is_link;

const TAGS: [&str; 17] = [
    "a",
    "b",
    "strong",
    "i",
    "em",
    "s",
    "strike",
    "del",
    "u",
    "ins",
    "tg-spoiler",
    "tg-emoji",
    "span",
    "pre",
    "code",
    "blockquote",
    "tg-time",
];

/// What a text with tags becomes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Parsed {
    pub(crate) text: Text,
    /// Named entities such as `&nbsp;` that the service does not know: people see them letter by letter.
    pub(crate) strange: Vec<String>,
}

struct Open {
    tag: String,
    /// The link's address, the code's language, the emoji's id; empty when there is none.
    argument: String,
    /// UTF-16 offset of the start in the bare text.
    offset: usize,
    /// Byte offset of the start in the bare text.
    begin: usize,
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    plain: String,
    units: usize,
    open: Vec<Open>,
    entities: Vec<Value>,
    strange: Vec<String>,
}

/// Reads a text with tags. The error is what the service puts behind "can't parse entities: ".
pub(crate) fn parse(source: &str) -> Result<Parsed, String> {
    let mut reader = Reader {
        source,
        at: 0,
        plain: String::with_capacity(source.len()),
        units: 0,
        open: Vec::new(),
        entities: Vec::new(),
        strange: Vec::new(),
    };
    while let Some(next) = reader.peek() {
        match next {
            '<' if reader.rest().starts_with("</") => reader.end_tag()?,
            '<' => reader.start_tag()?,
            '&' => {
                let character = reader.character();
                reader.push(character);
            }
            other => {
                reader.at += other.len_utf8();
                reader.push(other);
            }
        }
    }
    if let Some(open) = reader.open.last() {
        return Err(format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            open.tag
        ));
    }
    let mut entities = reader.entities;
    for code in entities.iter_mut().filter(|entity| entity["type"] == "code") {
        // A language counts only where the code fills a block.
        code.as_object_mut().map(|fields| fields.remove("language"));
    }
    entities.sort_by_key(|entity| {
        (
            entity["offset"].as_u64(),
            entity["length"].as_u64().map(|length| u64::MAX - length),
        )
    });
    let text = Text {
        plain: reader.plain,
        entities,
        source: Some(source.to_owned()),
    };
    Ok(Parsed {
        text,
        strange: reader.strange,
    })
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn push(&mut self, character: char) {
        self.plain.push(character);
        self.units += character.len_utf16();
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let rest = self.rest();
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        let taken = rest.get(..end).unwrap_or_default().to_owned();
        self.at += end;
        taken
    }

    fn spaces(&mut self) {
        self.take_while(|c| c.is_ascii_whitespace());
    }

    /// The character that an entity stands for, or the `&` itself when it stands for none.
    fn character(&mut self) -> char {
        let rest = self.rest().get(1..).unwrap_or_default();
        let (length, found) = if let Some(number) = rest.strip_prefix('#') {
            numeric(number)
        } else {
            let length = rest
                .find(|c: char| !c.is_ascii_alphabetic())
                .unwrap_or(rest.len());
            let name = rest.get(..length).unwrap_or_default();
            let found = match name {
                "lt" => Some('<'),
                "gt" => Some('>'),
                "amp" => Some('&'),
                "quot" => Some('"'),
                _ => None,
            };
            if found.is_none() && !name.is_empty() && rest[length..].starts_with(';') {
                self.strange.push(format!("&{name};"));
            }
            (length, found)
        };
        let Some(found) = found else {
            self.at += 1;
            return '&';
        };
        self.at += 1 + length;
        if self.rest().starts_with(';') {
            self.at += 1;
        }
        found
    }

    fn start_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        self.at += 1;
        let tag = self
            .take_while(|c| !c.is_ascii_whitespace() && c != '>')
            .to_ascii_lowercase();
        if self.peek().is_none() {
            return Err(format!("Unclosed start tag at byte offset {begin}"));
        }
        if !TAGS.contains(&tag.as_str()) {
            return Err(format!("Unsupported start tag \"{tag}\" at byte offset {begin}"));
        }
        let mut argument = String::new();
        loop {
            self.spaces();
            match self.peek() {
                Some('>') => break,
                None => return Err(format!("Unclosed start tag at byte offset {begin}")),
                Some(_) => {}
            }
            let (name, value) = self.attribute(&tag, begin)?;
            match (tag.as_str(), name.as_str()) {
                ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "unix") => argument = value,
                ("code", "class") if value.starts_with("language-") => value[9..].clone_into(&mut argument),
                ("span", "class") if value.starts_with("tg-") => value[3..].clone_into(&mut argument),
                ("blockquote", "expandable") => "expandable".clone_into(&mut argument),
                _ => {}
            }
        }
        self.at += 1;
        if tag == "span" && argument != "spoiler" {
            return Err(format!(
                "Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"
            ));
        }
        self.open.push(Open {
            tag,
            argument,
            offset: self.units,
            begin: self.plain.len(),
        });
        Ok(())
    }

    fn attribute(&mut self, tag: &str, begin: usize) -> Result<(String, String), String> {
        let name = self.take_while(|c| !c.is_ascii_whitespace() && c != '=' && c != '>');
        if name.is_empty() {
            return Err(format!(
                "Empty attribute name in the tag \"{tag}\" at byte offset {begin}"
            ));
        }
        self.spaces();
        if self.peek() != Some('=') {
            if tag == "blockquote" && name == "expandable" {
                return Ok((name, String::new()));
            }
            return Err(format!(
                "Expected equal sign in declaration of an attribute of the tag \"{tag}\" at byte offset {begin}"
            ));
        }
        self.at += 1;
        self.spaces();
        let value = match self.peek() {
            None => return Err(format!("Unclosed start tag \"{tag}\" at byte offset {begin}")),
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            Some(_) => {
                let token = self.at;
                let value = self.take_while(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
                if !self.peek().is_some_and(|c| c.is_ascii_whitespace() || c == '>') {
                    return Err(format!("Unexpected end of name token at byte offset {token}"));
                }
                value.to_ascii_lowercase()
            }
        };
        if self.peek().is_none() {
            return Err(format!("Unclosed start tag at byte offset {begin}"));
        }
        Ok((name, value))
    }

    fn quoted(&mut self, quote: char) -> String {
        self.at += 1;
        let mut value = String::new();
        while let Some(next) = self.peek() {
            if next == quote {
                self.at += 1;
                break;
            }
            if next == '&' {
                let character = self.character();
                value.push(character);
            } else {
                self.at += next.len_utf8();
                value.push(next);
            }
        }
        value
    }

    fn end_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        let Some(open) = self.open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {begin}"));
        };
        self.at += 2;
        let name = self
            .take_while(|c| !c.is_ascii_whitespace() && c != '>')
            .to_ascii_lowercase();
        self.spaces();
        if self.peek() != Some('>') {
            return Err(format!("Unclosed end tag at byte offset {begin}"));
        }
        self.at += 1;
        if !name.is_empty() && name != open.tag {
            return Err(format!(
                "Unmatched end tag at byte offset {begin}, expected \"</{}>\", found \"</{name}>\"",
                open.tag
            ));
        }
        if self.units > open.offset {
            self.close(&open)?;
        }
        Ok(())
    }

    fn close(&mut self, open: &Open) -> Result<(), String> {
        let mut entity = json!({"offset": open.offset, "length": self.units - open.offset});
        let kind = match open.tag.as_str() {
            "i" | "em" => "italic",
            "b" | "strong" => "bold",
            "s" | "strike" | "del" => "strikethrough",
            "u" | "ins" => "underline",
            "tg-spoiler" | "span" => "spoiler",
            "blockquote" if open.argument.is_empty() => "blockquote",
            "blockquote" => "expandable_blockquote",
            "tg-emoji" => {
                if open.argument.parse::<i64>().is_ok_and(|id| id != 0) {
                    entity["custom_emoji_id"] = json!(open.argument);
                    "custom_emoji"
                } else {
                    return Err("Invalid custom emoji identifier specified".to_owned());
                }
            }
            "tg-time" => {
                let Ok(unix) = open.argument.parse::<i64>() else {
                    return Err("Invalid date-time specified".to_owned());
                };
                entity["unix_time"] = json!(unix);
                "date_time"
            }
            "a" => match self.link(open) {
                Some(url) => {
                    entity["url"] = json!(url);
                    "text_link"
                }
                // The service drops a link that leads nowhere, and keeps its words.
                None => return Ok(()),
            },
            "pre" => {
                self.close_pre(entity);
                return Ok(());
            }
            _ => {
                if !open.argument.is_empty() {
                    entity["language"] = json!(open.argument);
                }
                "code"
            }
        };
        entity["type"] = json!(kind);
        self.entities.push(entity);
        Ok(())
    }

    /// `<pre><code class="language-…">` is one block with a language.
    fn close_pre(&mut self, mut entity: Value) {
        entity["type"] = json!("pre");
        if let Some(last) = self.entities.last()
            && last["type"] == "code"
            && last["offset"] == entity["offset"]
            && last["length"] == entity["length"]
        {
            if last["language"].is_string() {
                entity["language"] = last["language"].clone();
            }
            self.entities.pop();
        }
        self.entities.push(entity);
    }

    fn link(&self, open: &Open) -> Option<String> {
        let words = self.plain.get(open.begin..).unwrap_or_default();
        let url = if open.argument.is_empty() {
            words
        } else {
            &open.argument
        };
        is_link(url).then(|| url.to_owned())
    }
}

/// Length and meaning of what follows `&#`.
fn numeric(rest: &str) -> (usize, Option<char>) {
    let (prefix, digits, radix) = match rest.strip_prefix('x') {
        Some(digits) => (2, digits, 16),
        None => (1, rest, 10),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let code = u32::from_str_radix(&digits[..length], radix)
        .ok()
        .filter(|code| *code != 0);
    (prefix + length, code.and_then(char::from_u32))
}
