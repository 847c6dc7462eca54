//! What admins hear of the channel that customers write on.

use serde::{Deserialize, Serialize};

use crate::text::{Code, Text, named};

/// A notice about the channel or one of its chats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "wire")]
pub enum Wire {
    /// The service says that two customers are one person; messages go to the owner of the phone.
    IdentityConflict {
        owner: String,
        other: String,
    },
    /// Nothing gets through to a customer: call. `why` is a code.
    CustomerUnreachable {
        name: String,
        phone: Option<String>,
        why: Code,
    },
    /// Nothing can be sent until somebody mends it. `why` is a code.
    ChannelStopped {
        why: Code,
    },
    ChannelBack,
    /// Somebody whom the service calls otherwise writes from the number of a chat that is known.
    NewHolder {
        name: String,
    },
    /// The service takes these approved words no more; told once a day. `name` is the template's.
    TemplateRefused {
        name: String,
    },
    /// So many messages in a short time: perhaps a machine answers a machine.
    TooManyMessages {
        name: String,
    },
}

impl From<Wire> for Text {
    fn from(wire: Wire) -> Self {
        Self::Wire(wire)
    }
}

named! {
    Wire,
    Wire::IdentityConflict { .. } => "identity-conflict",
    Wire::CustomerUnreachable { .. } => "customer-unreachable",
    Wire::ChannelStopped { .. } => "channel-stopped",
    Wire::ChannelBack => "channel-back",
    Wire::NewHolder { .. } => "new-holder",
    Wire::TemplateRefused { .. } => "template-refused",
    Wire::TooManyMessages { .. } => "too-many-messages",
}
