//! Numbers without gaps: given out in the transaction that uses them, so that a rollback gives them back.

use sea_orm::{ConnectionTrait, Statement};

use crate::store::{Error, Tx};

/// The next number of a series. Whoever asks at the same moment waits until this transaction has ended.
/// `month` 0: the series runs through the year.
pub async fn next_serial(tx: &Tx, kind: &str, year: i32, month: i32) -> Result<i64, Error> {
    let statement = Statement::from_sql_and_values(
        tx.inner.get_database_backend(),
        "INSERT INTO number_series (kind, year, month, last) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (kind, year, month) DO UPDATE SET last = number_series.last + 1 RETURNING last",
        [kind.into(), year.into(), month.into()],
    );
    let row = tx.inner.query_one_raw(statement).await?;
    let row = row.ok_or_else(|| Error::Unreadable {
        what: "number series",
        value: kind.to_owned(),
    })?;
    Ok(row.try_get_by_index(0)?)
}
