//! Emergencies. Whoever changes one holds its ticket's row, so that a check-in and a decision never cross.

use chrono::{DateTime, Utc};
use domain::alert::{Decision, Resolution, State};
use domain::ids::{AlertId, TicketId, UserId};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Set,
};

use crate::store::entity::alert::{ActiveModel, Column, Entity, Model};
use crate::store::page::newest;
use crate::store::{Error, Source, Tx};

/// One emergency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub id: AlertId,
    pub ticket: TicketId,
    /// Of which assignment.
    pub epoch: i32,
    pub technician: UserId,
    pub due_at: DateTime<Utc>,
    pub raised_at: DateTime<Utc>,
    /// How often it was told again.
    pub repeats: i32,
    /// When it is told again, while it is open.
    pub next_at: DateTime<Utc>,
    pub state: State,
    pub decided: Option<Decided>,
    pub resolved: Option<(Resolution, DateTime<Utc>)>,
}

/// What was decided about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    pub decision: Decision,
    /// How much more time was given, in minutes.
    pub minutes: Option<i32>,
    /// Who has the ticket instead; `None`: it went to the pool, or stayed.
    pub next: Option<UserId>,
    /// `None`: the system itself.
    pub by: Option<UserId>,
    pub at: DateTime<Utc>,
}

/// Which to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    pub state: Option<State>,
    pub ticket: Option<TicketId>,
}

/// An emergency to raise.
#[derive(Debug, Clone, Copy)]
pub struct New {
    pub ticket: TicketId,
    pub epoch: i32,
    pub technician: UserId,
    pub due_at: DateTime<Utc>,
    pub raised_at: DateTime<Utc>,
    pub next_at: DateTime<Utc>,
}

impl TryFrom<Model> for Alert {
    type Error = Error;
    fn try_from(row: Model) -> Result<Self, Error> {
        let unreadable = |what: &'static str, value: &str| Error::Unreadable {
            what,
            value: value.to_owned(),
        };
        let decision = row.decision.as_deref().map(|text| {
            let decision: Result<Decision, _> = text.parse();
            decision.map_err(|_| unreadable("decision", text))
        });
        let resolution = row.resolution.as_deref().map(|text| {
            let resolution: Result<Resolution, _> = text.parse();
            resolution.map_err(|_| unreadable("resolution", text))
        });
        Ok(Self {
            id: AlertId(row.id),
            ticket: TicketId(row.ticket_id),
            epoch: row.epoch,
            technician: UserId(row.technician_id),
            due_at: row.due_at,
            raised_at: row.raised_at,
            repeats: row.repeats,
            next_at: row.next_at,
            state: row
                .state
                .parse()
                .map_err(|_| unreadable("alert state", &row.state))?,
            decided: decision
                .transpose()?
                .zip(row.decided_at)
                .map(|(decision, at)| Decided {
                    decision,
                    minutes: row.minutes,
                    next: row.next_technician_id.map(UserId),
                    by: row.decided_by.map(UserId),
                    at,
                }),
            resolved: resolution.transpose()?.zip(row.resolved_at),
        })
    }
}

/// Raises an emergency. The caller has seen, holding the ticket's row, that none is open.
pub async fn insert(tx: &Tx, new: New) -> Result<Alert, Error> {
    let row = ActiveModel {
        id: NotSet,
        ticket_id: Set(new.ticket.0),
        epoch: Set(new.epoch),
        technician_id: Set(new.technician.0),
        due_at: Set(new.due_at),
        raised_at: Set(new.raised_at),
        repeats: Set(0),
        next_at: Set(new.next_at),
        state: Set(State::Open.as_str().to_owned()),
        decision: Set(None),
        minutes: Set(None),
        next_technician_id: Set(None),
        decided_by: Set(None),
        decided_at: Set(None),
        resolution: Set(None),
        resolved_at: Set(None),
    };
    row.insert(&tx.inner).await?.try_into()
}

/// One emergency.
pub async fn by_id(source: &impl Source, id: AlertId) -> Result<Option<Alert>, Error> {
    let row = Entity::find_by_id(id.0).one(source.connection()).await?;
    row.map(TryInto::try_into).transpose()
}

/// One emergency, which nobody decides before this transaction ends.
pub async fn by_id_locked(tx: &Tx, id: AlertId) -> Result<Option<Alert>, Error> {
    let row = Entity::find_by_id(id.0)
        .lock(LockType::NoKeyUpdate)
        .one(&tx.inner)
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// A ticket's open emergency, if it has one.
pub async fn open_of(source: &impl Source, ticket: TicketId) -> Result<Option<Alert>, Error> {
    let row = Entity::find()
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::State.eq(State::Open.as_str()))
        .one(source.connection())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// The open emergencies, the longest overdue first.
pub async fn open(source: &impl Source, limit: u64) -> Result<Vec<Alert>, Error> {
    let rows = Entity::find()
        .filter(Column::State.eq(State::Open.as_str()))
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How many are open.
pub async fn count_open(source: &impl Source) -> Result<u64, Error> {
    Ok(Entity::find()
        .filter(Column::State.eq(State::Open.as_str()))
        .count(source.connection())
        .await?)
}

/// A page of emergencies, newest first, before `before` when that is given.
pub async fn list(
    source: &impl Source,
    filter: Filter,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Alert>, Error> {
    let mut find = Entity::find();
    if let Some(state) = filter.state {
        find = find.filter(Column::State.eq(state.as_str()));
    }
    if let Some(ticket) = filter.ticket {
        find = find.filter(Column::TicketId.eq(ticket.0));
    }
    let rows = newest(source, find, Column::Id, before, limit).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Open emergencies that are to be told again by now.
pub async fn to_repeat(source: &impl Source, now: DateTime<Utc>) -> Result<Vec<Alert>, Error> {
    let rows = Entity::find()
        .filter(Column::State.eq(State::Open.as_str()))
        .filter(Column::NextAt.lte(now))
        .order_by_asc(Column::NextAt)
        .limit(500)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Notes that it is told once more, as it was read. `false`: someone else tells it, or it is over.
pub async fn note_repeat(tx: &Tx, alert: &Alert, next_at: DateTime<Utc>) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::Repeats, Expr::col(Column::Repeats).add(1))
        .col_expr(Column::NextAt, Expr::value(next_at))
        .filter(Column::Id.eq(alert.id.0))
        .filter(Column::State.eq(State::Open.as_str()))
        .filter(Column::Repeats.eq(alert.repeats))
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Ends it by a decision. `false`: it is over already.
pub async fn decide(tx: &Tx, id: AlertId, decided: Decided) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Decided.as_str()))
        .col_expr(Column::Decision, Expr::value(decided.decision.as_str()))
        .col_expr(Column::Minutes, Expr::value(decided.minutes))
        .col_expr(
            Column::NextTechnicianId,
            Expr::value(decided.next.map(|next| next.0)),
        )
        .col_expr(Column::DecidedBy, Expr::value(decided.by.map(|by| by.0)))
        .col_expr(Column::DecidedAt, Expr::value(decided.at))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(State::Open.as_str()))
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Ends it because nobody needs to decide any more. `false`: it is over already.
pub async fn resolve(tx: &Tx, id: AlertId, why: Resolution, at: DateTime<Utc>) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Resolved.as_str()))
        .col_expr(Column::Resolution, Expr::value(why.as_str()))
        .col_expr(Column::ResolvedAt, Expr::value(at))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(State::Open.as_str()))
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}
