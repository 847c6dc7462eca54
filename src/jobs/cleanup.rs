//! Forgets, once an hour, what is past its time, and asks after what nobody has placed.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;

use crate::app::{App, customers, documents, retention, uploads};

/// How often.
const EVERY: TimeDelta = TimeDelta::hours(1);

/// How often the storage is looked through for bytes that nothing stands for.
const SWEEP: TimeDelta = TimeDelta::days(1);

/// How long is waited between two batches.
const PAUSE: Duration = Duration::from_secs(5);

/// Cleans up until told to stop: a batch at a time, in a role of its own, because a backlog or a large storage takes
/// minutes, and emergencies do not wait.
pub async fn run(app: App, stop: CancellationToken) {
    let mut cleanup = Cleanup::default();
    loop {
        if app.cluster.lead("cleanup").await {
            cleanup.tick(&app, &stop).await;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// When it was last done here.
#[derive(Debug, Default)]
struct Cleanup {
    last: Option<DateTime<Utc>>,
    /// When the storage was last swept.
    swept: Option<DateTime<Utc>>,
}

impl Cleanup {
    async fn tick(&mut self, app: &App, stop: &CancellationToken) {
        let now = app.now();
        if self.last.is_some_and(|last| now - last < EVERY) {
            return;
        }
        match documents::past_their_time(app).await {
            Ok(0) => {}
            // There may be more: in the next batch.
            Ok(_) => return,
            Err(error) => {
                tracing::warn!(%error, "photos and positions past their time could not be erased; trying again");
                return;
            }
        }
        match customers::finish(app).await {
            Ok(0) => {}
            Ok(_) => return,
            Err(error) => tracing::warn!(%error, "erasures could not be finished; trying again later"),
        }
        if self.swept.is_none_or(|swept| now - swept >= SWEEP) {
            match documents::sweep(app, || !stop.is_cancelled()).await {
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
            Ok(0) => self.last = Some(now),
            Ok(gone) => tracing::debug!(gone, "cleaned up"),
            Err(error) => tracing::warn!(%error, "could not clean up; trying again soon"),
        }
    }
}
