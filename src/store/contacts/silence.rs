//! Who asked for silence, remembered beyond erasure: by marks of their names, not by the names.

use sea_orm::{ConnectionTrait, Statement};
use sha2::{Digest, Sha256};

use crate::store::contacts::Kind;
use crate::store::{Error, Source, Tx};

/// Remembers that whoever has this name wants silence, or (`silent` is false) that he does not.
pub async fn remember(tx: &Tx, kind: Kind, value: &str, silent: bool) -> Result<(), Error> {
    let mark = mark(tx, kind, value).await?;
    let sql = if silent {
        "INSERT INTO silenced (mark) VALUES ($1) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM silenced WHERE mark = $1"
    };
    let statement = Statement::from_sql_and_values(tx.inner.get_database_backend(), sql, [mark.into()]);
    tx.inner.execute_raw(statement).await?;
    Ok(())
}

/// Whether whoever has this name wanted silence when he was erased.
pub async fn is_remembered(source: &impl Source, kind: Kind, value: &str) -> Result<bool, Error> {
    let connection = source.connection();
    let mark = mark(source, kind, value).await?;
    let sql = "SELECT 1 FROM silenced WHERE mark = $1";
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, [mark.into()]);
    Ok(connection.query_one_raw(statement).await?.is_some())
}

/// The same name in another installation has another mark.
async fn mark(source: &impl Source, kind: Kind, value: &str) -> Result<String, Error> {
    let connection = source.connection();
    let read = Statement::from_string(
        connection.get_database_backend(),
        "SELECT name FROM installation WHERE id = 1",
    );
    let row = connection.query_one_raw(read).await?;
    let own: String = row
        .map(|row| row.try_get("", "name"))
        .transpose()?
        .unwrap_or_default();
    let marked = format!("{own}\u{0}{}\u{0}{value}", kind.as_str());
    Ok(format!("{:x}", Sha256::digest(marked.as_bytes())))
}
