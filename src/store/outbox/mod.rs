//! Messages on their way out: queued with the change that caused them, sent by whoever leases them.

mod cards;
mod forget;
mod lease;
mod pool;
mod push;
mod receipts;

use chrono::{DateTime, Utc};
use domain::ids::{DeliveryId, TicketId, UserId};
use domain::person::Locale;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, Set};

use crate::store::entity::outbox::{ActiveModel, Column, Entity, Model};
pub use crate::store::outbox::cards::{
    CardKey, Holder, Shown, card_at, card_message, forget_card, holders, pass_on,
};
pub use crate::store::outbox::forget::{forget, forget_chat, forget_customer, forget_notices, spent};
pub use crate::store::outbox::lease::{
    Leased, Settled, behind, depart, extend, lease, next_due, release_all, settle,
};
pub use crate::store::outbox::pool::{Offers, drop_unsent_offers, offer_to_pool, retire_offers};
pub use crate::store::outbox::push::{
    drop_unsent, is_overtaken, knocked, left_last, of_chats, said_as, said_last,
};
pub use crate::store::outbox::receipts::{
    Posted, departed_since, failed, forget_parked, has_failed, once_more, park, parked, posted, posted_as,
    priced, reached,
};
use crate::store::page::newest;
use crate::store::{Error, Source, Tx};

/// How soon a message should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// A person waits for it.
    Reply,
    /// Broadcasts, and edits of what everyone has.
    Broadcast,
}

impl Lane {
    /// Both, the urgent one first.
    pub const ALL: [Self; 2] = [Self::Reply, Self::Broadcast];

    pub(crate) const fn number(self) -> i16 {
        match self {
            Self::Reply => 0,
            Self::Broadcast => 1,
        }
    }
}

/// A message to queue.
#[derive(Debug, Clone)]
pub struct Message {
    /// `telegram` or `whatsapp`.
    pub channel: &'static str,
    pub lane: Lane,
    /// The chat, as the channel names it.
    pub recipient: String,
    pub user: Option<UserId>,
    pub ticket: Option<TicketId>,
    /// What it is, e.g. `job_card`.
    pub kind: String,
    pub locale: Locale,
    /// What to say, as JSON.
    pub payload: String,
    /// The live card that it is, if it is one.
    pub card: Option<Shown>,
}

/// A message as people see it.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub id: DeliveryId,
    pub channel: String,
    pub recipient: String,
    pub user: Option<UserId>,
    pub ticket: Option<TicketId>,
    pub kind: String,
    /// `queued`, `sent`, `delivered`, `read` or `failed`.
    pub state: String,
    pub attempts: i32,
    pub error: Option<String>,
    /// Why it failed, by a stable code.
    pub fault: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Which messages to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub state: Option<String>,
    pub ticket: Option<TicketId>,
}

/// As the index says it: what is bound to a statement later does not find it on every database.
const FAILED: &str = "state = 'failed'";

/// Queues a message in this transaction; whoever sends hears of it after the commit.
pub async fn enqueue(tx: &Tx, message: Message, at: DateTime<Utc>) -> Result<(), Error> {
    enqueue_for(tx, message, at, at).await.map(drop)
}

/// The same, to be sent no earlier than `run_at`; answers which message it is.
pub async fn enqueue_for(
    tx: &Tx,
    message: Message,
    at: DateTime<Utc>,
    run_at: DateTime<Utc>,
) -> Result<DeliveryId, Error> {
    if let Some(card) = message.card {
        let key = card.at(message.channel, &message.recipient);
        cards::ensure(tx, key, message.user, message.locale).await?;
    }
    let row = ActiveModel {
        id: NotSet,
        channel: Set(message.channel.to_owned()),
        lane: Set(message.lane.number()),
        recipient: Set(message.recipient),
        user_id: Set(message.user.map(|u| u.0)),
        ticket_id: Set(message.ticket.map(|t| t.0)),
        kind: Set(message.kind),
        locale: Set(message.locale.as_str().to_owned()),
        payload: Set(message.payload),
        state: Set("queued".to_owned()),
        attempts: Set(0),
        run_at: Set(run_at),
        leased_until: Set(None),
        error: Set(None),
        external_id: Set(None),
        departed_at: Set(None),
        fault: Set(None),
        price: Set(None),
        standby_only: Set(false),
        created_at: Set(at),
        updated_at: Set(at),
    };
    let queued = Entity::insert(row).exec(&tx.inner).await?;
    tx.note_outbox();
    Ok(DeliveryId(queued.last_insert_id))
}

