//! Work on a clock, done by whichever process leads. Every job may run twice: it only looks again.

mod alerts;
mod approvals;
mod billing;
pub mod cleanup;
pub mod settings;
mod visits;

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::app::App;

/// How often the clock is looked at: someone may wait for what is due.
const TICK: Duration = Duration::from_secs(5);

/// Runs what is due until told to stop. What takes long is a role of its own: people wait for the rest.
pub async fn run(app: App, stop: CancellationToken) {
    let mut billing = billing::Billing::default();
    loop {
        if app.cluster.lead("jobs").await {
            visits::tick(&app).await;
            alerts::tick(&app).await;
            approvals::tick(&app).await;
            billing.tick(&app).await;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(TICK) => {}
        }
    }
}
