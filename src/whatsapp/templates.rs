//! Messages that the service approves beforehand: their definitions, and how they are filled in.

use std::sync::LazyLock;

use dialogues::standby::Purpose;
use serde_json::{Value, json};

use crate::config::whatsapp::{Template, Templates};
use crate::delivery::letter::Post;
use crate::delivery::render::cut;
use crate::whatsapp::buttons;

/// The address that definitions write for the company's own.
pub const OUR_ADDRESS: &str = "https://tanggap.example";
/// The longest fact, in characters: several of them and the words around stay below 1024.
const FACT: usize = 160;

/// The definition of a template, as it is submitted.
#[derive(Debug)]
pub struct Definition {
    pub purpose: Purpose,
    /// What `message_templates` takes.
    pub body: Value,
    /// The names of its facts, in the order of its words.
    pub facts: Vec<String>,
    /// Its buttons, in order.
    pub buttons: Vec<Button>,
}

/// A button of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// Comes back with a press.
    Reply,
    /// Opens a page whose address ends with a token.
    Page,
}

static DEFINITIONS: LazyLock<Vec<Definition>> = LazyLock::new(|| {
    let all = Purpose::ALL.into_iter();
    all.filter_map(|purpose| definition(purpose, source(purpose)))
        .collect()
});

/// Every definition of the repository.
pub fn definitions() -> &'static [Definition] {
    &DEFINITIONS
}

/// The definition for a purpose.
pub fn of(purpose: Purpose) -> Option<&'static Definition> {
    DEFINITIONS
        .iter()
        .find(|definition| definition.purpose == purpose)
}

/// The file of a purpose's definition.
pub(crate) const fn source(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Registered => include_str!("templates/registered.json"),
        Purpose::TicketCreated => include_str!("templates/ticket_created.json"),
        Purpose::TechnicianAssigned => include_str!("templates/technician_assigned.json"),
        Purpose::TechnicianEnRoute => include_str!("templates/technician_en_route.json"),
        Purpose::TicketStatus => include_str!("templates/ticket_status.json"),
        Purpose::TicketDone => include_str!("templates/ticket_done.json"),
        Purpose::InvoiceIssued => include_str!("templates/invoice_issued.json"),
        Purpose::PaymentReceived => include_str!("templates/payment_received.json"),
        Purpose::InvoiceReminder => include_str!("templates/invoice_reminder.json"),
        Purpose::RatingRequest => include_str!("templates/rating_request.json"),
        Purpose::OfficeReply => include_str!("templates/office_reply.json"),
        Purpose::OptedOut => include_str!("templates/opted_out.json"),
    }
}

/// The template that the settings name for a purpose.
pub fn named(templates: &Templates, purpose: Purpose) -> &Template {
    match purpose {
        Purpose::Registered => &templates.registered,
        Purpose::TicketCreated => &templates.ticket_created,
        Purpose::TechnicianAssigned => &templates.technician_assigned,
        Purpose::TechnicianEnRoute => &templates.technician_en_route,
        Purpose::TicketStatus => &templates.ticket_status,
        Purpose::TicketDone => &templates.ticket_done,
        Purpose::InvoiceIssued => &templates.invoice_issued,
        Purpose::PaymentReceived => &templates.payment_received,
        Purpose::InvoiceReminder => &templates.invoice_reminder,
        Purpose::RatingRequest => &templates.rating_request,
        Purpose::OfficeReply => &templates.office_reply,
        Purpose::OptedOut => &templates.opted_out,
    }
}

fn definition(purpose: Purpose, source: &str) -> Option<Definition> {
    let body: Value = serde_json::from_str(source).ok()?;
    let components = body.get("components")?.as_array()?;
    let of_type = |kind: &str| {
        components
            .iter()
            .find(|component| component.get("type").and_then(Value::as_str) == Some(kind))
    };
    let text = of_type("BODY")?.get("text")?.as_str()?;
    let facts = text
        .split("{{")
        .skip(1)
        .filter_map(|part| Some(part.split_once("}}")?.0.to_owned()))
        .collect();
    let listed = of_type("BUTTONS").and_then(|component| component.get("buttons")?.as_array());
    let buttons = listed.into_iter().flatten().map(|button| {
        let url = button.get("url").and_then(Value::as_str);
        if url.is_some() {
            Button::Page
        } else {
            Button::Reply
        }
    });
    Some(Definition {
        purpose,
        facts,
        buttons: buttons.collect(),
        body,
    })
}

/// A letter's approved words as a message. [`Err`]: the letter does not bring what they need.
pub(crate) fn message(templates: &Templates, post: &Post) -> Result<Value, String> {
    let standby = post.standby.as_ref().ok_or("no approved words stand by")?;
    let definition = of(standby.purpose).ok_or("the template is not defined")?;
    let template = named(templates, standby.purpose);
    let mut facts = Vec::new();
    for name in &definition.facts {
        let value = standby.facts.iter().find(|fact| fact.name == *name);
        let value = value.map(|fact| plain(&fact.value)).unwrap_or_default();
        // The service takes no empty one.
        let value = if value.is_empty() { "-".to_owned() } else { value };
        facts.push(json!({ "type": "text", "parameter_name": name, "text": value }));
    }
    let mut components = Vec::new();
    if !facts.is_empty() {
        components.push(json!({ "type": "body", "parameters": facts }));
    }
    let mut presses = standby.presses.iter();
    for (index, button) in definition.buttons.iter().enumerate() {
        let index = index.to_string();
        match button {
            Button::Page => {
                let page = standby.page.as_deref().filter(|page| !page.is_empty());
                let page = page.ok_or_else(|| format!("{:?} needs a page", standby.purpose))?;
                components.push(json!({ "type": "button", "sub_type": "url", "index": index,
                    "parameters": [{ "type": "text", "text": page }] }));
            }
            Button::Reply => {
                if let Some(code) = presses.next().and_then(buttons::encode) {
                    components.push(
                        json!({ "type": "button", "sub_type": "quick_reply", "index": index,
                        "parameters": [{ "type": "payload", "payload": code }] }),
                    );
                }
            }
        }
    }
    let mut content = json!({ "name": template.name, "language": { "policy": "deterministic", "code": template.language } });
    if !components.is_empty() {
        content["components"] = components.into();
    }
    Ok(json!({ "type": "template", "template": content }))
}

/// A fact on one line, without what the service refuses in one, and without marks.
pub(crate) fn plain(value: &str) -> String {
    let words: Vec<&str> = value.split_whitespace().collect();
    let line: String = words.join(" ").chars().filter(|c| !"*_~`".contains(*c)).collect();
    cut(line.trim(), FACT)
}
