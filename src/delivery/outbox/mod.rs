//! The sending worker: leases a little ahead, sends at the service's pace, records what became of it.

mod desk;
mod enclosure;
mod post;
mod worker;

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::app::conversation::App;
use crate::delivery::letter::Courier;
use crate::delivery::outbox::worker::Worker;

/// How long a stopping worker waits for what is under way.
const FAREWELL: Duration = Duration::from_secs(8);

/// Sends what waits in the outbox until `shutdown`; then finishes what is under way, for at most eight
/// seconds, and gives the rest back. Any number of processes may run it side by side.
pub async fn run<C: Courier>(app: App, courier: C, shutdown: CancellationToken) {
    Worker::new(app, &courier).run(shutdown).await;
}
