//! Requests to sales: one of each invoice stands at a time, and each has cards of its own.

use chrono::{DateTime, Utc};
use domain::ids::InvoiceId;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::store::entity::approval::{ActiveModel, Column, Entity, Model};
use crate::store::{Error, Source, Tx};

/// One request for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Counts all requests.
    pub id: i64,
    pub invoice: InvoiceId,
    pub asked_at: DateTime<Utc>,
    /// When those who may decide hear of it once more.
    pub remind_at: DateTime<Utc>,
}

impl From<Model> for Approval {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            invoice: InvoiceId(row.invoice_id),
            asked_at: row.asked_at,
            remind_at: row.remind_at,
        }
    }
}

/// Writes a request down. [`Error::Taken`]: one stands for this invoice.
pub async fn ask(
    tx: &Tx,
    invoice: InvoiceId,
    at: DateTime<Utc>,
    remind_at: DateTime<Utc>,
) -> Result<Approval, Error> {
    let row = ActiveModel {
        id: NotSet,
        invoice_id: Set(invoice.0),
        asked_at: Set(at),
        remind_at: Set(remind_at),
        ended_at: Set(None),
    };
    Ok(row.insert(&tx.inner).await?.into())
}

/// The request that stands for an invoice.
pub async fn of(source: &impl Source, invoice: InvoiceId) -> Result<Option<Approval>, Error> {
    let row = Entity::find()
        .filter(Column::InvoiceId.eq(invoice.0))
        .filter(Column::EndedAt.is_null())
        .one(source.connection())
        .await?;
    Ok(row.map(Into::into))
}

/// Ends the request that stands for an invoice; answers it, if there was one.
pub async fn end(tx: &Tx, invoice: InvoiceId, at: DateTime<Utc>) -> Result<Option<Approval>, Error> {
    let Some(standing) = of(tx, invoice).await? else {
        return Ok(None);
    };
    let done = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(at))
        .filter(Column::Id.eq(standing.id))
        .filter(Column::EndedAt.is_null())
        .exec(&tx.inner)
        .await?;
    Ok((done.rows_affected > 0).then_some(standing))
}

/// The requests of an invoice before this one, made no earlier than `since`; the newest first.
pub async fn before(
    source: &impl Source,
    seen: &Approval,
    since: DateTime<Utc>,
) -> Result<Vec<Approval>, Error> {
    let rows = Entity::find()
        .filter(Column::InvoiceId.eq(seen.invoice.0))
        .filter(Column::Id.lt(seen.id))
        .filter(Column::AskedAt.gte(since))
        .order_by_desc(Column::Id)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Requests that stand, the oldest first, after `after`.
pub async fn standing(source: &impl Source, after: i64, limit: u64) -> Result<Vec<Approval>, Error> {
    let rows = Entity::find()
        .filter(Column::EndedAt.is_null())
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Up to `limit` requests that are to be remembered now, the oldest first.
pub async fn due(source: &impl Source, now: DateTime<Utc>, limit: u64) -> Result<Vec<Approval>, Error> {
    let rows = Entity::find()
        .filter(Column::EndedAt.is_null())
        .filter(Column::RemindAt.lte(now))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Notes when a request is to be remembered next. `false`: someone else has, or it has ended.
pub async fn remind_next(tx: &Tx, seen: &Approval, next: DateTime<Utc>) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::RemindAt, Expr::value(next))
        .filter(Column::Id.eq(seen.id))
        .filter(Column::RemindAt.eq(seen.remind_at))
        .filter(Column::EndedAt.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}
