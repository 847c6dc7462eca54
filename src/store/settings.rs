//! What the office changed of the company's settings, a row for each section that was.

use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::store::{Error, Source, Tx};

/// What was changed in a section: whole keys and their values, as JSON.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Row {
    pub section: String,
    pub version: i64,
    pub given: String,
}

/// A number that grows with every change.
pub async fn stamp(source: &impl Source) -> Result<i64, Error> {
    let connection = source.connection();
    let read = Statement::from_string(
        connection.get_database_backend(),
        "SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) AS stamp FROM settings",
    );
    let row = connection.query_one_raw(read).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get("", "stamp"))?)
}

/// Every section that was changed, as of one moment.
pub async fn all(source: &impl Source) -> Result<Vec<Row>, Error> {
    let connection = source.connection();
    let read = Statement::from_string(
        connection.get_database_backend(),
        "SELECT section, version, given FROM settings",
    );
    Ok(Row::find_by_statement(read).all(connection).await?)
}

/// Writes a section over the version that was read (0: it had no row). `false`: someone else was first.
pub async fn save(tx: &Tx, section: &str, version: i64, given: String) -> Result<bool, Error> {
    let write = Statement::from_sql_and_values(
        tx.inner.get_database_backend(),
        "INSERT INTO settings (section, version, given) VALUES ($1, 1, $2) \
         ON CONFLICT (section) DO UPDATE SET version = settings.version + 1, given = excluded.given \
         WHERE settings.version = $3",
        [section.into(), given.into(), version.into()],
    );
    Ok(tx.inner.execute_raw(write).await?.rows_affected() > 0)
}
