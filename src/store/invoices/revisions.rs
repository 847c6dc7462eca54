//! How an invoice came to be what it is: every change, with who, when and why.

use chrono::{DateTime, Utc};
use domain::ids::{InvoiceId, UserId};
use sea_orm::{ColumnTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, Set};

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
