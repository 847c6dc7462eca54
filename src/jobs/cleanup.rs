//! Forgets, once an hour, what is past its time.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::{App, retention};

/// How often.
const EVERY: TimeDelta = TimeDelta::hours(1);

/// When it was last done here.
#[derive(Debug, Default)]
pub(crate) struct Cleanup {
    last: Option<DateTime<Utc>>,
}

impl Cleanup {
    pub(crate) async fn tick(&mut self, app: &App) {
        let now = app.now();
        if self.last.is_some_and(|last| now - last < EVERY) {
            return;
        }
        match retention::forget(app).await {
            Ok(gone) => {
                self.last = Some(now);
                tracing::debug!(gone, "cleaned up");
            }
            Err(error) => tracing::warn!(%error, "could not clean up; trying again in a minute"),
        }
    }
}
