//! What a database says when it says no.

use sea_orm::sqlx::error::ErrorKind;
use sea_orm::{DbErr, RuntimeErr};

/// Why a query did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A unique key has that value already.
    #[error("the value is taken")]
    Taken(#[source] DbErr),
    /// A check constraint, which is where quotas are guarded.
    #[error("a check constraint refused it")]
    Check(#[source] DbErr),
    /// The database cannot be reached, or is too busy to answer in time. Trying again later may help.
    #[error("the database is not there")]
    Unavailable(#[source] DbErr),
    /// A defect: the query, or what is stored, makes no sense.
    #[error("the database query failed")]
    Broken(#[source] DbErr),
    /// What is stored cannot be read.
    #[error("stored {what} cannot be read: {value}")]
    Unreadable { what: &'static str, value: String },
    /// The writer is gone: the process is stopping.
    #[error("the database writer has stopped")]
    Stopped,
    /// The work in the transaction panicked; it was rolled back.
    #[error("the work in the transaction panicked")]
    Panicked,
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        let runtime = match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => return Self::Unavailable(error),
            DbErr::Exec(RuntimeErr::SqlxError(e)) | DbErr::Query(RuntimeErr::SqlxError(e)) => e.clone(),
            _ => return Self::Broken(error),
        };
        match runtime.as_database_error() {
            Some(database) => match database.kind() {
                ErrorKind::UniqueViolation => Self::Taken(error),
                ErrorKind::CheckViolation => Self::Check(error),
                _ if transient(database.code().as_deref()) => Self::Unavailable(error),
                _ => Self::Broken(error),
            },
            // No word from the database itself: the connection broke, or none was free in time.
            None => match runtime.as_ref() {
                sea_orm::sqlx::Error::Io(_)
                | sea_orm::sqlx::Error::Tls(_)
                | sea_orm::sqlx::Error::Protocol(_)
                | sea_orm::sqlx::Error::PoolTimedOut
                | sea_orm::sqlx::Error::PoolClosed
                | sea_orm::sqlx::Error::WorkerCrashed => Self::Unavailable(error),
                _ => Self::Broken(error),
            },
        }
    }
}

/// PostgreSQL's classes 08 (connection), 40 (rollback), 53 (resources), 57 (operator intervention);
/// SQLite's BUSY (5), LOCKED (6), IOERR (10), FULL (13), CANTOPEN (14).
fn transient(code: Option<&str>) -> bool {
    let Some(code) = code else { return false };
    match code.len() {
        // SQLite's codes are never that long.
        // A malformed statement is a defect, though its class is that of broken connections.
        5 if code == "08P01" => false,
        5 => code
            .get(..2)
            .is_some_and(|class| ["08", "40", "53", "57"].contains(&class)),
        _ => code
            .parse::<u32>()
            .is_ok_and(|c| [5, 6, 10, 13, 14].contains(&(c & 0xff))),
    }
}
