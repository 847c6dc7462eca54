//! Typed ids, so that a ticket's number is never taken for a person's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The text was not an id: ids are whole positive numbers, opaque to callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                positive(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// Someone who signs in: technician, sales or admin.
    UserId,
    /// Someone who is served.
    CustomerId,
    /// A line of the price list.
    ServiceId,
    /// One job at a customer's site.
    TicketId,
    /// One message on its way out.
    DeliveryId,
    /// One input that was kept.
    InboxId,
    /// One visit of one technician.
    VisitId,
    /// One photo, letter or other file.
    DocumentId,
    /// One opening of a chat's upload mode.
    UploadId,
    /// One chat of a customer.
    ContactId,
    /// One invoice, whether it has a number yet or not.
    InvoiceId,
    /// One payment of an invoice.
    PaymentId,
    /// One body that a service posted.
    WebhookId,
    /// One report or question of a customer.
    RequestId,
    /// What is asked of a customer once a ticket is closed.
    RatingId,
    /// One emergency.
    AlertId,
    /// One spreadsheet on its way in.
    ImportId,
}

impl TicketId {
    /// What people call the ticket: `TKT-000123`.
    pub fn number(self) -> String {
        format!("TKT-{:06}", self.0)
    }

    /// Reads `TKT-000123`, `tkt-123` or `123` as people type them.
    pub fn from_number(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = match text.get(..4) {
            Some(prefix) if prefix.eq_ignore_ascii_case("TKT-") => text.get(4..)?,
            _ => text,
        };
        positive(digits).ok().map(Self)
    }
}

impl CustomerId {
    /// What people call the customer: `PLG-000045`.
    pub fn number(self) -> String {
        format!("PLG-{:06}", self.0)
    }
}

impl RequestId {
    /// What people call the report: `LAP-000045`.
    pub fn number(self) -> String {
        format!("LAP-{:06}", self.0)
    }

    /// Reads `LAP-000045` or `lap-45` as people type them; a bare number is a ticket's.
    pub fn from_number(text: &str) -> Option<Self> {
        let text = text.trim();
        let prefix = text.get(..4)?;
        if !prefix.eq_ignore_ascii_case("LAP-") {
            return None;
        }
        positive(text.get(4..)?).ok().map(Self)
    }
}

fn positive(text: &str) -> Result<i64, NotAnId> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotAnId);
    }
    match text.parse::<i64>() {
        Ok(id) if id > 0 => Ok(id),
        _ => Err(NotAnId),
    }
}
