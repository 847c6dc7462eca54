//! Opening the database: pools, SQLite's settings, migrations.

use std::time::Duration;

use migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::{SqliteAutoVacuum, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};

use crate::store::writer::{Writer, writer};
use crate::store::{Db, Error};

/// SQLite's readers; they never wait for the writer (WAL).
const SQLITE_READERS: u32 = 4;

/// Opens the database at `url` (`sqlite://…` or `postgres://…`), with this many connections to PostgreSQL.
/// On SQLite there is a writer to drive.
pub async fn open(url: &str, connections: u32) -> Result<(Db, Option<Writer>), Error> {
    if url.starts_with("sqlite:") {
        let pool = Database::connect(sqlite(url, SQLITE_READERS)).await?;
        let (jobs, writer) = writer(Database::connect(sqlite(url, 1)).await?);
        return Ok((
            Db {
                pool,
                jobs: Some(jobs),
            },
            Some(writer),
        ));
    }
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .connect_timeout(Duration::from_secs(5))
        .acquire_timeout(Duration::from_secs(5))
        .statement_timeout(Duration::from_secs(20))
        .set_application_name("tanggap")
        .test_before_acquire_if_idle_for(Duration::from_secs(10))
        .sqlx_logging(false);
    Ok((
        Db {
            pool: Database::connect(options).await?,
            jobs: None,
        },
        None,
    ))
}

/// Applies what is pending.
pub async fn migrate(url: &str) -> Result<(), Error> {
    let connection = single(url).await?;
    Migrator::up(&connection, None).await?;
    connection.close().await?;
    Ok(())
}

/// How many migrations this database lacks.
pub async fn pending_migrations(url: &str) -> Result<usize, Error> {
    let connection = single(url).await?;
    let pending = Migrator::get_pending_migrations(&connection).await?.len();
    connection.close().await?;
    Ok(pending)
}

async fn single(url: &str) -> Result<DatabaseConnection, Error> {
    if url.starts_with("sqlite:") {
        return Ok(Database::connect(sqlite(url, 1)).await?);
    }
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .connect_timeout(Duration::from_secs(5))
        .sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

fn sqlite(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // A claim that was told must survive a power loss.
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(5))
                .foreign_keys(true)
                .auto_vacuum(SqliteAutoVacuum::None)
                .statement_cache_capacity(256)
        });
    options
}
