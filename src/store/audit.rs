//! Who changed what; a ticket's rows are its timeline.

use chrono::{DateTime, Utc};
use domain::ids::{CustomerId, TicketId, UserId};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set,
    Unchanged,
};

use crate::store::customers::contains;
use crate::store::entity::audit::{ActiveModel, Column, Entity};
use crate::store::entity::{customer, request, ticket, user};
use crate::store::page::newest;
use crate::store::{Error, Source, Tx};

/// One change that was made.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: i64,
    pub at: DateTime<Utc>,
    /// `None`: the system itself.
    pub actor: Option<UserId>,
    /// `telegram`, `whatsapp`, `panel`, `api` or `system`.
    pub channel: String,
    /// What was done, e.g. `ticket_claimed`.
    pub action: String,
    /// What it was done to: its kind and id.
    pub subject: (String, i64),
    pub ticket: Option<TicketId>,
    pub detail: Option<serde_json::Value>,
}

/// Which changes to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub ticket: Option<TicketId>,
    pub actor: Option<UserId>,
    /// Only what nobody with an account did: customers, and the system itself.
    pub by_others: bool,
    /// Only these; none of them: all.
    pub actions: Vec<String>,
    pub channel: Option<String>,
    pub from: Option<DateTime<Utc>>,
    pub to: Option<DateTime<Utc>>,
    /// A number, someone's name, or what was written down with it.
    pub q: Option<String>,
}

/// Writes a change down; `entry.id` is the database's.
pub async fn insert(source: &impl Source, entry: Entry) -> Result<(), Error> {
    let row = ActiveModel {
        id: NotSet,
        at: Set(entry.at),
        actor_id: Set(entry.actor.map(|a| a.0)),
        channel: Set(entry.channel),
        action: Set(entry.action),
        subject_kind: Set(entry.subject.0),
        subject_id: Set(entry.subject.1),
        ticket_id: Set(entry.ticket.map(|t| t.0)),
        detail: Set(entry.detail),
    };
    Entity::insert(row)
        .exec_without_returning(source.connection())
        .await?;
    Ok(())
}

/// A ticket's timeline, oldest first.
pub async fn timeline(source: &impl Source, ticket: TicketId) -> Result<Vec<Entry>, Error> {
    let rows = Entity::find()
        .filter(Column::TicketId.eq(ticket.0))
        // Who looked at what is for the audit, not for the story.
        .filter(Column::Action.is_not_in(["document_viewed", "location_viewed"]))
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// To which of these someone has done that since then.
pub async fn done_since(
    source: &impl Source,
    (actor, action): (UserId, &str),
    since: DateTime<Utc>,
    (kind, ids): (&str, &[i64]),
) -> Result<Vec<i64>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = Entity::find()
        .select_only()
        .column(Column::SubjectId)
        .filter(Column::SubjectKind.eq(kind))
        .filter(Column::SubjectId.is_in(ids.iter().copied()))
        .filter(Column::ActorId.eq(actor.0))
        .filter(Column::Action.eq(action))
        .filter(Column::At.gt(since))
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(found)
}

