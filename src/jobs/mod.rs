//! Work on a clock, done by whichever process leads. Every job may run twice: it only looks again.

mod cleanup;

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::app::App;

/// How often the clock is looked at.
const TICK: Duration = Duration::from_mins(1);

/// Runs what is due until told to stop.
pub async fn run(app: App, stop: CancellationToken) {
    let mut cleanup = cleanup::Cleanup::default();
    loop {
        if app.cluster.lead("jobs").await {
            cleanup.tick(&app).await;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(TICK) => {}
        }
    }
}
