//! The people who hold WhatsApp, under which names the service tells of them, and their chat with the business.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Someone to play. The id is the simulator's own and tells the service nothing.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the page and in the control API"
)]
pub struct NewCustomer {
    pub id: i64,
    /// The name in the person's profile.
    pub name: String,
    /// Country code first; a `+` before it is taken off.
    pub phone: String,
    /// `ID.…`; made from the id when it is not said.
    #[serde(default)]
    pub user_id: Option<String>,
    #[serde(default)]
    pub parent_user_id: Option<String>,
    #[serde(default)]
    pub username: Option<String>,
    /// Goes by a user name: the service tells no phone number of this person.
    #[serde(default)]
    pub hides_phone: bool,
    /// The phone is off: messages wait at the service.
    #[serde(default)]
    pub offline: bool,
    /// Has the chat open: what arrives is read.
    #[serde(default)]
    pub reads: bool,
    /// Has no WhatsApp at this number (any more).
    #[serde(default)]
    pub unreachable: bool,
    /// The page does not open this phone by itself.
    #[serde(default)]
    pub folded: bool,
}

/// How far a message of the business has come. The order is the service's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    Accepted,
    Sent,
    Delivered,
    Read,
    Failed,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
        }
    }
}

/// Something in a message that can be pressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Choice {
    pub(crate) how: How,
    /// What comes back when it is pressed.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
}

/// What kind of thing is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum How {
    Button,
    Row,
    /// A quick reply of a template.
    Template,
}

/// One message of the chat.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ChatMessage {
    /// `wamid.…`
    pub(crate) id: String,
    pub(crate) from_business: bool,
    /// Seconds since 1970.
    pub(crate) date: i64,
    /// Milliseconds since the simulator started.
    pub(crate) at: f64,
    pub(crate) kind: String,
    /// What is shown: `text`, `header`, `footer`, `button`, `url`, `file`, …
    pub(crate) content: Value,
    pub(crate) choices: Vec<Choice>,
    pub(crate) reply_to: Option<String>,
    pub(crate) reaction: Option<String>,
    pub(crate) edited: bool,
    pub(crate) revoked: bool,
    pub(crate) status: Status,
    /// Why it failed.
    pub(crate) error: Option<u32>,
    /// What was echoed in its statuses.
    pub(crate) callback: Option<String>,
    /// The template that was sent.
    pub(crate) template: Option<String>,
    /// The phone number or id that it was sent to.
    pub(crate) input: String,
}

impl ChatMessage {
    /// Whether the person has it on his phone.
    pub(crate) fn is_there(&self) -> bool {
        !self.from_business || matches!(self.status, Status::Delivered | Status::Read)
    }
}

/// A person, and how he stands with the business.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) is: NewCustomer,
    /// When he last wrote, in seconds since 1970: free words may be sent for 24 hours from here.
    pub(crate) last_inbound: Option<i64>,
    pub(crate) chat: VecDeque<ChatMessage>,
    /// The business is writing, the service says.
    pub(crate) typing: bool,
}

impl Customer {
    pub(crate) fn new(is: NewCustomer) -> Self {
        Self {
            is,
            last_inbound: None,
            chat: VecDeque::new(),
            typing: false,
        }
    }

    /// The phone as `wa_id`, where the service tells it.
    pub(crate) fn wa_id(&self) -> Option<&str> {
        (!self.is.hides_phone).then_some(self.is.phone.as_str())
    }

    pub(crate) fn user_id(&self) -> &str {
        self.is.user_id.as_deref().unwrap_or_default()
    }

    pub(crate) fn message(&mut self, id: &str) -> Option<&mut ChatMessage> {
        self.chat.iter_mut().find(|message| message.id == id)
    }

    /// An item of a webhook's `contacts`.
    pub(crate) fn contact(&self) -> Value {
        let mut contact = json!({"profile": {"name": self.is.name}, "user_id": self.user_id()});
        if let Some(username) = &self.is.username {
            contact["profile"]["username"] = json!(username);
        }
        if let Some(phone) = self.wa_id() {
            contact["wa_id"] = json!(phone);
        }
        if let Some(parent) = &self.is.parent_user_id {
            contact["parent_user_id"] = json!(parent);
        }
        contact
    }

    /// What the control API tells of a person.
    pub(crate) fn view(&self) -> Value {
        let mut view = json!(self.is);
        view["last_inbound"] = json!(self.last_inbound);
        view["typing"] = json!(self.typing);
        view
    }
}

/// The business-scoped id of someone who was given none.
pub(crate) fn made_user_id(id: i64) -> String {
    format!("ID.{:016}", 1_502_000_000_000_000_i64.saturating_add(id))
}
