//! Invoices looked for: by where they stand, whom they are for, and when they were issued, due or paid.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{CustomerId, TicketId};
use domain::invoice::State;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use crate::store::customers::contains;
use crate::store::entity::invoice::{Column, Entity};
use crate::store::entity::{customer, payment, ticket};
use crate::store::invoices::Invoice;
use crate::store::page::newest;
use crate::store::{Error, Source};

/// Which invoices to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub states: Vec<State>,
    pub ticket: Option<TicketId>,
    pub customer: Option<CustomerId>,
    /// Sent or approved, and due before this date.
    pub overdue_on: Option<NaiveDate>,
    pub span: Option<Span>,
    /// The invoice's or the ticket's number, or the customer's name or phone.
    pub q: Option<String>,
}

/// What a time is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// When it was approved; what is not yet counts from when it was drafted.
    #[default]
    Issued,
    Due,
    /// When money came that still counts.
    Paid,
}

/// A time, both ends included; as dates, and as the moments between which those lie.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    pub by: By,
    pub dates: (Option<NaiveDate>, Option<NaiveDate>),
    /// The second is the first moment after it.
    pub moments: (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
}

impl Span {
    /// Whether a payment of that date is asked for: any is, unless the time is that of payments.
    pub fn takes(&self, paid_on: NaiveDate) -> bool {
        let (first, last) = self.dates;
        let is_in = first.is_none_or(|first| first <= paid_on) && last.is_none_or(|last| paid_on <= last);
        self.by != By::Paid || is_in
    }
}

/// How many invoices stand somewhere, and what they come to in rupiah.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub state: State,
    pub count: i64,
    pub total: i64,
}

