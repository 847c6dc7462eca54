//! The web door: the panel, the API, and the pages for customers, over axum.

pub mod access;
pub mod api;
pub mod assets;
pub mod envelope;
pub mod file;
pub mod health;
pub mod panel;
pub mod problem;
pub mod public;
pub mod session;
pub mod throttle;
pub mod words;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
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
    /// Cancelled when a role of this process ended that should not have: `/readyz` says no.
    pub broken: CancellationToken,
    /// Every message is simulated; told on every page.
    pub demo: bool,
    metrics: Arc<dyn Fn() -> String + Send + Sync>,
    /// Migrations that were seen applied stay applied.
    migrated: Arc<AtomicBool>,
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
            broken: CancellationToken::new(),
            demo: false,
            metrics: Arc::new(metrics),
            migrated: Arc::default(),
        }
    }
}

/// Everything that this process serves. To be served with `ConnectInfo<SocketAddr>`.
pub fn routes(state: State) -> Router {
    let sealing = state.clone();
    let (panel, _) = panel::router(&state);
    let (public, _) = public::router(&state);
    Router::new()
        .merge(health::routes())
        .merge(api::routes(&state))
        .nest(assets::BASE, assets::router())
        .merge(panel)
        .merge(public)
        .fallback(problem::unknown)
        .with_state(state)
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            envelope::seal(sealing.clone(), request, next)
        }))
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("app", &self.app)
            .finish_non_exhaustive()
    }
}
