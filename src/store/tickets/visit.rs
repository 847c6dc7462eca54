//! Tickets whose visit is due, under way or over.

use chrono::{DateTime, Utc};
use domain::ids::{TicketId, UserId};
use domain::ticket::Status;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
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

/// Assigned tickets whose check-in is overdue by now, and of which no emergency is open.
pub async fn overdue(source: &impl Source, now: DateTime<Utc>) -> Result<Vec<TicketId>, Error> {
    let raised = Query::select()
        .column("ticket_id")
        .from("alerts")
        .and_where(Expr::col("state").eq("open"))
        .to_owned();
    let ids: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Status.eq(Status::Assigned.as_str()))
        .filter(Column::CheckInDueAt.lte(now))
        .filter(Column::Id.not_in_subquery(raised))
        .order_by_asc(Column::CheckInDueAt)
        .limit(500)
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(ids.into_iter().map(TicketId).collect())
}

/// Puts off the check-in of an assigned ticket, as it was read. With `remind_again` its technician is reminded
/// once more. `false`: the ticket has changed since.
pub async fn put_off(
    source: &impl Source,
    ticket: &Ticket,
    until: DateTime<Utc>,
    remind_again: bool,
) -> Result<bool, Error> {
    let mut update = Entity::update_many()
        .col_expr(Column::CheckInDueAt, Expr::value(until))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(ticket.id.0))
        .filter(Column::Status.eq(Status::Assigned.as_str()))
        .filter(Column::Version.eq(ticket.version));
    if remind_again {
        update = update.col_expr(Column::RemindedEpoch, Expr::value(None::<i32>));
    }
    Ok(update.exec(source.connection()).await?.rows_affected > 0)
}
