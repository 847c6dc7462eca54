//! How an invoice came to be what it is: every change, with who, when and why.

use chrono::{DateTime, Utc};
use domain::ids::{InvoiceId, TicketId, UserId};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder, Set};

use crate::store::entity::invoice;
use crate::store::entity::invoice_revision::{ActiveModel, Column, Entity};
use crate::store::{Error, Source, Tx};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub invoice: InvoiceId,
    /// The invoice's version after it.
    pub version: i32,
    pub at: DateTime<Utc>,
    /// `None`: the system itself.
    pub by: Option<UserId>,
    /// What was done, e.g. `revised`.
    pub what: String,
    pub reason: Option<String>,
    /// The sums as they were then, as JSON.
    pub sums: String,
}

/// Keeps a change.
pub async fn revise(tx: &Tx, revision: Revision) -> Result<(), Error> {
    let row = ActiveModel {
        id: NotSet,
        invoice_id: Set(revision.invoice.0),
        version: Set(revision.version),
        at: Set(revision.at),
        user_id: Set(revision.by.map(|id| id.0)),
        what: Set(revision.what),
        reason: Set(revision.reason),
        sums: Set(revision.sums),
    };
    Entity::insert(row).exec_without_returning(&tx.inner).await?;
    Ok(())
}

/// The changes of these invoices, oldest first.
pub async fn revisions(source: &impl Source, invoices: Vec<i64>) -> Result<Vec<Revision>, Error> {
    if invoices.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::InvoiceId.is_in(invoices))
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Revision {
            invoice: InvoiceId(row.invoice_id),
            version: row.version,
            at: row.at,
            by: row.user_id.map(UserId),
            what: row.what,
            reason: row.reason,
            sums: row.sums,
        })
        .collect())
}

/// Whether an invoice of this ticket was ever paid in full, whatever became of that.
pub async fn was_paid(source: &impl Source, ticket: TicketId) -> Result<bool, Error> {
    let mut own = Query::select();
    own.column(invoice::Column::Id)
        .from(invoice::Entity)
        .and_where(invoice::Column::TicketId.eq(ticket.0));
    let found = Entity::find()
        .filter(Column::What.eq("paid"))
        .filter(Column::InvoiceId.in_subquery(own))
        .count(source.connection())
        .await?;
    Ok(found > 0)
}
