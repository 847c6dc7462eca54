//! The papers made of an invoice: once in each language, from then on the same bytes.

use chrono::{DateTime, Utc};
use domain::ids::InvoiceId;
use domain::invoice::State;
use domain::person::Locale;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::store::entity::invoice;
use crate::store::entity::invoice_paper::{ActiveModel, Column, Entity};
use crate::store::{Error, Source, Tx};

/// The hash of an invoice's paper in a language.
pub async fn paper(source: &impl Source, id: InvoiceId, locale: Locale) -> Result<Option<String>, Error> {
    let row = Entity::find_by_id((id.0, locale.as_str().to_owned()))
        .one(source.connection())
        .await?;
    Ok(row.map(|row| row.sha256))
}

/// Keeps the hash of an invoice's paper; `false`: somebody was faster, and his stands.
pub async fn keep_paper(
    tx: &Tx,
    id: InvoiceId,
    locale: Locale,
    sha256: &str,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let row = ActiveModel {
        invoice_id: Set(id.0),
        locale: Set(locale.as_str().to_owned()),
        sha256: Set(sha256.to_owned()),
        created_at: Set(at),
    };
    let once = OnConflict::columns([Column::InvoiceId, Column::Locale])
        .do_nothing()
        .to_owned();
    let done = Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(done > 0)
}

/// Whether an invoice's paper stands for these bytes.
pub async fn is_paper(source: &impl Source, sha256: &str) -> Result<bool, Error> {
    let found = Entity::find()
        .filter(Column::Sha256.eq(sha256))
        .count(source.connection())
        .await?;
    Ok(found > 0)
}

/// Approved invoices without a paper in this language, the oldest first, after `after`.
pub async fn without_paper(
    source: &impl Source,
    locale: Locale,
    after: i64,
    limit: u64,
) -> Result<Vec<InvoiceId>, Error> {
    let mut made = Query::select();
    made.column(Column::InvoiceId)
        .from(Entity)
        .and_where(Column::Locale.eq(locale.as_str()));
    let open = [State::Approved, State::Sent, State::Paid].map(State::as_str);
    let rows: Vec<i64> = invoice::Entity::find()
        .select_only()
        .column(invoice::Column::Id)
        .filter(invoice::Column::State.is_in(open))
        .filter(invoice::Column::Id.gt(after))
        .filter(invoice::Column::Id.not_in_subquery(made))
        .order_by_asc(invoice::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(InvoiceId).collect())
}
