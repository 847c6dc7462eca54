//! Places taken on a date. The tables' checks are the guard; what is read here is for showing.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::ids::UserId;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};

use crate::store::{Error, Source};

/// Takes one place of a technician's date, under the quota in force. `Error::Check`: none is free.
pub async fn take_own(source: &impl Source, user: UserId, date: NaiveDate, quota: i32) -> Result<(), Error> {
    run(
        source,
        "INSERT INTO technician_days (user_id, date, used, quota) VALUES ($1, $2, 1, $3) \
         ON CONFLICT (user_id, date) DO UPDATE SET used = technician_days.used + 1, quota = excluded.quota",
        [user.0.into(), date.into(), quota.into()],
    )
    .await
}

/// Gives one place of a technician's date back.
pub async fn free_own(source: &impl Source, user: UserId, date: NaiveDate) -> Result<(), Error> {
    run(
        source,
        "UPDATE technician_days SET used = used - 1 WHERE user_id = $1 AND date = $2 AND used > 0",
        [user.0.into(), date.into()],
    )
    .await
}

/// Locks these technicians' counters of a date, in one order for everyone. SQLite has one writer and no locks.
pub async fn lock_own(source: &impl Source, users: &[UserId], date: NaiveDate) -> Result<(), Error> {
    let connection = source.connection();
    if connection.get_database_backend() == DbBackend::Sqlite {
        return Ok(());
    }
    let ids: Vec<String> = users.iter().map(ToString::to_string).collect();
    // Ids are numbers of our own: there is nothing to escape.
    let sql = format!(
        "SELECT 1 FROM technician_days WHERE date = $1 AND user_id IN ({}) ORDER BY user_id FOR UPDATE",
        ids.join(", ")
    );
    run(source, &sql, [date.into()]).await
}

/// Takes one place of the company's date, under the capacity in force. `Error::Check`: none is free.
pub async fn take_company(source: &impl Source, date: NaiveDate, capacity: i32) -> Result<(), Error> {
    run(
        source,
        "INSERT INTO company_days (date, used, capacity) VALUES ($1, 1, $2) \
         ON CONFLICT (date) DO UPDATE SET used = company_days.used + 1, capacity = excluded.capacity",
        [date.into(), capacity.into()],
    )
    .await
}

/// Gives one place of the company's date back.
pub async fn free_company(source: &impl Source, date: NaiveDate) -> Result<(), Error> {
    run(
        source,
        "UPDATE company_days SET used = used - 1 WHERE date = $1 AND used > 0",
        [date.into()],
    )
    .await
}

/// Places the company has taken on each of these dates that has any.
pub async fn company_used(
    source: &impl Source,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<HashMap<NaiveDate, i32>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        date: NaiveDate,
        used: i32,
    }
    let connection = source.connection();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "SELECT date, used FROM company_days WHERE date >= $1 AND date <= $2",
        [from.into(), to.into()],
    );
    let rows = Row::find_by_statement(statement).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.date, row.used)).collect())
}

/// Places each technician has taken on a date.
pub async fn own_used(source: &impl Source, date: NaiveDate) -> Result<HashMap<i64, i32>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        user_id: i64,
        used: i32,
    }
    let connection = source.connection();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "SELECT user_id, used FROM technician_days WHERE date = $1",
        [date.into()],
    );
    let rows = Row::find_by_statement(statement).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.user_id, row.used)).collect())
}

async fn run<const N: usize>(source: &impl Source, sql: &str, values: [Value; N]) -> Result<(), Error> {
    let connection = source.connection();
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    connection.execute_raw(statement).await?;
    Ok(())
}
