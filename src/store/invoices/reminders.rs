//! Reminders of invoices: each day's once, whoever looks.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::InvoiceId;
use domain::invoice::State;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::store::entity::invoice;
use crate::store::entity::invoice_reminder::{ActiveModel, Column, Entity};
use crate::store::invoices::Invoice;
use crate::store::{Error, Source, Tx};

/// Invoices that their customers have and that are due in these days, both counted, the oldest first.
pub async fn due_between(
    source: &impl Source,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Invoice>, Error> {
    let rows = invoice::Entity::find()
        .filter(invoice::Column::State.eq(State::Sent.as_str()))
        .filter(invoice::Column::DueDate.between(from, to))
        .order_by_asc(invoice::Column::Id)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Notes that the reminder of so many days after the due date is given. `false`: it was before.
pub async fn remind(tx: &Tx, id: InvoiceId, day: i32, at: DateTime<Utc>) -> Result<bool, Error> {
    let row = ActiveModel {
        invoice_id: Set(id.0),
        day: Set(day),
        at: Set(at),
    };
    let once = OnConflict::columns([Column::InvoiceId, Column::Day])
        .do_nothing()
        .to_owned();
    let done = Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(done > 0)
}

/// Which reminders of these invoices were given.
pub async fn reminded(source: &impl Source, invoices: Vec<i64>) -> Result<Vec<(InvoiceId, i32)>, Error> {
    if invoices.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::InvoiceId.is_in(invoices))
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (InvoiceId(row.invoice_id), row.day))
        .collect())
}
