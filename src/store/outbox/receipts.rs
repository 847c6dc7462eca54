//! How far messages came, as the service tells it afterwards, in whatever order.

use chrono::{DateTime, Utc};
use domain::ids::{DeliveryId, TicketId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement,
};

use crate::store::entity::outbox::{Column, Entity, Model};
use crate::store::outbox::Lane;
use crate::store::{Error, Source, Tx, inbox};

/// A message of which there is news, held until the transaction ends.
#[derive(Debug, Clone)]
pub struct Posted {
    pub id: DeliveryId,
    pub recipient: String,
    pub ticket: Option<TicketId>,
    pub state: String,
    pub payload: String,
    pub attempts: i32,
    /// The service's own id of it, once it is known.
    pub external_id: Option<String>,
    /// Only approved words may go.
    pub standby_only: bool,
    pub created_at: DateTime<Utc>,
    /// When it last left.
    pub departed_at: Option<DateTime<Utc>>,
}

/// A message by our own id.
pub async fn posted(tx: &Tx, channel: &str, id: DeliveryId) -> Result<Option<Posted>, Error> {
    let row = Entity::find_by_id(id.0)
        .filter(Column::Channel.eq(channel))
        .lock_exclusive()
        .one(&tx.inner)
        .await?;
    Ok(row.map(Into::into))
}

/// Whether a message that was sent under this name is known to have failed. Its row is held, so that whoever tells
/// so at this moment comes before or after.
pub async fn has_failed(tx: &Tx, (channel, id): (&str, DeliveryId), name: &str) -> Result<bool, Error> {
    posted(tx, channel, id).await?;
    inbox::is_handled(tx, channel, &format!("{name}:failed")).await
}

/// A message by the service's id.
pub async fn posted_as(tx: &Tx, channel: &str, external_id: &str) -> Result<Option<Posted>, Error> {
    let row = Entity::find()
        .filter(Column::Channel.eq(channel))
        .filter(Column::ExternalId.eq(external_id))
        .order_by_desc(Column::Id)
        .limit(1)
        .lock_exclusive()
        .one(&tx.inner)
        .await?;
    Ok(row.map(Into::into))
}

/// A message came so far, under this id of the service's. Whoever had it in hand has it no more.
pub async fn reached(
    tx: &Tx,
    id: DeliveryId,
    (state, external_id): (&str, &str),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::ExternalId, Expr::value(external_id))
        .col_expr(Column::Error, Expr::value(None::<String>))
        .col_expr(Column::Fault, Expr::value(None::<String>))
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::Id.eq(id.0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// What the service says that a message costs.
pub async fn priced(tx: &Tx, id: DeliveryId, price: String) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Price, Expr::value(price))
        .filter(Column::Id.eq(id.0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// A message did not get through; with the reason's code, and in the service's words.
pub async fn failed(
    tx: &Tx,
    id: DeliveryId,
    (fault, error): (&str, String),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value("failed"))
        .col_expr(Column::Fault, Expr::value(fault))
        .col_expr(Column::Error, Expr::value(error))
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::Id.eq(id.0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// A message that did not get through is sent once more at `run_at`; `standby_only`: only in approved words.
pub async fn once_more(
    tx: &Tx,
    id: DeliveryId,
    run_at: DateTime<Utc>,
    (error, standby_only): (String, bool),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value("queued"))
        .col_expr(Column::ExternalId, Expr::value(None::<String>))
        .col_expr(Column::DepartedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::RunAt, Expr::value(run_at))
        .col_expr(Column::Error, Expr::value(error))
        .col_expr(Column::StandbyOnly, Expr::value(standby_only))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::Id.eq(id.0))
        .exec(&tx.inner)
        .await?;
    tx.note_outbox();
    Ok(())
}

/// How many messages of this lane left for a chat since then.
pub async fn departed_since(
    source: &impl Source,
    (channel, recipient, lane): (&str, &str, Lane),
    since: DateTime<Utc>,
) -> Result<u64, Error> {
    Ok(Entity::find()
        .filter(Column::Channel.eq(channel))
        .filter(Column::Recipient.eq(recipient))
        .filter(Column::Lane.eq(lane.number()))
        .filter(Column::DepartedAt.gt(since))
        .count(source.connection())
        .await?)
}

/// Keeps news of a message that is not known by that name yet.
pub async fn park(
    tx: &Tx,
    (channel, message): (&str, &str),
    payload: String,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let statement = Statement::from_sql_and_values(
        tx.inner.get_database_backend(),
        "INSERT INTO receipts (channel, message, payload, received_at) VALUES ($1, $2, $3, $4)",
        [channel.into(), message.into(), payload.into(), at.into()],
    );
    tx.inner.execute_raw(statement).await?;
    Ok(())
}

/// Takes out the news of a message that came before it was known by that name, in the order in which it came.
pub async fn parked(tx: &Tx, channel: &str, message: &str) -> Result<Vec<String>, Error> {
    let backend = tx.inner.get_database_backend();
    let values = || [channel.into(), message.into()];
    let read = "SELECT payload FROM receipts WHERE channel = $1 AND message = $2 ORDER BY id";
    let read = Statement::from_sql_and_values(backend, read, values());
    let rows = tx.inner.query_all_raw(read).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let erase = "DELETE FROM receipts WHERE channel = $1 AND message = $2";
    let erase = Statement::from_sql_and_values(backend, erase, values());
    tx.inner.execute_raw(erase).await?;
    rows.iter().map(|row| Ok(row.try_get("", "payload")?)).collect()
}

/// Forgets news of messages that nobody knew until then.
pub async fn forget_parked(source: &impl Source, before: DateTime<Utc>) -> Result<u64, Error> {
    let connection = source.connection();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "DELETE FROM receipts WHERE received_at < $1",
        [before.into()],
    );
    Ok(connection.execute_raw(statement).await?.rows_affected())
}

impl From<Model> for Posted {
    fn from(row: Model) -> Self {
        Self {
            id: DeliveryId(row.id),
            recipient: row.recipient,
            ticket: row.ticket_id.map(TicketId),
            state: row.state,
            payload: row.payload,
            attempts: row.attempts,
            external_id: row.external_id,
            standby_only: row.standby_only,
            created_at: row.created_at,
            departed_at: row.departed_at,
        }
    }
}
