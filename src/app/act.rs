//! Who does something, from where, when, and under which key.

use chrono::{DateTime, Utc};
use domain::ids::{TicketId, UserId};
use serde::Serialize;
use serde_json::Value;

use crate::app::{App, Error};
pub use crate::store::idempotency::Answer;
use crate::store::{self, Tx, audit, idempotency};

/// Where a deed comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Telegram,
    Whatsapp,
    Panel,
    Api,
    System,
}

impl Channel {
    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Whatsapp => "whatsapp",
            Self::Panel => "panel",
            Self::Api => "api",
            Self::System => "system",
        }
    }
}

/// One deed of one person.
#[derive(Debug, Clone)]
pub struct Act {
    /// `None`: the system itself.
    pub actor: Option<UserId>,
    pub channel: Channel,
    pub at: DateTime<Utc>,
    /// Set when the caller may call again with the same key.
    pub once: Option<Once>,
}

/// The key of a call that may be made again, and how its answer will look.
#[derive(Debug, Clone)]
pub struct Once {
    pub key: String,
    /// Method, path and body, hashed.
    pub fingerprint: String,
    pub status: u16,
    /// Where a created object is found: this, a slash and its id.
    pub location: Option<String>,
    /// The answer shows a secret: that it was given is kept, not what it was.
    pub secret: bool,
}

/// The answer that someone was given under this key, if any.
pub async fn answered(app: &App, user: UserId, key: &str) -> Result<Option<Answer>, Error> {
    Ok(idempotency::find(&app.db, user, key).await?)
}

impl Act {
    /// A deed of a person.
    pub fn of(actor: UserId, channel: Channel, at: DateTime<Utc>) -> Self {
        Self {
            actor: Some(actor),
            channel,
            at,
            once: None,
        }
    }

    /// A deed of the system itself.
    pub fn system(at: DateTime<Utc>) -> Self {
        Self {
            actor: None,
            channel: Channel::System,
            at,
            once: None,
        }
    }

    /// Writes down what was done to a ticket.
    pub(crate) async fn audit_ticket(
        &self,
        tx: &Tx,
        action: &str,
        ticket: TicketId,
        detail: Value,
    ) -> Result<(), Error> {
        self.audit(tx, action, ("ticket", ticket.0), Some(ticket), detail)
            .await
    }

    /// Writes down what was done to anything.
    pub(crate) async fn audit(
        &self,
        tx: &Tx,
        action: &str,
        subject: (&str, i64),
        ticket: Option<TicketId>,
        detail: Value,
    ) -> Result<(), Error> {
        let entry = audit::Entry {
            id: 0,
            at: self.at,
            actor: self.actor,
            channel: self.channel.as_str().to_owned(),
            action: action.to_owned(),
            subject: (subject.0.to_owned(), subject.1),
            ticket,
            detail: (!detail.is_null()).then_some(detail),
        };
        Ok(audit::insert(tx, entry).await?)
    }

    /// The answer to keep, when the call may be made again.
    pub(crate) fn written<T: Serialize>(&self, value: &T) -> Option<idempotency::Answer> {
        let once = self.once.as_ref()?;
        let json = serde_json::to_value(value).unwrap_or(Value::Null);
        let id = json.get("id").and_then(Value::as_str);
        Some(idempotency::Answer {
            fingerprint: once.fingerprint.clone(),
            status: once.status,
            location: once
                .location
                .as_ref()
                .zip(id)
                .map(|(base, id)| format!("{base}/{id}")),
            body: (once.status != 204 && !once.secret)
                .then(|| serde_json::to_string(value).unwrap_or_default()),
        })
    }

    /// Keeps the answer of a call that may be made again, in the transaction that earned it.
    pub(crate) async fn keep(&self, tx: &Tx, answer: Option<idempotency::Answer>) -> Result<(), Error> {
        let (Some(answer), Some(once), Some(actor)) = (answer, &self.once, self.actor) else {
            return Ok(());
        };
        match idempotency::keep(tx, actor, &once.key, answer, self.at).await {
            Err(store::Error::Taken(_)) => Err(Error::Replayed),
            other => Ok(other?),
        }
    }
}
