//! Fetching what people sent: after the commit, outside any transaction, until it is here or cannot be had.

mod worker;

use std::time::Duration;

use bytes::Bytes;
use tokio_util::sync::CancellationToken;

use crate::app::conversation::App;

/// What a channel brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    Bytes(Bytes),
    /// It is larger than what the service gives out.
    TooLarge,
    /// The service has it no more.
    Gone {
        why: String,
    },
    /// Too often: nothing more for so long.
    Flood {
        wait: Duration,
    },
    /// The service does not know us: nothing can be fetched until that is mended.
    Locked {
        why: String,
    },
    /// The service did not answer, or could not.
    Trouble {
        why: String,
    },
}

/// A channel that gives out the files that people sent.
pub trait Fetcher: Send + Sync {
    /// The channel's name beside each file.
    const CHANNEL: &'static str;

    /// Fetches a file by what the channel said of it, never more than `most` bytes.
    fn fetch(&self, source: &str, most: usize) -> impl Future<Output = Fetched> + Send;
}

/// Fetches what waits until `shutdown`; then finishes what is under way, for a few seconds, and gives the rest
/// back. Any number of processes may run it side by side.
pub async fn run<F: Fetcher>(app: App, fetcher: F, shutdown: CancellationToken) {
    worker::Worker::new(app, &fetcher).run(shutdown).await;
}
