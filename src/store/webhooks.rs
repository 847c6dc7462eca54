//! What services posted, byte for byte: kept until it is handled, and a while longer.

use chrono::{DateTime, Utc};
use domain::ids::WebhookId;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set, Statement,
};

use crate::store::entity::webhook::{ActiveModel, Column, Entity, Model};
use crate::store::{Error, Source, Tx};

const WAITING: &str = "waiting";
const DONE: &str = "done";
/// Whoever leases bodies holds this lock of PostgreSQL meanwhile.
const LEASING: i64 = 0x7461_6e67_6761_7001;

/// One posted body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    pub id: WebhookId,
    /// In hexadecimal.
    pub sha256: String,
    pub bytes: Vec<u8>,
    pub received_at: DateTime<Utc>,
    /// How often it was leased, this time included.
    pub attempts: i32,
}

/// Keeps a body. `false`: the same one is kept already.
pub async fn keep(
    tx: &Tx,
    channel: &str,
    (sha256, bytes): (String, Vec<u8>),
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let row = ActiveModel {
        id: NotSet,
        channel: Set(channel.to_owned()),
        sha256: Set(sha256),
        body: Set(bytes),
        received_at: Set(at),
        state: Set(WAITING.to_owned()),
        attempts: Set(0),
        leased_until: Set(None),
    };
    let known = OnConflict::columns([Column::Channel, Column::Sha256])
        .do_nothing()
        .to_owned();
    let done = Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(done > 0)
}

/// Leases up to `limit` bodies until `until`, in the order in which they came. While somebody holds any of a
/// channel, nobody else gets one: bodies are handled in order.
pub async fn lease(
    tx: &Tx,
    channel: &str,
    limit: u64,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Body>, Error> {
    if tx.inner.get_database_backend() == DbBackend::Postgres {
        // SQLite has one writer. What follows sees what whoever held the lock has written.
        let lock = "SELECT pg_advisory_xact_lock($1)";
        let lock = Statement::from_sql_and_values(DbBackend::Postgres, lock, [LEASING.into()]);
        tx.inner.execute_raw(lock).await?;
    }
    let waiting = || {
        Entity::find()
            .filter(Column::Channel.eq(channel))
            .filter(Column::State.eq(WAITING))
    };
    if waiting()
        .filter(Column::LeasedUntil.gt(now))
        .count(&tx.inner)
        .await?
        > 0
    {
        return Ok(Vec::new());
    }
    let rows = waiting()
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(&tx.inner)
        .await?;
    Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(until))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(&tx.inner)
        .await?;
    Ok(rows.into_iter().map(body).collect())
}

/// Keeps leases for longer.
pub async fn extend(tx: &Tx, ids: &[WebhookId], until: DateTime<Utc>) -> Result<(), Error> {
    end(tx, ids, Some(until), WAITING).await
}

/// These are handled.
pub async fn done(tx: &Tx, ids: &[WebhookId]) -> Result<(), Error> {
    end(tx, ids, None, DONE).await
}

/// These are not handled: anyone may take them at once. Whoever gives them back has not died of them, so that the
/// attempt does not count.
pub async fn give_back(tx: &Tx, ids: &[WebhookId]) -> Result<(), Error> {
    if ids.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1))
        .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
        .filter(Column::State.eq(WAITING))
        .filter(Column::Attempts.gt(0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

async fn end(tx: &Tx, ids: &[WebhookId], until: Option<DateTime<Utc>>, state: &str) -> Result<(), Error> {
    if ids.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(until))
        .col_expr(Column::State, Expr::value(state))
        .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
        .filter(Column::State.eq(WAITING))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Ends every lease at once: only a process that is alone with its database may say so, when it starts.
pub async fn release_all(tx: &Tx) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::State.eq(WAITING))
        .filter(Column::LeasedUntil.is_not_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// How many bodies of a channel wait that came no later than this.
pub async fn waiting_since(source: &impl Source, channel: &str, at: DateTime<Utc>) -> Result<u64, Error> {
    Ok(Entity::find()
        .filter(Column::Channel.eq(channel))
        .filter(Column::State.eq(WAITING))
        .filter(Column::ReceivedAt.lte(at))
        .count(source.connection())
        .await?)
}

/// How many bodies wait.
pub async fn waiting(source: &impl Source) -> Result<u64, Error> {
    Ok(Entity::find()
        .filter(Column::State.eq(WAITING))
        .count(source.connection())
        .await?)
}

/// Forgets handled bodies older than this.
pub async fn forget(source: &impl Source, before: DateTime<Utc>) -> Result<u64, Error> {
    let done = Entity::delete_many()
        .filter(Column::ReceivedAt.lt(before))
        .filter(Column::State.eq(DONE))
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected)
}

fn body(row: Model) -> Body {
    Body {
        id: WebhookId(row.id),
        sha256: row.sha256,
        bytes: row.body,
        received_at: row.received_at,
        attempts: row.attempts.saturating_add(1),
    }
}

/// Empties handled bodies in which one of these names of a chat stands. That they were handled stays known.
pub async fn empty_of(tx: &Tx, channel: &str, names: &[String]) -> Result<(), Error> {
    let backend = tx.inner.get_database_backend();
    let holds = match backend {
        DbBackend::Postgres => "position(convert_to($3, 'UTF8') in body) > 0",
        _ => "instr(body, CAST($3 AS BLOB)) > 0",
    };
    let empty = match backend {
        DbBackend::Postgres => "''::bytea",
        _ => "x''",
    };
    let order = format!("UPDATE webhooks SET body = {empty} WHERE channel = $1 AND state = $2 AND {holds}");
    for name in names {
        let values = [channel.into(), DONE.into(), name.as_str().into()];
        let statement = Statement::from_sql_and_values(backend, &order, values);
        tx.inner.execute_raw(statement).await?;
    }
    Ok(())
}
