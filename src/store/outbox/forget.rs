//! What messages said is forgotten: they hold names, addresses and phones.

use chrono::{DateTime, Utc};
use domain::ids::CustomerId;
use sea_orm::sea_query::{Expr, Query};
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
        .filter(Column::Payload.ne(FORGOTTEN))
        .filter(Column::UpdatedAt.lt(before))
        .order_by_asc(Column::Id)
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
