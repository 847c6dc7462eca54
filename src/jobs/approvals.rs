//! Reminds of prices that wait too long for sales.

use crate::app::{App, approvals};

pub(crate) async fn tick(app: &App) {
    if let Err(error) = approvals::remind(app).await {
        tracing::warn!(%error, "could not remind of prices that wait; trying again soon");
    }
}
