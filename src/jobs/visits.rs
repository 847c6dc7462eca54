//! Goes on with check-ins that wait for nothing more, and reminds of visits that are due soon.

use crate::app::{App, conversation, visits};

pub(crate) async fn tick(app: &App) {
    if let Err(error) = conversation::wake(app).await {
        tracing::warn!(%error, "could not go on with conversations; trying again soon");
    }
    if let Err(error) = visits::remind(app).await {
        tracing::warn!(%error, "could not remind of visits; trying again soon");
    }
}
