//! Forgets, once an hour, what is past its time, and asks after what nobody has placed.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::{App, documents, retention, uploads};

/// How often.
const EVERY: TimeDelta = TimeDelta::hours(1);

/// How often the storage is looked through for bytes that nothing stands for.
const SWEEP: TimeDelta = TimeDelta::days(1);

/// When it was last done here.
#[derive(Debug, Default)]
pub(crate) struct Cleanup {
    last: Option<DateTime<Utc>>,
    /// When the storage was last swept.
    swept: Option<DateTime<Utc>>,
}

impl Cleanup {
    pub(crate) async fn tick(&mut self, app: &App) {
        let now = app.now();
        if self.last.is_some_and(|last| now - last < EVERY) {
            return;
        }
        if let Err(error) = documents::past_their_time(app).await {
            tracing::warn!(%error, "photos and positions past their time could not be erased; trying again");
            return;
        }
        if self.swept.is_none_or(|swept| now - swept >= SWEEP) {
            match documents::sweep(app).await {
                Ok(gone) => {
                    self.swept = Some(now);
                    tracing::debug!(gone, "the storage was swept");
                }
                Err(error) => tracing::warn!(%error, "the storage could not be swept; trying again later"),
            }
        }
        if let Err(error) = uploads::ask_again(app).await {
            tracing::warn!(%error, "photos without a job could not be asked after; trying again later");
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
