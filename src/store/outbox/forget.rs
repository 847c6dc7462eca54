//! What messages said is forgotten: they hold names, addresses and phones.

use chrono::{DateTime, Utc};
use domain::ids::CustomerId;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::store::entity::outbox::{Column, Entity};
use crate::store::entity::ticket;
use crate::store::{Error, Source, Tx};

/// What is kept in place of the words.
pub(crate) const FORGOTTEN: &str = "{}";
/// Nothing more is done with messages in these states but to look at them.
const SETTLED: [&str; 5] = ["sent", "delivered", "read", "failed", "dropped"];

/// Up to `limit` messages that were settled before then, and still say what they said.
pub async fn spent(source: &impl Source, before: DateTime<Utc>, limit: u64) -> Result<Vec<i64>, Error> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.is_in(SETTLED))
        // As the index says it.
        .filter(Expr::cust("payload <> '{}'"))
        .filter(Column::UpdatedAt.lt(before))
        .order_by_asc(Column::UpdatedAt)
        .limit(limit)
        .into_tuple()
        .all(source.connection())
        .await?)
}

/// Forgets what these messages said.
pub async fn forget(tx: &Tx, ids: Vec<i64>) -> Result<u64, Error> {
    let done = Entity::update_many()
        .col_expr(Column::Payload, Expr::value(FORGOTTEN))
        .filter(Column::Id.is_in(ids))
        .filter(Column::State.is_in(SETTLED))
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected)
}

/// Forgets what a chat was told, and what it was to be told. What a worker has in hand at this moment may go still.
pub async fn forget_chat(
    tx: &Tx,
    (channel, recipient): (&str, &str),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let of_chat = || {
        Entity::update_many()
            .filter(Column::Channel.eq(channel))
            .filter(Column::Recipient.eq(recipient))
    };
    of_chat()
        .col_expr(Column::State, Expr::value("dropped"))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::State.eq("queued"))
        .filter(
            Expr::col(Column::LeasedUntil)
                .is_null()
                .or(Expr::col(Column::LeasedUntil).lte(at)),
        )
        .exec(&tx.inner)
        .await?;
    of_chat()
        .col_expr(Column::Payload, Expr::value(FORGOTTEN))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Forgets what messages of these kinds said, outside of any ticket, of which `is` says so. What is still to be sent
/// goes first, and is forgotten later.
pub async fn forget_notices(tx: &Tx, kinds: &[&str], is: impl Fn(&str) -> bool) -> Result<u64, Error> {
    let said: Vec<(i64, String)> = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Payload)
        .filter(Column::TicketId.is_null())
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .filter(Column::Payload.ne(FORGOTTEN))
        .into_tuple()
        .all(&tx.inner)
        .await?;
    let theirs = said.into_iter().filter(|(_, payload)| is(payload));
    forget(tx, theirs.map(|(id, _)| id).collect()).await
}

/// Forgets what was said of a customer's tickets. What is still to be sent goes first, and is forgotten later.
pub async fn forget_customer(tx: &Tx, customer: CustomerId) -> Result<u64, Error> {
    let mut tickets = Query::select();
    tickets
        .column(ticket::Column::Id)
        .from(ticket::Entity)
        .and_where(ticket::Column::CustomerId.eq(customer.0));
    let done = Entity::update_many()
        .col_expr(Column::Payload, Expr::value(FORGOTTEN))
        .filter(Column::TicketId.in_subquery(tickets))
        .filter(Column::State.is_in(SETTLED))
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected)
}
