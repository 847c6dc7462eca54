//! Messages out, as admins see them, and tried again.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::ids::DeliveryId;
use domain::invoice::State;
use domain::phone::Phone;
use domain::ticket::Status;
use futures::FutureExt;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::app::act::Act;
use crate::app::page::{Cut, Page};
use crate::app::{App, Error, Refusal, approvals, contacts, notices};
use crate::store::contacts::Kind;
pub use crate::store::outbox::Filter;
use crate::store::outbox::{self, Delivery};
use crate::store::{self, Source, Tx};

/// A message and how far it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Delivery)]
pub struct View {
    pub id: String,
    /// `telegram` or `whatsapp`.
    pub channel: String,
    /// Masked.
    pub recipient: String,
    #[schema(required)]
    pub about: Option<About>,
    /// What it is, e.g. `job_card`.
    pub kind: String,
    /// `queued`, `sent`, `delivered`, `read` or `failed`.
    pub state: String,
    pub attempts: i32,
    /// Why it failed or waits, in words where there are any.
    #[schema(required)]
    pub error: Option<String>,
    /// Why it failed, by a stable code.
    #[schema(required)]
    pub fault: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What a message is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct About {
    pub ticket_id: String,
}

impl From<Delivery> for View {
    fn from(row: Delivery) -> Self {
        Self {
            id: row.id.to_string(),
            channel: row.channel,
            recipient: masked(&row.recipient),
            about: row.ticket.map(|ticket| About {
                ticket_id: ticket.to_string(),
            }),
            kind: row.kind,
            state: row.state,
            attempts: row.attempts,
            error: row.error,
            fault: row.fault,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// A page of messages, newest first.
pub async fn list(app: &App, filter: &Filter, cut: Cut) -> Result<Page<View>, Error> {
    let rows = outbox::list(&app.db, filter, cut.cursor, cut.fetch()).await?;
    let phones = phones(&app.db, &rows).await?;
    Ok(cut.page(rows, |row| row.id.0, |row| view(row, &phones)))
}

/// How many messages failed that somebody may send again.
pub async fn failures(app: &App) -> Result<u64, Error> {
    Ok(outbox::failures(&app.db).await?)
}

/// One message.
pub(crate) async fn one(source: &impl Source, id: DeliveryId) -> Result<View, Error> {
    let row = outbox::by_id(source, id).await?.ok_or(Error::Missing)?;
    let phones = phones(source, std::slice::from_ref(&row)).await?;
    Ok(view(row, &phones))
}

/// Whom customers' chats are with, by what the outbox calls a chat: masked.
async fn phones(source: &impl Source, rows: &[Delivery]) -> Result<HashMap<String, String>, Error> {
    let chats = rows.iter().filter(|row| row.channel == contacts::CHANNEL);
    let ids = chats.filter_map(|row| row.recipient.parse().ok()).collect();
    let names = store::contacts::of_contacts(source, ids).await?;
    let mut all: Vec<(Kind, String, String)> = names
        .into_iter()
        .filter_map(|alias| {
            let shown = match alias.kind {
                Kind::Phone => Phone::vouched(&alias.value).ok()?.masked(),
                Kind::User | Kind::Parent => masked(&alias.value),
            };
            Some((alias.kind, alias.contact.to_string(), shown))
        })
        .collect();
    // The phone where there is one: of several names the last counts.
    all.sort_by_key(|(kind, _, _)| *kind == Kind::Phone);
    Ok(all.into_iter().map(|(_, chat, shown)| (chat, shown)).collect())
}

fn view(row: Delivery, phones: &HashMap<String, String>) -> View {
    let phone = phones
        .get(&row.recipient)
        .filter(|_| row.channel == contacts::CHANNEL);
    let phone = phone.cloned();
    let view = View::from(row);
    View {
        recipient: phone.unwrap_or(view.recipient),
        ..view
    }
}

/// Queues a failed message again.
pub async fn retry(app: &App, act: &Act, id: DeliveryId) -> Result<View, Error> {
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            let found = outbox::by_id(tx, id).await?.ok_or(Error::Missing)?;
            if found.channel == contacts::CHANNEL {
                // Whoever sends again has mended what stopped the channel, or wants to know whether he has.
                store::channels::try_now(tx, contacts::CHANNEL).await?;
            }
            if !still_holds(tx, &found).await? || !outbox::retry(tx, id, by.at).await? {
                return Err(Refusal::NotNow.into());
            }
            by.audit(
                tx,
                "delivery_retried",
                ("delivery", id.0),
                found.ticket,
                Value::Null,
            )
            .await?;
            one(tx, id).await
        }
        .boxed()
    })
    .await
}

/// Whether what a failed message says is still so: an offer of a job that is taken, or the address of a job
/// that went to someone else, is not sent again.
async fn still_holds(tx: &Tx, message: &Delivery) -> Result<bool, Error> {
    let Some(id) = message.ticket else { return Ok(true) };
    let Some(ticket) = store::tickets::by_id(tx, id).await? else {
        return Ok(false);
    };
    Ok(match message.kind.as_str() {
        "offer" | "offer_changed" => {
            ticket.status == Status::Open && outbox::card_epoch(tx, message.id).await? == Some(ticket.epoch)
        }
        kind if STANDING.contains(&kind) => {
            let is_over = is_overtaken(tx, message.id).await?;
            let is_assigned = ticket.technician.is_some() || kind != "customer_technician_assigned";
            !is_over && is_assigned
        }
        "price_asked" => {
            let epoch = outbox::card_epoch(tx, message.id).await?;
            approvals::standing_epoch(tx, id).await? == epoch && epoch.is_some()
        }
        "job_card" => ticket.technician.is_some() && ticket.technician == message.user,
        "bill_issued" | "bill_reminder" => is_of_bill(tx, message, State::Sent).await?,
        "bill_settled" => is_of_bill(tx, message, State::Paid).await?,
        _ => true,
    })
}

/// Whether a message leads to its ticket's invoice by the link that it has now, and that invoice stands so.
async fn is_of_bill(tx: &Tx, message: &Delivery, state: State) -> Result<bool, Error> {
    let Some(ticket) = message.ticket else {
        return Ok(false);
    };
    let Some(invoice) = store::invoices::live_of(tx, ticket).await? else {
        return Ok(false);
    };
    let page = outbox::page_of(tx, message.id).await?;
    Ok(invoice.state == state && page.is_some() && page == invoice.token)
}

/// What tells how a ticket stands: of these only the newest goes to a chat.
pub const STANDING: [&str; 6] = notices::customer::STANDING;

/// Whether there is newer word of the ticket than this message, in the same chat.
pub async fn is_overtaken(source: &impl Source, id: DeliveryId) -> Result<bool, Error> {
    Ok(outbox::is_overtaken(source, id, &STANDING).await?)
}

/// The last three characters of an address.
fn masked(recipient: &str) -> String {
    let tail: Vec<char> = recipient.chars().rev().take(3).collect();
    format!("•••{}", tail.into_iter().rev().collect::<String>())
}
