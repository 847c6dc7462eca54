//! The name of this installation: made once, kept in its database, the same for all its processes.

use sea_orm::{ConnectionTrait, Statement};

use crate::store::{Error, Tx};

/// The installation's name; `fresh`, if it has none yet.
pub async fn name(tx: &Tx, fresh: &str) -> Result<String, Error> {
    let backend = tx.inner.get_database_backend();
    let claim = "INSERT INTO installation (id, name) VALUES (1, $1) ON CONFLICT (id) DO NOTHING";
    let claim = Statement::from_sql_and_values(backend, claim, [fresh.into()]);
    tx.inner.execute_raw(claim).await?;
    let read = Statement::from_string(backend, "SELECT name FROM installation WHERE id = 1");
    match tx.inner.query_one_raw(read).await? {
        Some(row) => Ok(row.try_get("", "name")?),
        None => Ok(fresh.to_owned()),
    }
}