/// A page of messages, newest first, before `before` when that is given. What was overtaken by a later
/// message before it was sent is left out.
pub async fn list(
    source: &impl Source,
    filter: &Filter,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Delivery>, Error> {
    let mut find = Entity::find().filter(Column::State.ne("dropped"));
    match filter.state.as_deref() {
        Some("failed") => find = find.filter(Expr::cust(FAILED)),
        Some(state) => find = find.filter(Column::State.eq(state)),
        None => {}
    }
    if let Some(ticket) = filter.ticket {
        find = find.filter(Column::TicketId.eq(ticket.0));
    }
    let rows = newest(source, find, Column::Id, before, limit).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// One message.
pub async fn by_id(source: &impl Source, id: DeliveryId) -> Result<Option<Delivery>, Error> {
    let row = Entity::find_by_id(id.0)
        .filter(Column::State.ne("dropped"))
        .one(source.connection())
        .await?;
    Ok(row.map(Into::into))
}

/// The epoch of the card that a message is, if it is one.
pub async fn card_epoch(source: &impl Source, id: DeliveryId) -> Result<Option<i32>, Error> {
    let payload = payload(source, id).await?;
    let hint = payload.as_ref().and_then(|say| say.get("hint"));
    let card = hint.and_then(|hint| hint.get("card").or_else(|| hint.get("retire_card")));
    let epoch = card
        .and_then(|card| card.get("epoch"))
        .and_then(serde_json::Value::as_i64);
    Ok(epoch.and_then(|epoch| i32::try_from(epoch).ok()))
}

/// What the address of the page ends with that a message's approved words lead to.
pub async fn page_of(source: &impl Source, id: DeliveryId) -> Result<Option<String>, Error> {
    let payload = payload(source, id).await?;
    let standby = payload.as_ref().and_then(|say| say.get("standby"));
    let page = standby.and_then(|standby| standby.get("page"));
    Ok(page.and_then(serde_json::Value::as_str).map(str::to_owned))
}

async fn payload(source: &impl Source, id: DeliveryId) -> Result<Option<serde_json::Value>, Error> {
    let row = Entity::find_by_id(id.0).one(source.connection()).await?;
    Ok(row.and_then(|row| serde_json::from_str(&row.payload).ok()))
}

/// Queues a failed message again. `false`: it has not failed, or nobody knows any more what it said.
pub async fn retry(tx: &Tx, id: DeliveryId, at: DateTime<Utc>) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value("queued"))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::Fault, Expr::value(None::<String>))
        .col_expr(Column::ExternalId, Expr::value(None::<String>))
        .col_expr(Column::DepartedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::RunAt, Expr::value(at))
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq("failed"))
        .filter(Column::Payload.ne(forget::FORGOTTEN))
        .exec(&tx.inner)
        .await?;
    tx.note_outbox();
    Ok(done.rows_affected > 0)
}

/// All messages to one chat are messages to another: both are the same person's.
pub async fn readdress(tx: &Tx, channel: &str, from: &str, to: &str) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Recipient, Expr::value(to))
        .filter(Column::Channel.eq(channel))
        .filter(Column::Recipient.eq(from))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// How many messages failed that may still be sent again.
pub async fn failures(source: &impl Source) -> Result<u64, Error> {
    Ok(Entity::find()
        .filter(Expr::cust(FAILED))
        .filter(Column::Payload.ne(forget::FORGOTTEN))
        .count(source.connection())
        .await?)
}

/// How many messages wait.
pub async fn depth(source: &impl Source) -> Result<u64, Error> {
    Ok(Entity::find()
        .filter(Column::State.eq("queued"))
        .count(source.connection())
        .await?)
}

impl From<Model> for Delivery {
    fn from(row: Model) -> Self {
        Self {
            id: DeliveryId(row.id),
            channel: row.channel,
            recipient: row.recipient,
            user: row.user_id.map(UserId),
            ticket: row.ticket_id.map(TicketId),
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
