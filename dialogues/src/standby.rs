//! What is said where a service takes only words that it approved beforehand: the purpose and its facts.

use serde::{Deserialize, Serialize};

use crate::press::Press;

/// A message whose words the service keeps; we only fill in the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standby {
    pub purpose: Purpose,
    /// By the names that the approved words use, e.g. `nama`.
    pub facts: Vec<Fact>,
    /// What is added to the address of its page, when it has one: a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// What its buttons mean, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub presses: Vec<Press>,
}

/// One fact, ready to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

/// What an approved message is for; each has its name and language in the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    Registered,
    TicketCreated,
    TechnicianAssigned,
    TechnicianEnRoute,
    TicketStatus,
    TicketDone,
    InvoiceIssued,
    PaymentReceived,
    InvoiceReminder,
    RatingRequest,
    OfficeReply,
    OptedOut,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Registered,
        Self::TicketCreated,
        Self::TechnicianAssigned,
        Self::TechnicianEnRoute,
        Self::TicketStatus,
        Self::TicketDone,
        Self::InvoiceIssued,
        Self::PaymentReceived,
        Self::InvoiceReminder,
        Self::RatingRequest,
        Self::OfficeReply,
        Self::OptedOut,
    ];
}

impl Purpose {
    /// Whether anything is said so: of what is done in the chat itself its person hears there.
    pub const fn is_said(self) -> bool {
        !matches!(self, Self::Registered | Self::TechnicianEnRoute | Self::OptedOut)
    }
}

impl Standby {
    /// For this purpose, without facts yet.
    pub fn of(purpose: Purpose) -> Self {
        Self {
            purpose,
            facts: Vec::new(),
            page: None,
            presses: Vec::new(),
        }
    }

    /// With one more fact.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl Into<String>) -> Self {
        self.facts.push(Fact {
            name: name.to_owned(),
            value: value.into(),
        });
        self
    }
}
