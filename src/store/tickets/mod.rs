//! Jobs. Every change of state is one conditional update: whoever changes no row was too late.

mod list;
mod visit;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::geo::Position;
use domain::ids::{CustomerId, ServiceId, TicketId, UserId};
use domain::ticket::Status;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, NotSet, QueryFilter,
    QuerySelect, Set,
};

use crate::store::customers::position;
use crate::store::entity::ticket::{ActiveModel, Column, Entity, Model};
pub use crate::store::tickets::list::{Filter, counts, customer_has_live, erase, list, pool, tasks};
pub use crate::store::tickets::visit::{
    advance, due_between, note_reminded, overdue, put_off, taking_photos,
};
use crate::store::{Error, Source};

/// One job.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    pub id: TicketId,
    pub customer: CustomerId,
    pub service: ServiceId,
    pub problem: String,
    pub status: Status,
    pub visit_date: NaiveDate,
    pub visit_time: Option<NaiveTime>,
    pub site: Option<Position>,
    pub technician: Option<UserId>,
    /// Counts assignments: a button of an earlier one is stale.
    pub epoch: i32,
    pub claimed_at: Option<DateTime<Utc>>,
    pub check_in_due_at: Option<DateTime<Utc>>,
    pub created_by: UserId,
    pub created_at: DateTime<Utc>,
    /// When the status last changed.
    pub changed_at: DateTime<Utc>,
    pub version: i32,
}

impl TryFrom<Model> for Ticket {
    type Error = Error;
    fn try_from(row: Model) -> Result<Self, Error> {
        let status = row.status.parse().map_err(|_| Error::Unreadable {
            what: "ticket status",
            value: row.status.clone(),
        })?;
        Ok(Self {
            id: TicketId(row.id),
            customer: CustomerId(row.customer_id),
            service: ServiceId(row.service_id),
            problem: row.problem,
            status,
            visit_date: row.visit_date,
            visit_time: row.visit_time,
            site: position(row.latitude, row.longitude),
            technician: row.technician_id.map(UserId),
            epoch: row.epoch,
            claimed_at: row.claimed_at,
            check_in_due_at: row.check_in_due_at,
            created_by: UserId(row.created_by),
            created_at: row.created_at,
            changed_at: row.changed_at,
            version: row.version,
        })
    }
}

/// Someone's hold on a ticket.
#[derive(Debug, Clone, Copy)]
pub struct Assignment {
    pub technician: UserId,
    pub at: DateTime<Utc>,
    pub check_in_due_at: DateTime<Utc>,
}

/// Adds a ticket; the id and version are the database's.
pub async fn insert(source: &impl Source, ticket: Ticket) -> Result<Ticket, Error> {
    let row = ActiveModel {
        id: NotSet,
        version: Set(1),
        ..fields(&ticket)
    };
    row.insert(source.connection()).await?.try_into()
}

/// Writes what the form edits (never the state), if nobody else has since `ticket.version`.
pub async fn edit(source: &impl Source, ticket: &Ticket) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::Problem, Expr::value(ticket.problem.clone()))
        .col_expr(Column::ServiceId, Expr::value(ticket.service.0))
        .col_expr(Column::VisitDate, Expr::value(ticket.visit_date))
        .col_expr(Column::VisitTime, Expr::value(ticket.visit_time))
        .col_expr(Column::Latitude, Expr::value(ticket.site.map(|p| p.latitude)))
        .col_expr(Column::Longitude, Expr::value(ticket.site.map(|p| p.longitude)))
        .col_expr(Column::CheckInDueAt, Expr::value(ticket.check_in_due_at))
        // A visit that was moved is reminded of again.
        .col_expr(
            Column::RemindedEpoch,
            Expr::case(
                Expr::col(Column::CheckInDueAt).eq(ticket.check_in_due_at),
                Expr::col(Column::RemindedEpoch),
            )
            .finally(Expr::value(None::<i32>))
            .into(),
        )
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(ticket.id.0))
        .filter(Column::Version.eq(ticket.version))
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Gives an open ticket to a technician who is not excluded from it, as the ticket was read. `None`: it has
/// changed since (taken, or moved to another date), or is not for him. Otherwise the ticket as it is now.
pub async fn assign(source: &impl Source, ticket: &Ticket, to: Assignment) -> Result<Option<Ticket>, Error> {
    let id = ticket.id;
    let excluded = Query::select()
        .expr(Expr::val(1))
        .from("ticket_exclusions")
        .and_where(Expr::col("ticket_id").eq(id.0))
        .and_where(Expr::col("user_id").eq(to.technician.0))
        .to_owned();
    let done = Entity::update_many()
        .col_expr(Column::Status, Expr::value(Status::Assigned.as_str()))
        .col_expr(Column::TechnicianId, Expr::value(to.technician.0))
        .col_expr(Column::ClaimedAt, Expr::value(to.at))
        .col_expr(Column::CheckInDueAt, Expr::value(to.check_in_due_at))
        .col_expr(Column::ChangedAt, Expr::value(to.at))
        .col_expr(Column::Epoch, Expr::col(Column::Epoch).add(1))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id.0))
        .filter(Column::Version.eq(ticket.version))
        .filter(Column::Status.eq(Status::Open.as_str()))
        .filter(Expr::exists(excluded).not())
        .exec(source.connection())
        .await?;
    // Everything that it wrote is known here: there is no need to read it again.
    Ok((done.rows_affected > 0).then(|| Ticket {
        status: Status::Assigned,
        technician: Some(to.technician),
        claimed_at: Some(to.at),
        check_in_due_at: Some(to.check_in_due_at),
        changed_at: to.at,
        epoch: ticket.epoch + 1,
        version: ticket.version + 1,
        ..ticket.clone()
    }))
}

