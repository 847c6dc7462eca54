//! Whether this process can work.

use std::time::Duration;

use crate::app::{App, Error};
use crate::store;

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the database answers.
pub async fn is_database_there(app: &App) -> bool {
    matches!(tokio::time::timeout(PATIENCE, app.db.ping()).await, Ok(Ok(())))
}

/// How many migrations the database lacks.
pub async fn pending_migrations(app: &App) -> Result<usize, Error> {
    Ok(store::pending_migrations(app.config.database.url.expose()).await?)
}
