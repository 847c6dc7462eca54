//! Visits: who came to the site, where he was, and when he left.

use chrono::{DateTime, Utc};
use domain::geo::Position;
use domain::ids::{TicketId, UserId, VisitId};
use domain::visit::{Source as Origin, Verdict};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::store::customers::position;
use crate::store::entity::visit::{ActiveModel, Column, Entity, Model};
use crate::store::{Error, Source, Tx};

/// One visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    pub id: VisitId,
    pub ticket: TicketId,
    pub epoch: i32,
    pub technician: UserId,
    pub checked_in_at: DateTime<Utc>,
    pub source: Origin,
    pub verdict: Verdict,
    /// `None`: there was none, or it has been erased.
    pub position: Option<Position>,
    pub accuracy_meters: Option<f64>,
    pub distance_meters: Option<f64>,
    pub age_seconds: Option<i64>,
    pub reason: Option<String>,
    /// Someone else than the technician wrote it down.
    pub recorded_by: Option<UserId>,
    pub checked_out_at: Option<DateTime<Utc>>,
    /// The ticket was taken away.
    pub ended_at: Option<DateTime<Utc>>,
}

impl TryFrom<Model> for Visit {
    type Error = Error;
    fn try_from(row: Model) -> Result<Self, Error> {
        let source = row.source.parse().map_err(|_| Error::Unreadable {
            what: "visit source",
            value: row.source.clone(),
        })?;
        let verdict = row.verdict.parse().map_err(|_| Error::Unreadable {
            what: "visit verdict",
            value: row.verdict.clone(),
        })?;
        Ok(Self {
            id: VisitId(row.id),
            ticket: TicketId(row.ticket_id),
            epoch: row.epoch,
            technician: UserId(row.technician_id),
            checked_in_at: row.checked_in_at,
            source,
            verdict,
            position: position(row.latitude, row.longitude),
            accuracy_meters: row.accuracy_meters,
            distance_meters: row.distance_meters,
            age_seconds: row.age_seconds,
            reason: row.reason,
            recorded_by: row.recorded_by.map(UserId),
            checked_out_at: row.checked_out_at,
            ended_at: row.ended_at,
        })
    }
}

/// Writes a check-in down; the id is the database's. [`Error::Taken`]: this assignment has one.
pub async fn insert(tx: &Tx, visit: Visit) -> Result<(), Error> {
    let row = ActiveModel {
        id: NotSet,
        ticket_id: Set(visit.ticket.0),
        epoch: Set(visit.epoch),
        technician_id: Set(visit.technician.0),
        checked_in_at: Set(visit.checked_in_at),
        source: Set(visit.source.as_str().to_owned()),
        verdict: Set(visit.verdict.as_str().to_owned()),
        latitude: Set(visit.position.map(|p| p.latitude)),
        longitude: Set(visit.position.map(|p| p.longitude)),
        accuracy_meters: Set(visit.accuracy_meters),
        distance_meters: Set(visit.distance_meters),
        age_seconds: Set(visit.age_seconds),
        reason: Set(visit.reason),
        recorded_by: Set(visit.recorded_by.map(|id| id.0)),
        checked_out_at: Set(visit.checked_out_at),
        ended_at: Set(visit.ended_at),
    };
    row.insert(&tx.inner).await?;
    Ok(())
}

/// The visit of one assignment, if it has begun.
pub async fn of(source: &impl Source, ticket: TicketId, epoch: i32) -> Result<Option<Visit>, Error> {
    Entity::find()
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::Epoch.eq(epoch))
        .one(source.connection())
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// Every visit of these tickets, the latest assignment last.
pub async fn of_tickets(source: &impl Source, tickets: Vec<i64>) -> Result<Vec<Visit>, Error> {
    let rows = Entity::find()
        .filter(Column::TicketId.is_in(tickets))
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Notes the end of a visit. `false`: it has ended before, or never began.
pub async fn check_out(tx: &Tx, ticket: TicketId, epoch: i32, at: DateTime<Utc>) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::CheckedOutAt, Expr::value(at))
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::Epoch.eq(epoch))
        .filter(Column::CheckedOutAt.is_null())
        .filter(Column::EndedAt.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Ends a visit whose ticket was taken away; what came of it stays.
pub async fn end(tx: &Tx, ticket: TicketId, epoch: i32, at: DateTime<Utc>) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(at))
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::Epoch.eq(epoch))
        .filter(Column::EndedAt.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Erases where people were before that moment; how far from the site it was, and the verdict, stay. Answers
/// whose visits they were.
pub async fn erase_positions(tx: &Tx, before: DateTime<Utc>) -> Result<Vec<TicketId>, Error> {
    let past = Condition::all()
        .add(Column::CheckedInAt.lt(before))
        .add(Column::Latitude.is_not_null());
    let tickets = Entity::find()
        .select_only()
        .column(Column::TicketId)
        .filter(past.clone())
        .order_by_asc(Column::Id)
        .into_tuple::<i64>()
        .all(&tx.inner)
        .await?;
    if !tickets.is_empty() {
        Entity::update_many()
            .col_expr(Column::Latitude, Expr::value(None::<f64>))
            .col_expr(Column::Longitude, Expr::value(None::<f64>))
            .filter(past)
            .exec(&tx.inner)
            .await?;
    }
    Ok(tickets.into_iter().map(TicketId).collect())
}

/// Erases where technicians were on these tickets, which is where the customer lives, and what was typed about it.
/// The verdict stays.
pub async fn erase(tx: &Tx, tickets: &[TicketId]) -> Result<(), Error> {
    let theirs =
        || Entity::update_many().filter(Column::TicketId.is_in(tickets.iter().map(|ticket| ticket.0)));
    theirs()
        .col_expr(Column::Latitude, Expr::value(None::<f64>))
        .col_expr(Column::Longitude, Expr::value(None::<f64>))
        .exec(&tx.inner)
        .await?;
    theirs()
        .col_expr(Column::Reason, Expr::value("-"))
        .filter(Column::Reason.is_not_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}
