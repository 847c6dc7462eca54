//! Tickets whose visit is due, under way or over.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::ticket::Status;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::store::entity::ticket::{Column, Entity};
use crate::store::tickets::Ticket;
use crate::store::{Error, Source};

/// Moves an assigned ticket on (in progress, done), as it was read; the assignment stays. `false`: it has
/// changed since.
pub async fn advance(
    source: &impl Source,
    ticket: &Ticket,
    to: Status,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::Status, Expr::value(to.as_str()))
        .col_expr(Column::ChangedAt, Expr::value(at))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(ticket.id.0))
        .filter(Column::Version.eq(ticket.version))
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Notes that a technician was reminded of this assignment. `false`: he was before, or it is another's now.
pub async fn note_reminded(source: &impl Source, ticket: &Ticket) -> Result<bool, Error> {
    let never = Condition::any()
        .add(Column::RemindedEpoch.is_null())
        .add(Column::RemindedEpoch.ne(ticket.epoch));
    let done = Entity::update_many()
        .col_expr(Column::RemindedEpoch, Expr::value(ticket.epoch))
        .filter(Column::Id.eq(ticket.id.0))
        .filter(Column::Epoch.eq(ticket.epoch))
        .filter(Column::Status.eq(Status::Assigned.as_str()))
        .filter(never)
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Assigned tickets whose check-in is due in between, and whose technician was not reminded yet.
pub async fn due_between(
    source: &impl Source,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Ticket>, Error> {
    let never = Condition::any()
        .add(Column::RemindedEpoch.is_null())
        .add(Expr::col(Column::RemindedEpoch).ne(Expr::col(Column::Epoch)));
    let rows = Entity::find()
        .filter(Column::Status.eq(Status::Assigned.as_str()))
        .filter(Column::CheckInDueAt.gt(from))
        .filter(Column::CheckInDueAt.lte(until))
        .filter(never)
        .order_by_asc(Column::CheckInDueAt)
        .limit(500)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A technician's jobs that take photos, the newest first.
pub async fn taking_photos(source: &impl Source, technician: UserId) -> Result<Vec<Ticket>, Error> {
    let rows = Entity::find()
        .filter(Column::TechnicianId.eq(technician.0))
        .filter(Column::Status.is_in([Status::InProgress.as_str(), Status::Done.as_str()]))
        .order_by_desc(Column::ChangedAt)
        .limit(10)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}