/// A page of changes, newest first, before `before` when that is given.
pub async fn list(
    source: &impl Source,
    filter: &Filter,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Entry>, Error> {
    let find = Entity::find().filter(passing(filter));
    let rows = newest(source, find, Column::Id, before, limit).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Drops why something was done to a customer's tickets and reports, which people typed and which may speak of him;
/// what was done, when and by whom stays. Why an invoice was changed is the ledger's, and stays with it.
pub async fn erase_reasons(tx: &Tx, customer: CustomerId) -> Result<(), Error> {
    let tickets = Query::select()
        .column(ticket::Column::Id)
        .from(ticket::Entity)
        .and_where(ticket::Column::CustomerId.eq(customer.0))
        .take();
    let requests = Query::select()
        .column(request::Column::Id)
        .from(request::Entity)
        .and_where(request::Column::CustomerId.eq(customer.0))
        .take();
    let theirs = Condition::any()
        .add(about("ticket", tickets))
        .add(about("request", requests));
    let detail = Expr::col((Entity, Column::Detail)).cast_as("text");
    let rows = Entity::find()
        .filter(theirs)
        .filter(contains(detail, "\"reason\""))
        .all(&tx.inner)
        .await?;
    for row in rows {
        let Some(mut detail) = row.detail else { continue };
        match detail.get_mut("reason") {
            Some(reason) if reason.is_string() => *reason = "-".into(),
            _ => continue,
        }
        let erased = ActiveModel {
            id: Unchanged(row.id),
            detail: Set(Some(detail)),
            ..Default::default()
        };
        erased.update(&tx.inner).await?;
    }
    Ok(())
}

/// What a filter lets through.
fn passing(filter: &Filter) -> Condition {
    let mut all = Condition::all();
    if let Some(ticket) = filter.ticket {
        all = all.add(Column::TicketId.eq(ticket.0));
    }
    if let Some(actor) = filter.actor {
        all = all.add(Column::ActorId.eq(actor.0));
    }
    if filter.by_others {
        all = all.add(Column::ActorId.is_null());
    }
    if !filter.actions.is_empty() {
        all = all.add(Column::Action.is_in(filter.actions.iter().map(String::as_str)));
    }
    if let Some(channel) = &filter.channel {
        all = all.add(Column::Channel.eq(channel.as_str()));
    }
    if let Some(from) = filter.from {
        all = all.add(Column::At.gte(from));
    }
    if let Some(to) = filter.to {
        all = all.add(Column::At.lt(to));
    }
    match &filter.q {
        Some(q) => all.add(matching(q)),
        None => all,
    }
}

fn matching(q: &str) -> Condition {
    let q = q.trim().to_lowercase();
    if let Some(ticket) = TicketId::from_number(&q) {
        return Condition::any().add(Column::TicketId.eq(ticket.0));
    }
    if let Some(id) = q
        .strip_prefix("plg-")
        .and_then(|id| id.parse::<CustomerId>().ok())
    {
        return about_customers(|| {
            Query::select()
                .column(customer::Column::Id)
                .from(customer::Entity)
                .and_where(customer::Column::Id.eq(id.0))
                .take()
        });
    }
    let people = || {
        Query::select()
            .column(user::Column::Id)
            .from(user::Entity)
            .and_where(contains(
                Func::lower(Expr::col((user::Entity, user::Column::Name))).into(),
                &q,
            ))
            .take()
    };
    let named = || {
        Query::select()
            .column(customer::Column::Id)
            .from(customer::Entity)
            .and_where(contains(
                Func::lower(Expr::col((customer::Entity, customer::Column::Name))).into(),
                &q,
            ))
            .take()
    };
    let detail = Expr::col((Entity, Column::Detail)).cast_as("text");
    about_customers(named)
        .add(contains(Func::lower(detail).into(), &q))
        .add(Column::ActorId.in_subquery(people()))
        .add(about("user", people()))
}

/// What was done to these customers, or to a ticket of theirs.
fn about_customers(ids: impl Fn() -> SelectStatement) -> Condition {
    let tickets = Query::select()
        .column(ticket::Column::Id)
        .from(ticket::Entity)
        .and_where(ticket::Column::CustomerId.in_subquery(ids()))
        .take();
    Condition::any()
        .add(about("customer", ids()))
        .add(Column::TicketId.in_subquery(tickets))
}

fn about(kind: &str, ids: SelectStatement) -> Condition {
    Condition::all()
        .add(Column::SubjectKind.eq(kind))
        .add(Column::SubjectId.in_subquery(ids))
}

impl From<crate::store::entity::audit::Model> for Entry {
    fn from(row: crate::store::entity::audit::Model) -> Self {
        Self {
            id: row.id,
            at: row.at,
            actor: row.actor_id.map(UserId),
            channel: row.channel,
            action: row.action,
            subject: (row.subject_kind, row.subject_id),
            ticket: row.ticket_id.map(TicketId),
            detail: row.detail,
        }
    }
}
