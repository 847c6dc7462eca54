//! Which tickets there are: the office's lists, the pool, a technician's jobs, the board's counts.

use chrono::NaiveDate;
use domain::ids::{CustomerId, TicketId, UserId};
use domain::ticket::Status;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::store::customers::contains;
use crate::store::entity::customer;
use crate::store::entity::ticket::{Column, Entity};
use crate::store::page::newest;
use crate::store::tickets::Ticket;
use crate::store::{Error, Source, Tx};

/// Which tickets to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub status: Vec<Status>,
    pub technician: Option<UserId>,
    pub customer: Option<CustomerId>,
    pub date: Option<NaiveDate>,
    /// Number, problem, or the customer's name or phone.
    pub q: Option<String>,
}

/// A page of tickets, newest first, before `before` when that is given.
pub async fn list(
    source: &impl Source,
    filter: &Filter,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Ticket>, Error> {
    let find = Entity::find().filter(passing(filter));
    let rows = newest(source, find, Column::Id, before, limit).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Open tickets that a technician may claim, the oldest first.
pub async fn pool(
    source: &impl Source,
    technician: UserId,
    after: i64,
    limit: u64,
) -> Result<Vec<Ticket>, Error> {
    let excluded = Query::select()
        .column("ticket_id")
        .from("ticket_exclusions")
        .and_where(Expr::col("user_id").eq(technician.0))
        .to_owned();
    let rows = Entity::find()
        .filter(Column::Status.eq(Status::Open.as_str()))
        .filter(Column::Id.gt(after))
        .filter(Column::Id.not_in_subquery(excluded))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A technician's jobs under way, the nearest visit first.
pub async fn tasks(source: &impl Source, technician: UserId) -> Result<Vec<Ticket>, Error> {
    let rows = Entity::find()
        .filter(Column::TechnicianId.eq(technician.0))
        .filter(Column::Status.is_in([Status::Assigned.as_str(), Status::InProgress.as_str()]))
        .order_by_asc(Column::VisitDate)
        .order_by_asc(Column::VisitTime)
        .order_by_asc(Column::Id)
        .limit(50)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Whether a customer has a ticket that is neither closed nor cancelled.
pub async fn customer_has_live(source: &impl Source, customer: CustomerId) -> Result<bool, Error> {
    let row = Entity::find()
        .filter(Column::CustomerId.eq(customer.0))
        .filter(Column::Status.is_not_in([Status::Closed.as_str(), Status::Cancelled.as_str()]))
        .limit(1)
        .one(source.connection())
        .await?;
    Ok(row.is_some())
}

/// Drops what a customer who is erased said of his tickets, and where his home is. Answers which tickets those are.
pub async fn erase(tx: &Tx, customer: CustomerId) -> Result<Vec<TicketId>, Error> {
    Entity::update_many()
        .col_expr(Column::Problem, Expr::value("-"))
        .col_expr(Column::Latitude, Expr::value(None::<f64>))
        .col_expr(Column::Longitude, Expr::value(None::<f64>))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::CustomerId.eq(customer.0))
        .exec(&tx.inner)
        .await?;
    let ids: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::CustomerId.eq(customer.0))
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(ids.into_iter().map(TicketId).collect())
}

/// How many of these tickets are in each state that the board shows.
pub async fn counts(source: &impl Source, filter: &Filter) -> Result<Vec<(Status, i64)>, Error> {
    let rows: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::Status)
        .column_as(Column::Id.count(), "count")
        .filter(Column::Status.is_in([
            Status::Open.as_str(),
            Status::Assigned.as_str(),
            Status::InProgress.as_str(),
            Status::Done.as_str(),
        ]))
        .filter(passing(filter))
        .group_by(Column::Status)
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(status, count)| Some((status.parse().ok()?, count)))
        .collect())
}

/// What a filter lets through.
fn passing(filter: &Filter) -> Condition {
    let mut all = Condition::all();
    if !filter.status.is_empty() {
        all = all.add(Column::Status.is_in(filter.status.iter().map(|s| s.as_str())));
    }
    if let Some(technician) = filter.technician {
        all = all.add(Column::TechnicianId.eq(technician.0));
    }
    if let Some(customer) = filter.customer {
        all = all.add(Column::CustomerId.eq(customer.0));
    }
    if let Some(date) = filter.date {
        all = all.add(Column::VisitDate.eq(date));
    }
    match &filter.q {
        Some(q) => all.add(matching(q)),
        None => all,
    }
}

fn matching(q: &str) -> Condition {
    let q = q.trim().to_lowercase();
    let mut customers = Query::select();
    let mut who = Condition::any().add(contains(
        Func::lower(Expr::col((customer::Entity, customer::Column::Name))).into(),
        &q,
    ));
    let digits: String = q.chars().filter(char::is_ascii_digit).collect();
    // The digits of a ticket's number are no phone.
    if digits.len() >= 3 && !q.starts_with("tkt-") {
        let phone = Expr::col((customer::Entity, customer::Column::Phone));
        who = who.add(contains(phone, digits.trim_start_matches('0')));
    }
    customers
        .column(customer::Column::Id)
        .from(customer::Entity)
        .cond_where(who);
    let mut any = Condition::any()
        .add(contains(
            Func::lower(Expr::col((Entity, Column::Problem))).into(),
            &q,
        ))
        .add(Column::CustomerId.in_subquery(customers));
    if let Some(id) = TicketId::from_number(&q) {
        any = any.add(Column::Id.eq(id.0));
    }
    any
}
