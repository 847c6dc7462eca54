//! Numbers without gaps: given out in the transaction that uses them, so that a rollback gives them back.

use sea_orm::{ConnectionTrait, Statement};

use crate::store::{Error, Source, Tx};

/// Which numbers: a kind of paper, a year and a month. Month 0: the series runs through the year.
#[derive(Debug, Clone, Copy)]
pub struct Series {
    pub kind: &'static str,
    pub year: i32,
    pub month: i32,
}

impl Series {
    fn values(self) -> [sea_orm::Value; 3] {
        [self.kind.into(), self.year.into(), self.month.into()]
    }
}

/// The next number of a series. Whoever asks at the same moment waits until this transaction has ended.
pub async fn next(tx: &Tx, series: Series) -> Result<i64, Error> {
    let statement = Statement::from_sql_and_values(
        tx.inner.get_database_backend(),
        "INSERT INTO number_series (kind, year, month, last) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (kind, year, month) DO UPDATE SET last = number_series.last + 1 RETURNING last",
        series.values(),
    );
    let row = tx.inner.query_one_raw(statement).await?;
    let row = row.ok_or_else(|| Error::Unreadable {
        what: "number series",
        value: series.kind.to_owned(),
    })?;
    Ok(row.try_get_by_index(0)?)
}

/// The number that a series would give out next; by the time it is asked for, another may have it.
pub async fn coming(source: &impl Source, series: Series) -> Result<i64, Error> {
    let db = source.connection();
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        "SELECT last FROM number_series WHERE kind = $1 AND year = $2 AND month = $3",
        series.values(),
    );
    let last: i64 = match db.query_one_raw(statement).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => 0,
    };
    Ok(last + 1)
}

/// Takes that number of a series, if it is the next one. `false`: another has it.
pub async fn take(tx: &Tx, series: Series, number: i64) -> Result<bool, Error> {
    let sql = if number == 1 {
        "INSERT INTO number_series (kind, year, month, last) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (kind, year, month) DO NOTHING"
    } else {
        "UPDATE number_series SET last = $4 WHERE kind = $1 AND year = $2 AND month = $3 AND last = $4 - 1"
    };
    let [kind, year, month] = series.values();
    let statement = Statement::from_sql_and_values(
        tx.inner.get_database_backend(),
        sql,
        [kind, year, month, number.into()],
    );
    Ok(tx.inner.execute_raw(statement).await?.rows_affected() == 1)
}
