//! What is past its time, and what still needs bytes.

use chrono::{DateTime, Utc};
use domain::document::{Kind, State};
use domain::ids::{CustomerId, DocumentId};
use domain::letter::Consignment;
use domain::ticket::Status;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::store::documents::Document;
use crate::store::entity::{document, invoice, ticket};
use crate::store::{self, Error, Source, Tx};

/// What is a photo of people and places; letters and proofs of payment are papers of the company.
const PHOTOS: [Kind; 4] = [Kind::Evidence, Kind::Bast, Kind::CheckIn, Kind::Report];

/// Photos from before that moment whose tickets are over, and files that nobody said the purpose of; the oldest
/// first.
pub async fn photos_before(
    source: &impl Source,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Document>, Error> {
    let over = [Status::Closed, Status::Cancelled].map(Status::as_str);
    let mut tickets = Query::select();
    tickets
        .column(ticket::Column::Id)
        .from(ticket::Entity)
        .and_where(ticket::Column::Status.is_in(over));
    let rows = document::Entity::find()
        .filter(document::Column::State.eq(State::Ready.as_str()))
        .filter(document::Column::CreatedAt.lt(before))
        .filter(
            Condition::any().add(document::Column::TicketId.is_null()).add(
                Condition::all()
                    .add(document::Column::Kind.is_in(PHOTOS.map(Kind::as_str)))
                    .add(document::Column::TicketId.in_subquery(tickets)),
            ),
        )
        .order_by_asc(document::Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Notes that a file's bytes are gone. `false`: they were not there.
pub async fn erased(tx: &Tx, id: DocumentId) -> Result<bool, Error> {
    let done = document::Entity::update_many()
        .col_expr(document::Column::State, Expr::value(State::Erased.as_str()))
        .col_expr(document::Column::ExternalId, Expr::value(None::<String>))
        .col_expr(document::Column::Source, Expr::value(None::<String>))
        .filter(document::Column::Id.eq(id.0))
        .filter(document::Column::State.eq(State::Ready.as_str()))
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Takes a file back that is there or on its way; answers it as it was. `None`: there is nothing to take back.
pub async fn take_back(tx: &Tx, id: DocumentId) -> Result<Option<Document>, Error> {
    let row = document::Entity::find_by_id(id.0)
        .filter(document::Column::State.is_in([State::Ready.as_str(), State::Waiting.as_str()]))
        .lock_exclusive()
        .one(&tx.inner)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut update = document::Entity::update_many()
        .col_expr(document::Column::State, Expr::value(State::Erased.as_str()))
        .col_expr(document::Column::ExternalId, Expr::value(None::<String>))
        .col_expr(document::Column::Source, Expr::value(None::<String>))
        // Whoever sent it may have called it by a name.
        .col_expr(document::Column::Filename, Expr::value("-"));
    if row.consignment.is_some() {
        update = update.col_expr(document::Column::Consignment, Expr::value(nothing()));
    }
    update
        .filter(document::Column::Id.eq(id.0))
        .exec(&tx.inner)
        .await?;
    Ok(Some(row.try_into()?))
}

/// What went along with a letter of which nothing is left.
fn nothing() -> String {
    serde_json::to_string(&Consignment::default()).unwrap_or_else(|_| "{}".to_owned())
}

/// The files of a customer's tickets that show him or his home, or name him: letters, photos of the work and of
/// check-ins, what he reported.
///
/// Two stay with the ledger, as long as the law wants it kept: proofs of payment, and the signed BAST of a ticket
/// whose invoice has its number, because the invoice stands on it. Photos of the work prove nothing that it does
/// not, so that they go.
pub async fn personal_of(source: &impl Source, customer: CustomerId) -> Result<Vec<DocumentId>, Error> {
    let mut tickets = Query::select();
    tickets
        .column(ticket::Column::Id)
        .from(ticket::Entity)
        .and_where(ticket::Column::CustomerId.eq(customer.0));
    let mut billed = Query::select();
    billed
        .column(invoice::Column::TicketId)
        .from(invoice::Entity)
        .and_where(invoice::Column::Number.is_not_null())
        .and_where(invoice::Column::TicketId.in_subquery(tickets.clone()));
    let kept = Condition::any()
        .add(document::Column::Kind.eq(Kind::PaymentProof.as_str()))
        .add(
            Condition::all()
                .add(document::Column::Kind.eq(Kind::Bast.as_str()))
                .add(document::Column::TicketId.in_subquery(billed)),
        );
    let gone = Condition::any()
        .add(document::Column::Kind.is_null())
        .add(kept.not());
    let rows: Vec<i64> = document::Entity::find()
        .select_only()
        .column(document::Column::Id)
        .filter(document::Column::TicketId.in_subquery(tickets))
        .filter(gone)
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(DocumentId).collect())
}

/// Whether any file still stands for these bytes.
pub async fn needs(source: &impl Source, sha256: &str) -> Result<bool, Error> {
    let found = document::Entity::find()
        .filter(document::Column::Sha256.eq(sha256))
        .filter(document::Column::State.eq(State::Ready.as_str()))
        .count(source.connection())
        .await?;
    Ok(found > 0 || store::invoices::is_paper(source, sha256).await?)
}
