//! Messages that nobody waits for: held until a time, dropped when a newer one says more.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{DeliveryId, TicketId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::store::entity::outbox::{Column, Entity, Model};
use crate::store::outbox::Delivery;
use crate::store::{Error, Source, Tx};

/// What may have arrived: also what left and was not told of yet.
const UNDERWAY: [&str; 4] = ["queued", "sent", "delivered", "read"];

/// More of them are no answer any more.
const MOST_UNREAD: u64 = 10;

/// Drops what a chat was to be told and has not been: of that ticket, or of any; of these kinds. Answers how many.
pub async fn drop_unsent(
    tx: &Tx,
    (channel, recipient): (&str, &str),
    ticket: Option<TicketId>,
    kinds: &[&str],
    at: DateTime<Utc>,
) -> Result<u64, Error> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value("dropped"))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::Channel.eq(channel))
        .filter(Column::Recipient.eq(recipient))
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .filter(Column::State.eq("queued"))
        // What a worker has in hand may have gone already.
        .filter(
            Expr::col(Column::LeasedUntil)
                .is_null()
                .or(Expr::col(Column::LeasedUntil).lte(at)),
        );
    if let Some(ticket) = ticket {
        update = update.filter(Column::TicketId.eq(ticket.0));
    }
    Ok(update.exec(&tx.inner).await?.rows_affected)
}

/// When a message of these kinds last left for a chat with word of this ticket; what did not arrive does not count.
pub async fn left_last(
    source: &impl Source,
    (channel, recipient): (&str, &str),
    ticket: TicketId,
    kinds: &[&str],
) -> Result<Option<DateTime<Utc>>, Error> {
    let find = Entity::find()
        .select_only()
        .column(Column::DepartedAt)
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::Channel.eq(channel))
        .filter(Column::Recipient.eq(recipient))
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .filter(Column::DepartedAt.is_not_null())
        .filter(Column::State.is_in(UNDERWAY))
        .order_by_desc(Column::DepartedAt)
        .limit(1);
    Ok(find
        .into_tuple::<DateTime<Utc>>()
        .one(source.connection())
        .await?)
}

/// Whether a newer message says what this one says: both of these kinds, to the same chat, of the same ticket.
pub async fn is_overtaken(source: &impl Source, id: DeliveryId, kinds: &[&str]) -> Result<bool, Error> {
    let row = Entity::find_by_id(id.0)
        .filter(overtaken(kinds))
        .one(source.connection())
        .await?;
    Ok(row.is_some())
}

/// The condition under which a message has been overtaken.
pub(crate) fn overtaken(kinds: &[&str]) -> Expr {
    let list = listed(kinds);
    Expr::cust(format!(
        "outbox.kind IN ({list}) AND EXISTS (SELECT 1 FROM outbox n WHERE n.channel = outbox.channel \
         AND n.recipient = outbox.recipient AND n.ticket_id = outbox.ticket_id AND n.kind IN ({list}) \
         AND n.id > outbox.id AND n.state NOT IN ('dropped', 'failed'))"
    ))
}

/// Kinds as SQL lists them: words of our own, with nothing to escape.
pub(crate) fn listed(kinds: &[&str]) -> String {
    let quoted: Vec<String> = kinds.iter().map(|kind| format!("'{kind}'")).collect();
    quoted.join(", ")
}

/// The newest messages of these chats with what they say as JSON, newest first.
pub async fn of_chats(
    source: &impl Source,
    channel: &str,
    recipients: &[String],
    limit: u64,
) -> Result<Vec<(Delivery, String)>, Error> {
    let rows = Entity::find()
        .filter(Column::Channel.eq(channel))
        .filter(Column::Recipient.is_in(recipients.iter().map(String::as_str)))
        .filter(Column::State.ne("dropped"))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?;
    let pair = |row: Model| {
        let payload = row.payload.clone();
        (row.into(), payload)
    };
    Ok(rows.into_iter().map(pair).collect())
}

/// What of this kind left for a chat in approved words alone since the person wrote at `last`, as JSON, oldest first.
/// Free words are taken for as long as `window` after that.
pub async fn knocked(
    source: &impl Source,
    (channel, recipient): (&str, &str),
    (kind, last, window): (&str, Option<DateTime<Utc>>, TimeDelta),
) -> Result<Vec<String>, Error> {
    let mut find = Entity::find()
        .select_only()
        .column(Column::Payload)
        .filter(Column::Channel.eq(channel))
        .filter(Column::Recipient.eq(recipient))
        .filter(Column::Kind.eq(kind))
        .filter(Column::State.is_in(UNDERWAY))
        .filter(Column::DepartedAt.is_not_null());
    if let Some(last) = last {
        let closed = Column::DepartedAt.gte(last + window);
        let refused = Column::DepartedAt.gt(last).and(Column::StandbyOnly.eq(true));
        find = find.filter(closed.or(refused));
    }
    let find = find.order_by_asc(Column::Id).limit(MOST_UNREAD);
    Ok(find.into_tuple::<String>().all(source.connection()).await?)
}

/// What left for a chat last, by then where that is given, as JSON, and when. What came of it afterwards moves nothing.
pub async fn said_last(
    source: &impl Source,
    (channel, recipient): (&str, &str),
    by: Option<DateTime<Utc>>,
) -> Result<Option<(String, DateTime<Utc>)>, Error> {
    let mut find = Entity::find()
        .filter(Column::Channel.eq(channel))
        .filter(Column::Recipient.eq(recipient))
        .filter(Column::DepartedAt.is_not_null())
        .filter(Column::State.is_in(UNDERWAY));
    if let Some(by) = by {
        find = find.filter(Column::DepartedAt.lte(by));
    }
    let row = find
        .order_by_desc(Column::DepartedAt)
        .order_by_desc(Column::Id)
        .limit(1)
        .one(source.connection())
        .await?;
    Ok(row.and_then(|row| Some((row.payload, row.departed_at?))))
}

/// What a message to a chat says, as JSON, by the service's id of it.
pub async fn said_as(
    source: &impl Source,
    (channel, recipient): (&str, &str),
    external_id: &str,
) -> Result<Option<String>, Error> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Payload)
        .filter(Column::Channel.eq(channel))
        .filter(Column::ExternalId.eq(external_id))
        .filter(Column::Recipient.eq(recipient))
        .order_by_desc(Column::Id)
        .limit(1)
        .into_tuple::<String>()
        .one(source.connection())
        .await?)
}