/// Opens an assigned ticket again, if this is still its assignment and its state is one of `from`.
pub async fn reopen(
    source: &impl Source,
    id: TicketId,
    epoch: i32,
    from: &[Status],
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::Status, Expr::value(Status::Open.as_str()))
        .col_expr(Column::TechnicianId, Expr::value(None::<i64>))
        .col_expr(Column::ClaimedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::CheckInDueAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::ChangedAt, Expr::value(at))
        .col_expr(Column::Epoch, Expr::col(Column::Epoch).add(1))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id.0))
        .filter(Column::Epoch.eq(epoch))
        .filter(Column::Status.is_in(from.iter().map(|s| s.as_str())))
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Ends a ticket (closed or cancelled), as it was read. `false`: it has changed since.
pub async fn finish(
    source: &impl Source,
    ticket: &Ticket,
    to: Status,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::Status, Expr::value(to.as_str()))
        .col_expr(Column::ChangedAt, Expr::value(at))
        .col_expr(Column::Epoch, Expr::col(Column::Epoch).add(1))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(ticket.id.0))
        .filter(Column::Version.eq(ticket.version))
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Bars a technician from a ticket for good.
pub async fn exclude(source: &impl Source, id: TicketId, technician: UserId) -> Result<(), Error> {
    let statement = Query::insert()
        .into_table("ticket_exclusions")
        .columns(["ticket_id", "user_id"])
        .values_panic([id.0.into(), technician.0.into()])
        .on_conflict(
            OnConflict::columns(["ticket_id", "user_id"])
                .do_nothing()
                .to_owned(),
        )
        .to_owned();
    source.connection().execute(&statement).await?;
    Ok(())
}

/// Whether a technician is barred from a ticket.
pub async fn is_excluded(source: &impl Source, id: TicketId, technician: UserId) -> Result<bool, Error> {
    let statement = Query::select()
        .expr(Expr::val(1))
        .from("ticket_exclusions")
        .and_where(Expr::col("ticket_id").eq(id.0))
        .and_where(Expr::col("user_id").eq(technician.0))
        .to_owned();
    Ok(source.connection().query_one(&statement).await?.is_some())
}

/// Everyone who is barred from a ticket.
pub async fn excluded(source: &impl Source, id: TicketId) -> Result<Vec<UserId>, Error> {
    let statement = Query::select()
        .column("user_id")
        .from("ticket_exclusions")
        .and_where(Expr::col("ticket_id").eq(id.0))
        .to_owned();
    let rows = source.connection().query_all(&statement).await?;
    rows.iter()
        .map(|row| Ok(UserId(row.try_get_by_index(0)?)))
        .collect()
}

/// One ticket, held until the commit: what decides together is decided one after the other. Rows that refer to
/// it may be added meanwhile: a stronger lock would wait for them, and they for whoever holds it.
pub async fn by_id_locked(source: &impl Source, id: TicketId) -> Result<Option<Ticket>, Error> {
    Entity::find_by_id(id.0)
        .lock(LockType::NoKeyUpdate)
        .one(source.connection())
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// One ticket.
pub async fn by_id(source: &impl Source, id: TicketId) -> Result<Option<Ticket>, Error> {
    Entity::find_by_id(id.0)
        .one(source.connection())
        .await?
        .map(TryInto::try_into)
        .transpose()
}

fn fields(ticket: &Ticket) -> ActiveModel {
    let row = Model {
        id: ticket.id.0,
        customer_id: ticket.customer.0,
        service_id: ticket.service.0,
        problem: ticket.problem.clone(),
        status: ticket.status.as_str().to_owned(),
        visit_date: ticket.visit_date,
        visit_time: ticket.visit_time,
        latitude: ticket.site.map(|p| p.latitude),
        longitude: ticket.site.map(|p| p.longitude),
        technician_id: ticket.technician.map(|t| t.0),
        epoch: ticket.epoch,
        claimed_at: ticket.claimed_at,
        check_in_due_at: ticket.check_in_due_at,
        created_by: ticket.created_by.0,
        created_at: ticket.created_at,
        changed_at: ticket.changed_at,
        version: ticket.version,
        reminded_epoch: None,
    };
    row.into_active_model().reset_all()
}
