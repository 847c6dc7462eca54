//! The web door: the panel, the API, and the pages for customers, over axum.

pub mod access;
pub mod assets;
pub mod panel;
pub mod session;
pub mod throttle;
pub mod words;

use std::fmt;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::web::session::Hasher;
use crate::web::throttle::Throttles;

/// What every handler stands on. Cheap to clone.
#[derive(Clone)]
pub struct State {
    pub app: App,
    pub hasher: Hasher,
    pub throttles: Arc<Throttles>,
    /// Cancelled when the process stops: streams end, and `/readyz` says no.
    pub stopping: CancellationToken,
    metrics: Arc<dyn Fn() -> String + Send + Sync>,
}

impl State {
    /// The state of this process; `metrics` writes the counters in Prometheus' text format.
    pub fn new(
        app: App,
        stopping: CancellationToken,
        metrics: impl Fn() -> String + Send + Sync + 'static,
    ) -> Self {
        Self {
            app,
            hasher: Hasher::default(),
            throttles: Arc::default(),
            stopping,
            metrics: Arc::new(metrics),
        }
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("app", &self.app)
            .finish_non_exhaustive()
    }
}
