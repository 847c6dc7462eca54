//! What may be sent to a person, kind by kind, and what he sees of it.

mod file;
mod interactive;
mod template;

use serde_json::{Map, Value, json};

use crate::simulator::whatsapp::error::GraphError;
use crate::simulator::whatsapp::person::Choice;
use crate::simulator::whatsapp::shape::Object;
use crate::simulator::world::World;

/// Whom a message is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// As it was given in `to`.
    Phone(String),
    /// As it was given in `recipient`.
    User(String),
}

impl Target {
    pub(crate) fn input(&self) -> &str {
        match self {
            Self::Phone(given) | Self::User(given) => given,
        }
    }
}

/// What a person sees of a message.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    pub(crate) content: Value,
    pub(crate) choices: Vec<Choice>,
    /// The template's name; everything else needs an open window.
    pub(crate) template: Option<String>,
}

/// A message that passed every check.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) target: Target,
    pub(crate) kind: &'static str,
    pub(crate) shown: Shown,
    pub(crate) reply_to: Option<String>,
    pub(crate) callback: Option<String>,
}

/// The kinds that are played.
const KINDS: [&str; 7] = [
    "text",
    "interactive",
    "template",
    "image",
    "document",
    "audio",
    "video",
];
/// Those that the service knows and this simulator does not play.
const NOT_PLAYED: [&str; 4] = ["contacts", "location", "sticker", "reaction"];

impl World {
    /// Holds a message against the service's rules.
    pub(crate) fn outgoing(&self, body: &Map<String, Value>) -> Result<Outgoing, GraphError> {
        let body = Object::body(body);
        if let Some(kind) = body.get("type").and_then(Value::as_str)
            && NOT_PLAYED.contains(&kind)
        {
            let why = format!("simulator: messages of the type \"{kind}\" are not simulated");
            return Err(GraphError::broken("not_played", 131_051, why));
        }
        let kind = body.word("type", &KINDS)?;
        body.only(&[
            "messaging_product",
            "recipient_type",
            "to",
            "recipient",
            "type",
            "context",
            "biz_opaque_callback_data",
            kind,
        ])?;
        body.word("messaging_product", &["whatsapp"])?;
        body.word("recipient_type", &["individual"])?;
        let target = target(&body)?;
        let callback = body.text_if("biz_opaque_callback_data", 1..=512)?;
        let reply_to = body.object_if("context")?.map(|context| {
            context.only(&["message_id"])?;
            context.text("message_id", 1..=300)
        });
        let content = body.object(kind)?;
        let shown = match kind {
            "text" => text(&content)?,
            "interactive" => interactive::check(&content)?,
            "template" => self.template_message(&content)?,
            kind => self.file_message(kind, &content)?,
        };
        Ok(Outgoing {
            target,
            kind,
            shown,
            reply_to: reply_to.transpose()?.map(str::to_owned),
            callback: callback.map(str::to_owned),
        })
    }
}

/// `to` wins when both are there, as at the service.
fn target(body: &Object<'_>) -> Result<Target, GraphError> {
    let to = body.text_if("to", 1..=200)?;
    let recipient = body.text_if("recipient", 1..=200)?;
    match (to, recipient) {
        (Some(to), _) => Ok(Target::Phone(to.to_owned())),
        (None, Some(user)) => Ok(Target::User(user.to_owned())),
        (None, None) => Err(body.missing("to")),
    }
}

fn text(content: &Object<'_>) -> Result<Shown, GraphError> {
    content.only(&["body", "preview_url"])?;
    content.flag_if("preview_url")?;
    let body = content.text("body", 1..=4096)?;
    Ok(Shown {
        content: json!({ "text": body }),
        ..Shown::default()
    })
}
