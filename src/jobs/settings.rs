//! Keeps this process's settings those that hold, whichever process changed them.

use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use crate::app::{App, settings};
use crate::cluster::Change;

/// How long a change is missed at most, when its hint is lost.
const LOOK: Duration = Duration::from_secs(2);

/// Follows the settings until told to stop, in every process.
pub async fn follow(app: App, stop: CancellationToken) {
    let mut changes = app.cluster.watch();
    loop {
        let read = tokio::select! {
            () = stop.cancelled() => return,
            read = settings::refresh(&app) => read,
        };
        if let Err(error) = read {
            tracing::warn!(%error, "whether the settings changed could not be read");
        }
        let hint = async {
            loop {
                match changes.recv().await {
                    Ok(Change::Tickets) => {}
                    // One that was passed over may have been of the settings.
                    Ok(Change::Settings) | Err(RecvError::Lagged(_)) => return,
                    Err(RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = hint => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}
