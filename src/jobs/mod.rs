//! Work on a clock, done by whichever process leads. Every job may run twice: it only looks again.

mod alerts;
mod approvals;
mod billing;
mod cleanup;
pub mod settings;
mod visits;

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::app::App;

/// How often the clock is looked at: someone may wait for what is due.
const TICK: Duration = Duration::from_secs(5);

/// Runs what is due until told to stop.
pub async fn run(app: App, stop: CancellationToken) {
    let mut billing = billing::Billing::default();
    let mut cleanup = cleanup::Cleanup::default();
    loop {
        if app.cluster.lead("jobs").await {
            visits::tick(&app).await;
            approvals::tick(&app).await;
            billing.tick(&app).await;
            alerts::tick(&app).await;
            cleanup.tick(&app).await;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(TICK) => {}
        }
    }
}
