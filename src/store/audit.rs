//! Who changed what; a ticket's rows are its timeline.

use chrono::{DateTime, Utc};
use domain::ids::{TicketId, UserId};
use sea_orm::{ColumnTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::store::entity::audit::{ActiveModel, Column, Entity};
use crate::store::page::newest;
use crate::store::{Error, Source};

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
    pub from: Option<DateTime<Utc>>,
    pub to: Option<DateTime<Utc>>,
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

/// To which of these tickets someone has done that since then.
pub async fn done_since(
    source: &impl Source,
    actor: UserId,
    action: &str,
    since: DateTime<Utc>,
    tickets: &[TicketId],
) -> Result<Vec<TicketId>, Error> {
    if tickets.is_empty() {
        return Ok(Vec::new());
    }
    let found = Entity::find()
        .select_only()
        .column(Column::TicketId)
        .filter(Column::TicketId.is_in(tickets.iter().map(|ticket| ticket.0)))
        .filter(Column::ActorId.eq(actor.0))
        .filter(Column::Action.eq(action))
        .filter(Column::At.gt(since))
        .into_tuple::<i64>()
        .all(source.connection())
        .await?;
    Ok(found.into_iter().map(TicketId).collect())
}

/// A page of changes, newest first, before `before` when that is given.
pub async fn list(
    source: &impl Source,
    filter: &Filter,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Entry>, Error> {
    let mut find = Entity::find();
    if let Some(ticket) = filter.ticket {
        find = find.filter(Column::TicketId.eq(ticket.0));
    }
    if let Some(actor) = filter.actor {
        find = find.filter(Column::ActorId.eq(actor.0));
    }
    if let Some(from) = filter.from {
        find = find.filter(Column::At.gte(from));
    }
    if let Some(to) = filter.to {
        find = find.filter(Column::At.lt(to));
    }
    let rows = newest(source, find, Column::Id, before, limit).await?;
    Ok(rows.into_iter().map(Into::into).collect())
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
