//! Raises emergencies that are due, and tells again those that nobody has decided.

use crate::app::{App, alerts};

pub(crate) async fn tick(app: &App) {
    if let Err(error) = alerts::watch(app).await {
        tracing::warn!(%error, "could not look for emergencies; trying again soon");
    }
}
