//! Databases of one run: a fresh one of the PostgreSQL that `tests/servers` lent, or a SQLite file.

use sea_orm::sqlx::{self, AssertSqlSafe, Connection, PgConnection};
use std::path::Path;

/// A database of its own, empty at first.
pub(crate) struct Database {
    pub(crate) url: String,
    /// PostgreSQL's own address and the database's name there; none for SQLite.
    lent: Option<(String, String)>,
}

/// Where PostgreSQL is, if it was lent.
#[expect(clippy::disallowed_methods, reason = "how tests/servers tells its commands")]
pub(crate) fn postgres_lent() -> Option<String> {
    std::env::var("TANGGAP_TEST_POSTGRES_URL")
        .ok()
        .filter(|url| !url.is_empty())
}

impl Database {
    /// A file `name.db` in `folder`.
    pub(crate) fn sqlite(folder: &Path, name: &str) -> Self {
        Self {
            url: format!("sqlite://{}/{name}.db?mode=rwc", folder.display()),
            lent: None,
        }
    }

    /// A new database on the PostgreSQL at `server`.
    pub(crate) async fn postgres(server: &str, name: &str) -> Self {
        let name = format!("{name}_{}", std::process::id());
        order(server, &format!("CREATE DATABASE {name}")).await;
        let (host, _) = server.rsplit_once('/').expect("an address ends with a database");
        Self {
            url: format!("{host}/{name}"),
            lent: Some((server.to_owned(), name)),
        }
    }

    /// Drops it, whoever is still connected.
    pub(crate) async fn remove(self) {
        if let Some((server, name)) = self.lent {
            order(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn order(server: &str, statement: &str) {
    let mut connection = PgConnection::connect(server)
        .await
        .expect("the PostgreSQL that was lent");
    sqlx::query(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .expect("done");
    connection.close().await.expect("closed");
}
