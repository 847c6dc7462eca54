//! The same picture elsewhere: by its bytes, or by what it shows.

use chrono::{DateTime, Utc};
use domain::document::{Kind, State};
use domain::ids::{DocumentId, TicketId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use crate::store::documents::lease::written;
use crate::store::entity::document::{Column, Entity};
use crate::store::{Error, Source, Tx};

/// What proves that someone was there, and did the work: nobody may prove two jobs with one picture.
const PROOFS: [Kind; 3] = [Kind::Evidence, Kind::Bast, Kind::CheckIn];
/// A picture whose bytes were erased was used all the same.
const SEEN: [State; 2] = [State::Ready, State::Erased];

/// Whether these very bytes prove another ticket.
pub async fn is_used_elsewhere(source: &impl Source, ticket: TicketId, sha256: &str) -> Result<bool, Error> {
    let found = Entity::find()
        .filter(Column::Sha256.eq(sha256))
        .filter(Column::TicketId.ne(ticket.0))
        .filter(Column::Kind.is_in(PROOFS.map(Kind::as_str)))
        .filter(Column::State.is_in(SEEN.map(State::as_str)))
        .count(source.connection())
        .await?;
    Ok(found > 0)
}

/// What the pictures show that proved other tickets since then.
pub async fn shown_elsewhere(
    source: &impl Source,
    ticket: TicketId,
    since: DateTime<Utc>,
) -> Result<Vec<i64>, Error> {
    let rows = Entity::find()
        .select_only()
        .column(Column::Perceptual)
        .filter(Column::Perceptual.is_not_null())
        .filter(Column::CreatedAt.gte(since))
        .filter(Column::TicketId.ne(ticket.0))
        .filter(Column::Kind.is_in(PROOFS.map(Kind::as_str)))
        .filter(Column::State.is_in(SEEN.map(State::as_str)))
        .into_tuple::<i64>()
        .all(source.connection())
        .await?;
    Ok(rows)
}

/// Whether files of this kind prove something.
pub fn is_proof(kind: Kind) -> bool {
    PROOFS.contains(&kind)
}

/// Writes down what is remarkable about a file.
pub async fn flag(tx: &Tx, id: DocumentId, flags: &[String]) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Flags, Expr::value(written(flags)))
        .filter(Column::Id.eq(id.0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}
