//! The fetcher's side: files that wait are leased, fetched outside any transaction, and settled.

use chrono::{DateTime, Utc};
use domain::document::State;
use domain::ids::DocumentId;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};

use crate::store::documents::Document;
use crate::store::entity::document::{Column, Entity, Model};
use crate::store::{Error, Source, Tx};

/// What is known of a file once it was looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it is called from now on; `None`: as before.
    pub filename: Option<String>,
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    pub sha256: String,
    pub perceptual: Option<i64>,
    /// Pixels; `None` for what is no picture.
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub flags: Vec<String>,
}

/// What became of a file that waited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    Ready(Known),
    /// Not what it should be: the reason's code.
    Refused(String),
    /// It cannot be fetched any more: the reason's code.
    Lost(String),
}

/// Leases up to `limit` files of a channel until `until`, the oldest first.
pub async fn lease(
    tx: &Tx,
    channel: &str,
    limit: u64,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Document>, Error> {
    let backend = tx.inner.get_database_backend();
    // SQLite has one writer: nobody else can hold these rows.
    let skip = if backend == DbBackend::Postgres {
        "FOR UPDATE SKIP LOCKED"
    } else {
        ""
    };
    let sql = format!(
        "UPDATE documents SET leased_until = $4, attempts = attempts + 1 WHERE id IN (\
         SELECT id FROM documents WHERE state = 'waiting' AND source IS NOT NULL AND channel = $1 \
         AND run_at <= $2 AND (leased_until IS NULL OR leased_until <= $2) \
         ORDER BY id LIMIT $3 {skip}) RETURNING *"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = [channel.into(), now.into(), limit.into(), until.into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let mut rows = Model::find_by_statement(statement).all(&tx.inner).await?;
    rows.sort_by_key(|row| row.id);
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Keeps a lease for longer.
pub async fn extend(tx: &Tx, id: DocumentId, until: DateTime<Utc>) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(until))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(State::Waiting.as_str()))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Ends a lease: the file is to be fetched at `at`. `counts`: this time it was tried and failed.
pub async fn put_off(
    tx: &Tx,
    id: DocumentId,
    at: DateTime<Utc>,
    error: Option<String>,
    counts: bool,
) -> Result<(), Error> {
    let given_back = i32::from(!counts);
    Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::RunAt, Expr::value(at))
        .col_expr(Column::Error, Expr::value(error))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(given_back))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(State::Waiting.as_str()))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Says what became of a file. `false`: it waits no more, someone else said it.
pub async fn settle(tx: &Tx, id: DocumentId, settled: Settled) -> Result<bool, Error> {
    let row = Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(State::Waiting.as_str()))
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>));
    let row = match settled {
        Settled::Ready(known) => row
            .col_expr(
                Column::Filename,
                match known.filename {
                    Some(name) => Expr::value(name),
                    None => Expr::col(Column::Filename),
                },
            )
            .col_expr(Column::State, Expr::value(State::Ready.as_str()))
            .col_expr(Column::Error, Expr::value(None::<String>))
            .col_expr(Column::MediaType, Expr::value(known.media_type))
            .col_expr(Column::Size, Expr::value(known.size))
            .col_expr(Column::Sha256, Expr::value(known.sha256))
            .col_expr(Column::Perceptual, Expr::value(known.perceptual))
            .col_expr(Column::Width, Expr::value(known.width))
            .col_expr(Column::Height, Expr::value(known.height))
            .col_expr(Column::Flags, Expr::value(written(&known.flags))),
        Settled::Refused(why) => row
            .col_expr(Column::State, Expr::value(State::Refused.as_str()))
            .col_expr(Column::Error, Expr::value(why)),
        Settled::Lost(why) => row
            .col_expr(Column::State, Expr::value(State::Lost.as_str()))
            .col_expr(Column::Error, Expr::value(why)),
    };
    Ok(row.exec(&tx.inner).await?.rows_affected > 0)
}

/// When the next file of a channel may be fetched; `None`: none waits.
pub async fn next_due(source: &impl Source, channel: &str) -> Result<Option<DateTime<Utc>>, Error> {
    let row = Entity::find()
        .select_only()
        .column(Column::RunAt)
        .column(Column::LeasedUntil)
        .filter(Column::State.eq(State::Waiting.as_str()))
        .filter(Column::Source.is_not_null())
        .filter(Column::Channel.eq(channel))
        .order_by_asc(Expr::cust(
            "CASE WHEN leased_until > run_at THEN leased_until ELSE run_at END",
        ))
        .limit(1)
        .into_tuple::<(DateTime<Utc>, Option<DateTime<Utc>>)>()
        .one(source.connection())
        .await?;
    Ok(row.map(|(run_at, leased)| leased.map_or(run_at, |until| Ord::max(until, run_at))))
}

/// How many files wait to be fetched.
pub async fn waiting(source: &impl Source) -> Result<u64, Error> {
    Ok(Entity::find()
        .filter(Column::State.eq(State::Waiting.as_str()))
        .count(source.connection())
        .await?)
}

/// Ends every lease at once: only a process that is alone with its database may say so, when it starts.
pub async fn release_all(tx: &Tx) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::State.eq(State::Waiting.as_str()))
        .filter(Column::LeasedUntil.is_not_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Flags as the table keeps them.
pub(crate) fn written(flags: &[String]) -> String {
    serde_json::to_string(flags).unwrap_or_else(|_| "[]".to_owned())
}
