//! Letters: which one holds, and when they cease to.

use chrono::{DateTime, Utc};
use domain::document::{Kind, State};
use domain::ids::{DocumentId, TicketId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::store::documents::Document;
use crate::store::entity::document::{Column, Entity};
use crate::store::{Error, Source, Tx};

/// The letter of that kind that holds for an assignment: the newest.
pub async fn letter(
    source: &impl Source,
    (ticket, epoch): (TicketId, i32),
    kind: Kind,
) -> Result<Option<Document>, Error> {
    Entity::find()
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::Epoch.eq(epoch))
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::State.eq(State::Ready.as_str()))
        .filter(Column::RevokedAt.is_null())
        .order_by_desc(Column::Id)
        .limit(1)
        .one(source.connection())
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// The letter whose page has that secret.
pub async fn by_token(source: &impl Source, token: &str) -> Result<Option<Document>, Error> {
    Entity::find()
        .filter(Column::Token.eq(token))
        .one(source.connection())
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// Whether a letter has a newer one of its kind for the same assignment.
pub async fn is_followed(source: &impl Source, letter: &Document) -> Result<bool, Error> {
    let found = Entity::find()
        .filter(Column::TicketId.eq(letter.ticket.map(|id| id.0)))
        .filter(Column::Epoch.eq(letter.epoch))
        .filter(Column::Kind.eq(letter.kind.map(Kind::as_str)))
        .filter(Column::Id.gt(letter.id.0))
        .filter(Column::Token.is_not_null())
        .count(source.connection())
        .await?;
    Ok(found > 0)
}

/// Revokes the letters of one kind of an assignment: a new one takes their place.
pub async fn revoke_one_kind(
    tx: &Tx,
    (ticket, epoch): (TicketId, i32),
    kind: Kind,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(at))
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::Epoch.eq(epoch))
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::RevokedAt.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Revokes the letters of an assignment that were drawn here; answers their numbers.
pub async fn revoke_drawn(
    tx: &Tx,
    (ticket, epoch): (TicketId, i32),
    at: DateTime<Utc>,
) -> Result<Vec<String>, Error> {
    let drawn = Condition::all()
        .add(Column::TicketId.eq(ticket.0))
        .add(Column::Epoch.eq(epoch))
        .add(Column::Token.is_not_null())
        .add(Column::RevokedAt.is_null());
    let numbers: Vec<Option<String>> = Entity::find()
        .select_only()
        .column(Column::Number)
        .filter(drawn.clone())
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    if !numbers.is_empty() {
        Entity::update_many()
            .col_expr(Column::RevokedAt, Expr::value(at))
            .filter(drawn)
            .exec(&tx.inner)
            .await?;
    }
    Ok(numbers.into_iter().flatten().collect())
}

/// Revokes the letters of a ticket; answers how many held.
pub async fn revoke(tx: &Tx, ticket: TicketId, at: DateTime<Utc>) -> Result<u64, Error> {
    let letters = Kind::ALL.into_iter().filter(|kind| kind.is_letter());
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(at))
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::Kind.is_in(letters.map(Kind::as_str)))
        .filter(Column::RevokedAt.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected)
}

/// Notes what a channel calls a file, or (`None`) that it knows it no more.
pub async fn name_outside(tx: &Tx, id: DocumentId, external_id: Option<String>) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::ExternalId, Expr::value(external_id))
        .filter(Column::Id.eq(id.0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}
