//! Messages with something to press: reply buttons, a list, an address, a request for a place or a number.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::simulator::whatsapp::error::GraphError;
use crate::simulator::whatsapp::kinds::Shown;
use crate::simulator::whatsapp::person::{Choice, How};
use crate::simulator::whatsapp::shape::{Object, is_address};

const KINDS: [&str; 5] = [
    "button",
    "list",
    "cta_url",
    "location_request_message",
    "request_contact_info",
];

pub(crate) fn check(content: &Object<'_>) -> Result<Shown, GraphError> {
    content.only(&["type", "header", "body", "footer", "action"])?;
    let kind = content.word("type", &KINDS)?;
    let longest = if kind == "list" { 4096 } else { 1024 };
    let body = content.object("body")?;
    body.only(&["text"])?;
    let mut shown = json!({"interactive": kind, "text": body.text("text", 1..=longest)?});
    let bare = matches!(kind, "location_request_message" | "request_contact_info");
    if let Some(header) = content.object_if("header")? {
        if bare {
            return Err(content.invalid("header", &format!("is not allowed with type {kind}")));
        }
        header.only(&["type", "text"])?;
        // Pictures above buttons exist too; nothing here sends them.
        header.word("type", &["text"])?;
        shown["header"] = json!(header.text("text", 1..=60)?);
    }
    if let Some(footer) = content.object_if("footer")? {
        if bare {
            return Err(content.invalid("footer", &format!("is not allowed with type {kind}")));
        }
        footer.only(&["text"])?;
        shown["footer"] = json!(footer.text("text", 1..=60)?);
    }
    let action = content.object("action")?;
    let choices = match kind {
        "button" => buttons(&action)?,
        "list" => {
            action.only(&["button", "sections"])?;
            shown["button"] = json!(action.text("button", 1..=20)?);
            list(&action, &mut shown)?
        }
        "cta_url" => {
            address(&action, &mut shown)?;
            Vec::new()
        }
        "location_request_message" => named(&action, "send_location")?,
        _ => named(&action, "request_contact_info")?,
    };
    Ok(Shown {
        content: shown,
        choices,
        template: None,
    })
}

fn buttons(action: &Object<'_>) -> Result<Vec<Choice>, GraphError> {
    action.only(&["buttons"])?;
    let mut choices = Vec::new();
    for button in action.list("buttons", 1..=3)? {
        button.only(&["type", "reply"])?;
        button.word("type", &["reply"])?;
        let reply = button.object("reply")?;
        reply.only(&["id", "title"])?;
        let (id, title) = (reply.text("id", 1..=256)?, reply.text("title", 1..=20)?);
        choices.push(choice(&reply, How::Button, id, title, None)?);
    }
    unique(&choices, "buttons")?;
    let titles: BTreeSet<&str> = choices.iter().map(|choice| choice.title.as_str()).collect();
    if titles.len() < choices.len() {
        return Err(GraphError::invalid("Duplicated title on buttons"));
    }
    Ok(choices)
}

fn list(action: &Object<'_>, shown: &mut Value) -> Result<Vec<Choice>, GraphError> {
    let sections = action.list("sections", 1..=10)?;
    let several = sections.len() > 1;
    let mut choices = Vec::new();
    let mut heads = Vec::new();
    for section in sections {
        section.only(&["title", "rows"])?;
        let title = section.text_if("title", 1..=24)?;
        if several && title.is_none() {
            return Err(section.missing("title"));
        }
        let rows = section.list("rows", 1..=10)?;
        heads.push(json!({"title": title, "rows": rows.len()}));
        for row in rows {
            row.only(&["id", "title", "description"])?;
            let (id, title) = (row.text("id", 1..=200)?, row.text("title", 1..=24)?);
            let description = row.text_if("description", 1..=72)?;
            choices.push(choice(&row, How::Row, id, title, description)?);
        }
    }
    if choices.len() > 10 {
        return Err(GraphError::invalid(format!(
            "Total row count exceed max allowed count: 10, given {}",
            choices.len()
        )));
    }
    unique(&choices, "rows")?;
    shown["sections"] = json!(heads);
    Ok(choices)
}

fn choice(
    of: &Object<'_>,
    how: How,
    id: &str,
    title: &str,
    description: Option<&str>,
) -> Result<Choice, GraphError> {
    if id.trim() != id {
        return Err(of.invalid("id", "has spaces at its ends"));
    }
    if title.contains('\n') {
        return Err(of.invalid("title", "has line breaks"));
    }
    Ok(Choice {
        how,
        id: id.to_owned(),
        title: title.to_owned(),
        description: description.map(str::to_owned),
    })
}

fn unique(choices: &[Choice], what: &str) -> Result<(), GraphError> {
    let ids: BTreeSet<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
    if ids.len() == choices.len() {
        return Ok(());
    }
    Err(GraphError::invalid(format!("Duplicated id on {what}")))
}

fn address(action: &Object<'_>, shown: &mut Value) -> Result<(), GraphError> {
    action.only(&["name", "parameters"])?;
    action.word("name", &["cta_url"])?;
    let parameters = action.object("parameters")?;
    parameters.only(&["display_text", "url"])?;
    shown["button"] = json!(parameters.text("display_text", 1..=20)?);
    let url = parameters.text("url", 1..=2000)?;
    if !is_address(url) {
        return Err(parameters.invalid("url", "is not a valid URL"));
    }
    shown["url"] = json!(url);
    Ok(())
}

fn named(action: &Object<'_>, name: &'static str) -> Result<Vec<Choice>, GraphError> {
    action.only(&["name"])?;
    action.word("name", &[name])?;
    Ok(Vec::new())
}
