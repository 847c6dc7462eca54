//! The databases that stories run on, a fresh one for each.

use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database, Statement};
use tanggap::config::Config;
use tanggap::config::database::DatabaseUrl;
use tanggap::config::storage::StorageUrl;
use tempfile::TempDir;

/// Where a story's data is.
#[derive(Debug, Clone)]
pub(crate) enum Backend {
    /// A file, and everything in one process.
    Sqlite,
    /// A PostgreSQL server and a Redis.
    Postgres { postgres: String, redis: String },
}

static SAID: Once = Once::new();
static COUNT: AtomicU32 = AtomicU32::new(0);

impl Backend {
    /// Every backend there is. What is missing is said once; with `E2E=required` it is a failure.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = vec![Self::Sqlite];
        match Self::servers() {
            Some(servers) => all.push(servers),
            None => {
                assert!(
                    variable("E2E").as_deref() != Some("required"),
                    "PostgreSQL and Redis are required"
                );
                SAID.call_once(|| {
                    eprintln!("LEFT OUT: PostgreSQL with Redis; ./tests/run runs every story on them too");
                });
            }
        }
        all
    }

    /// PostgreSQL and Redis, if the environment names them.
    pub(crate) fn servers() -> Option<Self> {
        let postgres = variable("TANGGAP_TEST_POSTGRES_URL")?;
        let redis = variable("TANGGAP_TEST_REDIS_URL")?;
        Some(Self::Postgres { postgres, redis })
    }

    /// `RUST_LOG` asks for the product's log beside the story's.
    pub(crate) fn wants_logs() -> bool {
        variable("RUST_LOG").is_some()
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite)
    }

    /// Makes an empty database and writes its address into the configuration.
    pub(crate) async fn prepare(&self, config: &mut Config, folder: &TempDir) {
        config.storage.url = StorageUrl::Folder(folder.path().join("files"));
        match self {
            Self::Sqlite => {
                let file = folder.path().join("tanggap.db");
                config.database.url =
                    DatabaseUrl::Sqlite(format!("sqlite://{}?mode=rwc", file.display()).into());
            }
            Self::Postgres { postgres, redis } => {
                let name = format!(
                    "story_{}_{}",
                    std::process::id(),
                    COUNT.fetch_add(1, Ordering::Relaxed)
                );
                let server = Database::connect(postgres)
                    .await
                    .expect("the test server answers");
                server
                    .execute_unprepared(&format!("CREATE DATABASE {name}"))
                    .await
                    .expect("a new database");
                server.close().await.expect("closed");
                let (address, _) = postgres.rsplit_once('/').expect("the address names a database");
                let url = format!("{address}/{name}");
                tanggap::store::migrate(&url).await.expect("migrated");
                config.database.url = DatabaseUrl::Postgres(url.into());
                config.database.max_connections = 8;
                config.redis.url = Some(redis.clone().into());
            }
        }
    }
}

/// Tells a database something that the product never would.
pub(crate) async fn order(url: &str, statement: &str) {
    let aside = Database::connect(url).await.expect("one more connection");
    aside.execute_unprepared(statement).await.expect("done");
    aside.close().await.expect("closed");
}

/// What a database answers to a question for one number.
pub(crate) async fn number(url: &str, question: &str) -> i64 {
    let aside = Database::connect(url).await.expect("one more connection");
    let row = aside
        .query_one_raw(Statement::from_string(aside.get_database_backend(), question))
        .await;
    let number = row
        .expect("asked")
        .expect("a row")
        .try_get_by_index(0)
        .expect("a number");
    aside.close().await.expect("closed");
    number
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test servers are named by the environment"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