/// A page of invoices, newest first, before `before` when that is given.
pub async fn list(
    source: &impl Source,
    filter: &Filter,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Invoice>, Error> {
    let find = Entity::find().filter(wanted(filter));
    let rows = newest(source, find, Column::Id, before, limit).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// All that a filter finds, added up by where it stands.
pub async fn tally(source: &impl Source, filter: &Filter) -> Result<Vec<Tally>, Error> {
    let rows: Vec<(String, i64, i64)> = Entity::find()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "count")
        // PostgreSQL adds whole numbers up to one of any length.
        .column_as(Expr::col(Column::Total).sum().cast_as("bigint"), "sum")
        .filter(wanted(filter))
        .group_by(Column::State)
        .into_tuple()
        .all(source.connection())
        .await?;
    let read = |(state, count, total): (String, i64, i64)| {
        let state = state.parse().map_err(|_| Error::Unreadable {
            what: "invoice state",
            value: state,
        })?;
        Ok(Tally { state, count, total })
    };
    rows.into_iter().map(read).collect()
}

/// What has been paid and withheld of all that a filter finds, in rupiah: all of it, or of a time of payments that the
/// filter asks for only what came in it.
pub async fn settled(source: &impl Source, filter: &Filter, then: bool) -> Result<i64, Error> {
    let mut found = Query::select();
    found
        .column((Entity, Column::Id))
        .from(Entity)
        .cond_where(wanted(filter));
    let both = Expr::col(payment::Column::Amount).add(Expr::col(payment::Column::Withheld));
    let sum: Option<Option<i64>> = payment::Entity::find()
        .select_only()
        .column_as(both.sum().cast_as("bigint"), "sum")
        .filter(counted(filter.span.filter(|span| then && span.by == By::Paid)))
        .filter(payment::Column::InvoiceId.in_subquery(found))
        .into_tuple()
        .one(source.connection())
        .await?;
    Ok(sum.flatten().unwrap_or(0))
}

fn wanted(filter: &Filter) -> Condition {
    let mut all = Condition::all();
    if !filter.states.is_empty() {
        all = all.add(Column::State.is_in(filter.states.iter().map(|state| state.as_str())));
    }
    if let Some(ticket) = filter.ticket {
        all = all.add(Column::TicketId.eq(ticket.0));
    }
    if let Some(date) = filter.overdue_on {
        let open = [State::Approved.as_str(), State::Sent.as_str()];
        all = all.add(Column::State.is_in(open)).add(Column::DueDate.lt(date));
    }
    if let Some(customer) = filter.customer {
        let own = Expr::col(ticket::Column::CustomerId).eq(customer.0);
        all = all.add(on_tickets(Condition::all().add(own)));
    }
    if let Some(span) = filter.span {
        all = all.add(within(span));
    }
    if let Some(q) = &filter.q {
        all = all.add(matching(q));
    }
    all
}

fn within(span: Span) -> Condition {
    let ((first, last), (from, to)) = (span.dates, span.moments);
    let mut all = Condition::all();
    match span.by {
        By::Issued => {
            let issued = || {
                Expr::from(Func::coalesce([
                    Expr::col((Entity, Column::ApprovedAt)),
                    Expr::col((Entity, Column::CreatedAt)),
                ]))
            };
            all = all.add_option(from.map(|from| issued().gte(from)));
            all.add_option(to.map(|to| issued().lt(to)))
        }
        By::Due => {
            all = all.add_option(first.map(|first| Column::DueDate.gte(first)));
            all.add_option(last.map(|last| Column::DueDate.lte(last)))
        }
        By::Paid => {
            let mut ids = Query::select();
            ids.column(payment::Column::InvoiceId)
                .from(payment::Entity)
                .cond_where(counted(Some(span)));
            all.add(Column::Id.in_subquery(ids))
        }
    }
}

/// Payments that count, and came in this time.
fn counted(span: Option<Span>) -> Condition {
    let (first, last) = span.map_or((None, None), |span| span.dates);
    let mut paid = Condition::all().add(payment::Column::ReversedAt.is_null());
    paid = paid.add_option(first.map(|first| payment::Column::PaidOn.gte(first)));
    paid.add_option(last.map(|last| payment::Column::PaidOn.lte(last)))
}

fn matching(q: &str) -> Condition {
    let q = q.trim().to_lowercase();
    let name = Expr::col((customer::Entity, customer::Column::Name));
    let mut who = Condition::any().add(contains(Func::lower(name).into(), &q));
    let digits: String = q.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    // The digits of an invoice's or a ticket's number are no phone.
    let is_number = q.contains('/') || q.starts_with("tkt-");
    if digits.len() >= 3 && !is_number {
        let phone = Expr::col((customer::Entity, customer::Column::Phone));
        who = who.add(contains(phone, digits));
    }
    let mut customers = Query::select();
    customers
        .column((customer::Entity, customer::Column::Id))
        .from(customer::Entity)
        .cond_where(who);
    let whose = Expr::col(ticket::Column::CustomerId).in_subquery(customers);
    let number = Func::lower(Expr::col((Entity, Column::Number)));
    let mut any = Condition::any()
        .add(contains(number.into(), &q))
        .add(on_tickets(Condition::all().add(whose)));
    if let Some(id) = TicketId::from_number(&q) {
        any = any.add(Column::TicketId.eq(id.0));
    }
    any
}

/// Of tickets that are so.
fn on_tickets(so: Condition) -> Expr {
    let mut tickets = Query::select();
    tickets
        .column((ticket::Entity, ticket::Column::Id))
        .from(ticket::Entity)
        .cond_where(so);
    Column::TicketId.in_subquery(tickets)
}

/// Whose these tickets are.
pub async fn whose(source: &impl Source, tickets: Vec<i64>) -> Result<Vec<(TicketId, CustomerId)>, Error> {
    if tickets.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, i64)> = ticket::Entity::find()
        .select_only()
        .column(ticket::Column::Id)
        .column(ticket::Column::CustomerId)
        .filter(ticket::Column::Id.is_in(tickets))
        .into_tuple()
        .all(source.connection())
        .await?;
    let read = |(ticket, customer)| (TicketId(ticket), CustomerId(customer));
    Ok(rows.into_iter().map(read).collect())
}
