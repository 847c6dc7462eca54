//! Words with something to press, in the shapes that the service has for them, each within its limits.

use serde_json::{Value, json};

use crate::delivery::render::{about, choose};
use crate::delivery::{Key, Keys, Letter};
use crate::whatsapp::buttons;

/// The longest text, in characters (Cloud API, "Text").
const TEXT: usize = 4096;
/// The longest body of an interactive message. The service's page on lists allows more, its OpenAPI document does not.
const BODY: usize = 1024;
/// The longest words under a file.
pub(crate) const CAPTION: usize = 1024;
/// A reply button's title, a list's button, the label of an address.
const BUTTON: usize = 20;
/// The title of a list's row, and what it says below.
const ROW: usize = 24;
const ROW_ABOUT: usize = 72;
/// The most reply buttons, and the most rows of a list.
const BUTTONS: usize = 3;
const ROWS: usize = 10;

/// One thing to press.
struct Choice {
    id: String,
    label: String,
    /// What a list says below it.
    about: Option<String>,
}

/// What is said, with what may be pressed.
pub(crate) fn said(letter: &Letter) -> Value {
    let locale = letter.post.as_ref().map(|post| post.locale).unwrap_or_default();
    match &letter.keys {
        Keys::None | Keys::Remove => text(&letter.words),
        Keys::SharePlace => asking(&letter.words, "location_request_message", "send_location"),
        Keys::ShareContact(_) => asking(&letter.words, "request_contact_info", "request_contact_info"),
        Keys::Rows(rows) => {
            let mut words = letter.words.clone();
            let mut choices = Vec::new();
            let mut pages = Vec::new();
            let mut presses = Vec::new();
            for key in rows.iter().flatten() {
                match key {
                    Key::Press { label, press } => {
                        presses.push(press);
                        choices.extend(buttons::encode(press).map(|id| Choice {
                            id,
                            label: label.clone(),
                            about: about(press, locale),
                        }));
                    }
                    Key::Open { label, url } => pages.push((label, url)),
                    // Nothing here copies: the words are there to be held.
                    Key::Copy { label, text } => words = format!("{words}\n{label}: {text}"),
                }
            }
            match (&choices[..], &pages[..]) {
                ([], [(label, url)]) if words.chars().count() <= BODY => page(&words, label, url),
                ([], _) => text(&with_pages(words, &pages)),
                _ => pressed(&with_pages(words, &pages), &choices, &choose(presses, locale)),
            }
        }
    }
}

/// Plain words.
pub(crate) fn text(words: &str) -> Value {
    json!({ "type": "text", "text": { "body": cut_to(words, TEXT), "preview_url": false } })
}

fn asking(words: &str, kind: &str, action: &str) -> Value {
    interactive(json!({
        "type": kind, "body": { "text": cut_to(words, BODY) }, "action": { "name": action },
    }))
}

fn page(words: &str, label: &str, url: &str) -> Value {
    interactive(json!({
        "type": "cta_url", "body": { "text": cut_to(words, BODY) },
        "action": { "name": "cta_url", "parameters": { "display_text": cut_to(label, BUTTON), "url": url } },
    }))
}

/// Addresses that no button is left for.
fn with_pages(mut words: String, pages: &[(&String, &String)]) -> String {
    for (label, url) in pages {
        words = format!("{words}\n{label}: {url}");
    }
    words
}

/// Up to three short answers are buttons; the rest is a list, of ten at most.
fn pressed(words: &str, choices: &[Choice], open: &str) -> Value {
    let fit = choices
        .iter()
        .all(|choice| choice.label.chars().count() <= BUTTON);
    let words = cut_to(words, BODY);
    if choices.len() <= BUTTONS && (fit || choices.len() == 1) {
        let titles = unique(choices, BUTTON);
        let buttons: Vec<Value> = choices
            .iter()
            .zip(titles)
            .map(|(choice, title)| json!({ "type": "reply", "reply": { "id": choice.id, "title": title } }))
            .collect();
        return interactive(json!({
            "type": "button", "body": { "text": words }, "action": { "buttons": buttons },
        }));
    }
    let choices = &choices[..choices.len().min(ROWS)];
    let rows: Vec<Value> = choices
        .iter()
        .zip(unique(choices, ROW))
        .map(|(choice, title)| {
            let mut row = json!({ "id": choice.id, "title": title });
            // What a title cannot hold stands below it.
            if title != choice.label {
                row["description"] = cut_to(&choice.label, ROW_ABOUT).into();
            } else if let Some(about) = &choice.about {
                row["description"] = cut_to(about, ROW_ABOUT).into();
            }
            row
        })
        .collect();
    interactive(json!({
        "type": "list", "body": { "text": words },
        "action": { "button": cut_to(open, BUTTON), "sections": [{ "rows": rows }] },
    }))
}

fn interactive(content: Value) -> Value {
    json!({ "type": "interactive", "interactive": content })
}

/// Titles that differ from each other, each within so many characters.
fn unique(choices: &[Choice], most: usize) -> Vec<String> {
    let mut titles: Vec<String> = Vec::with_capacity(choices.len());
    for (number, choice) in (1..).zip(choices) {
        let line = choice.label.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut title = cut_to(&line, most);
        if titles.contains(&title) {
            let mark = format!(" {number}");
            title = format!("{}{mark}", cut_to(&line, most - mark.chars().count()));
        }
        titles.push(title);
    }
    titles
}

/// At most so many characters; what is left out shows as an ellipsis, between words where possible.
pub(crate) fn cut_to(text: &str, most: usize) -> String {
    crate::delivery::render::cut(text, most)
}
