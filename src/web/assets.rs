//! The panel's files under `/assets`, each on a route that names its content.

use std::sync::LazyLock;

use axum::Router;
use memory_serve::{CacheControl, Manifest, MemoryServe};

/// Where the files are mounted.
pub const BASE: &str = "/assets";

static MANIFEST: LazyLock<Manifest> = LazyLock::new(|| files().manifest());

// Built once: memory-serve leaks what it serves, and tests start many servers.
static ROUTER: LazyLock<Router> = LazyLock::new(|| files().into_router());

/// The routes of every file, to be nested under [`BASE`].
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    ROUTER.clone().with_state(())
}

/// The address of a file such as `app.css`, with the hash of its content; unknown names stay plain.
pub fn href(name: &str) -> String {
    let plain = format!("/{name}");
    let route = MANIFEST.get(&plain).unwrap_or(&plain);
    format!("{BASE}{route}")
}

fn files() -> MemoryServe {
    memory_serve::load!()
        .index_file(None)
        .cache_control(CacheControl::Medium)
        .enable_hashed_routes(true)
}
