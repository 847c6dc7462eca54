//! Channels that take nothing until somebody mends them.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Statement};

use crate::store::{Error, Source, Tx};

/// Since when a channel takes nothing, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    pub since: DateTime<Utc>,
    /// A stable code.
    pub why: String,
    /// In the service's words.
    pub details: String,
    /// When it was last tried since then.
    pub probed_at: Option<DateTime<Utc>>,
}

/// Whether a channel has stopped.
pub async fn stopped(source: &impl Source, channel: &str) -> Result<Option<Stopped>, Error> {
    let connection = source.connection();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "SELECT stopped_at, why, details, probed_at FROM channels WHERE channel = $1 AND stopped_at IS NOT NULL",
        [channel.into()],
    );
    let Some(row) = connection.query_one_raw(statement).await? else {
        return Ok(None);
    };
    let text = |name: &str| row.try_get::<Option<String>>("", name);
    Ok(Some(Stopped {
        since: row.try_get("", "stopped_at")?,
        why: text("why")?.unwrap_or_default(),
        details: text("details")?.unwrap_or_default(),
        probed_at: row.try_get("", "probed_at")?,
    }))
}

/// Notes that a channel takes nothing. `false`: that was known.
pub async fn stop(tx: &Tx, channel: &str, stopped: Stopped) -> Result<bool, Error> {
    let statement = Statement::from_sql_and_values(
        tx.inner.get_database_backend(),
        "INSERT INTO channels (channel, stopped_at, why, details, probed_at) VALUES ($1, $2, $3, $4, $2) \
         ON CONFLICT (channel) DO UPDATE SET stopped_at = excluded.stopped_at, why = excluded.why, \
         details = excluded.details, probed_at = excluded.probed_at WHERE channels.stopped_at IS NULL",
        [
            channel.into(),
            stopped.since.into(),
            stopped.why.into(),
            stopped.details.into(),
        ],
    );
    Ok(tx.inner.execute_raw(statement).await?.rows_affected() > 0)
}

/// Notes that a channel takes messages again. `false`: it had not stopped before then.
pub async fn resume(tx: &Tx, channel: &str, before: DateTime<Utc>) -> Result<bool, Error> {
    let statement = Statement::from_sql_and_values(
        tx.inner.get_database_backend(),
        "UPDATE channels SET stopped_at = NULL WHERE channel = $1 AND stopped_at < $2",
        [channel.into(), before.into()],
    );
    Ok(tx.inner.execute_raw(statement).await?.rows_affected() > 0)
}

/// Notes that a channel that has stopped is tried now, if nobody has tried it since `before`. `false`: somebody has,
/// or it goes on.
pub async fn probe(tx: &Tx, channel: &str, before: DateTime<Utc>, at: DateTime<Utc>) -> Result<bool, Error> {
    let statement = Statement::from_sql_and_values(
        tx.inner.get_database_backend(),
        "UPDATE channels SET probed_at = $3 WHERE channel = $1 AND stopped_at IS NOT NULL \
         AND (probed_at IS NULL OR probed_at <= $2)",
        [channel.into(), before.into(), at.into()],
    );
    Ok(tx.inner.execute_raw(statement).await?.rows_affected() > 0)
}

/// Somebody says that a channel is mended: it may be tried at once.
pub async fn try_now(tx: &Tx, channel: &str) -> Result<(), Error> {
    let statement = Statement::from_sql_and_values(
        tx.inner.get_database_backend(),
        "UPDATE channels SET probed_at = NULL WHERE channel = $1",
        [channel.into()],
    );
    tx.inner.execute_raw(statement).await?;
    Ok(())
}
