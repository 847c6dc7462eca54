//! Inputs that were handled, once each, and those kept aside for a person to see.

use chrono::{DateTime, Utc};
use domain::ids::InboxId;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::store::entity::inbox::{ActiveModel, Column, Entity};
use crate::store::page::newest;
use crate::store::{Error, Source};

/// What became of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Done, with everything that it caused.
    Handled,
    /// Kept aside: it broke a handler, or could not be read.
    Held,
    /// To be tried again.
    Retry,
    /// A person decided that nothing is to be done.
    Discarded,
}

impl State {
    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Handled => "handled",
            Self::Held => "held",
            Self::Retry => "retry",
            Self::Discarded => "discarded",
        }
    }
}

/// An input that was kept aside.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: InboxId,
    pub channel: String,
    pub external_id: String,
    pub received_at: DateTime<Utc>,
    pub state: String,
    pub payload: Option<String>,
    pub error: Option<String>,
    pub attempts: i32,
}

/// Notes that an input is handled in this transaction. `false`: it already was, and nothing may happen.
pub async fn once(
    source: &impl Source,
    channel: &str,
    external_id: &str,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let row = ActiveModel {
        id: NotSet,
        channel: Set(channel.to_owned()),
        external_id: Set(external_id.to_owned()),
        received_at: Set(at),
        state: Set(State::Handled.as_str().to_owned()),
        payload: Set(None),
        error: Set(None),
        attempts: Set(1),
    };
    // A kept input that is tried again takes its own row over; a handled one stands.
    let kept = OnConflict::columns([Column::Channel, Column::ExternalId])
        .update_column(Column::State)
        .value(Column::Payload, Expr::value(None::<String>))
        .value(Column::Attempts, Expr::col((Entity, Column::Attempts)).add(1))
        .action_and_where(Expr::col((Entity, Column::State)).eq(State::Retry.as_str()))
        .to_owned();
    let done = Entity::insert(row)
        .on_conflict(kept)
        .exec_without_returning(source.connection())
        .await?;
    Ok(done > 0)
}

/// Whether an input was handled.
pub async fn is_handled(source: &impl Source, channel: &str, external_id: &str) -> Result<bool, Error> {
    let row = Entity::find()
        .filter(Column::Channel.eq(channel))
        .filter(Column::ExternalId.eq(external_id))
        .filter(Column::State.eq(State::Handled.as_str()))
        .one(source.connection())
        .await?;
    Ok(row.is_some())
}

/// Keeps an input aside with what went wrong. `true`: it was not kept or handled before.
pub async fn hold(
    source: &impl Source,
    channel: &str,
    external_id: &str,
    payload: String,
    error: String,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let row = ActiveModel {
        id: NotSet,
        channel: Set(channel.to_owned()),
        external_id: Set(external_id.to_owned()),
        received_at: Set(at),
        state: Set(State::Held.as_str().to_owned()),
        payload: Set(Some(payload)),
        error: Set(Some(error)),
        attempts: Set(1),
    };
    let again = OnConflict::columns([Column::Channel, Column::ExternalId])
        .update_columns([Column::State, Column::Error])
        .value(Column::Attempts, Expr::col((Entity, Column::Attempts)).add(1))
        .action_and_where(Expr::col((Entity, Column::State)).eq(State::Retry.as_str()))
        .to_owned();
    Ok(Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(source.connection())
        .await?
        > 0)
}

/// A page of inputs that were kept aside, newest first.
pub async fn kept(
    source: &impl Source,
    state: Option<&str>,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Kept>, Error> {
    let mut find = Entity::find().filter(Column::Error.is_not_null());
    if let Some(state) = state {
        // Waiting for its next try, an input is still held.
        let waits = (state == State::Held.as_str()).then(|| State::Retry.as_str());
        find = find.filter(Column::State.is_in([Some(state), waits].into_iter().flatten()));
    }
    let rows = newest(source, find, Column::Id, before, limit).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// One input that was kept aside.
pub async fn kept_by_id(source: &impl Source, id: InboxId) -> Result<Option<Kept>, Error> {
    let row = Entity::find_by_id(id.0)
        .filter(Column::Error.is_not_null())
        .one(source.connection())
        .await?;
    Ok(row.map(Into::into))
}

/// How many inputs wait for a person.
pub async fn held_count(source: &impl Source) -> Result<u64, Error> {
    Ok(Entity::find()
        .filter(Column::State.eq(State::Held.as_str()))
        .filter(Column::Error.is_not_null())
        .count(source.connection())
        .await?)
}

/// Moves a kept input from one state to another. `false`: it was no longer there.
pub async fn move_kept(source: &impl Source, id: InboxId, from: State, to: State) -> Result<bool, Error> {
    let mut moved = Entity::update_many().col_expr(Column::State, Expr::value(to.as_str()));
    if to == State::Discarded {
        // Nobody will want it again, and it may hold a place or a phone.
        moved = moved.col_expr(Column::Payload, Expr::value(None::<String>));
    }
    let done = moved
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(from.as_str()))
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Inputs to be tried again, oldest first.
pub async fn to_retry(source: &impl Source, channel: &str, limit: u64) -> Result<Vec<Kept>, Error> {
    let rows = Entity::find()
        .filter(Column::Error.is_not_null())
        .filter(Column::Channel.eq(channel))
        .filter(Column::State.eq(State::Retry.as_str()))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Discards inputs that were kept aside before then, with what they said. Answers how many.
pub async fn discard(source: &impl Source, before: DateTime<Utc>) -> Result<u64, Error> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Discarded.as_str()))
        .col_expr(Column::Payload, Expr::value(None::<String>))
        .filter(Column::State.eq(State::Held.as_str()))
        .filter(Column::ReceivedAt.lt(before))
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected)
}

/// Discards inputs of a channel that were kept aside and name any of these, with what they said.
pub async fn discard_of(source: &impl Source, channel: &str, names: &[String]) -> Result<(), Error> {
    let held = Entity::find()
        .filter(Column::Channel.eq(channel))
        .filter(Column::State.is_in([State::Held.as_str(), State::Retry.as_str()]))
        .filter(Column::Payload.is_not_null())
        .all(source.connection())
        .await?;
    let is_of = |payload: &str| names.iter().any(|name| payload.contains(name.as_str()));
    for row in held {
        let Some(from) = [State::Held, State::Retry]
            .into_iter()
            .find(|state| state.as_str() == row.state)
        else {
            continue;
        };
        if row.payload.as_deref().is_some_and(is_of) {
            move_kept(source, InboxId(row.id), from, State::Discarded).await?;
        }
    }
    Ok(())
}

/// Forgets handled inputs older than this; what was kept aside stays.
pub async fn forget(source: &impl Source, before: DateTime<Utc>) -> Result<u64, Error> {
    let done = Entity::delete_many()
        .filter(Column::ReceivedAt.lt(before))
        .filter(Column::Error.is_null())
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected)
}

impl From<crate::store::entity::inbox::Model> for Kept {
    fn from(row: crate::store::entity::inbox::Model) -> Self {
        Self {
            id: InboxId(row.id),
            channel: row.channel,
            external_id: row.external_id,
            received_at: row.received_at,
            state: row.state,
            payload: row.payload,
            error: row.error,
            attempts: row.attempts,
        }
    }
}
