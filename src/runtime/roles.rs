//! The roles of this process: each runs until it is told to stop, and one that ends before that ends them all.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};

use futures::FutureExt;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A role that ended though nobody had told it to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the role \"{role}\" {how}: this process is of no more use and must be started anew")]
pub struct Broken {
    pub role: &'static str,
    /// E.g. `ended unexpectedly`.
    pub how: String,
}

/// What runs, whether it is to stop, and what broke.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roles {
    /// Cancelled when it is time to stop.
    pub(crate) stop: CancellationToken,
    /// Cancelled when a role broke.
    pub(crate) broken: CancellationToken,
    pub(crate) tasks: TaskTracker,
    why: Arc<OnceLock<Broken>>,
}

impl Roles {
    /// A role that works until it is told to stop; to be driven.
    pub(crate) fn watch(
        &self,
        role: &'static str,
        work: impl Future<Output = ()> + Send + 'static,
    ) -> impl Future<Output = ()> + Send + 'static {
        let (roles, work) = (self.clone(), self.watch_errand(role, work));
        async move {
            work.await;
            if !roles.stop.is_cancelled() {
                roles.breaks(role, "ended unexpectedly".to_owned());
            }
        }
    }

    /// As [`Self::watch`], for work that may come to its end.
    pub(crate) fn watch_errand(
        &self,
        role: &'static str,
        work: impl Future<Output = ()> + Send + 'static,
    ) -> impl Future<Output = ()> + Send + 'static {
        let roles = self.clone();
        async move {
            if let Err(panic) = AssertUnwindSafe(work).catch_unwind().await {
                let words = panic
                    .downcast_ref::<&str>()
                    .copied()
                    .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
                roles.breaks(role, format!("panicked ({})", words.unwrap_or("without a word")));
            }
        }
    }

    /// Waits until a role breaks.
    pub(crate) async fn break_down(&self) -> Broken {
        self.broken.cancelled().await;
        self.why.get().cloned().unwrap_or(Broken {
            role: "?",
            how: "ended".to_owned(),
        })
    }

    fn breaks(&self, role: &'static str, how: String) {
        tracing::error!(role, how, "a role of this process broke");
        // The first is the cause; what follows may be its consequence.
        drop(self.why.set(Broken { role, how }));
        self.broken.cancel();
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use crate::runtime::roles::Roles;

    #[tokio::test]
    async fn a_role_that_panics_or_ends_by_itself_breaks_the_process() {
        let roles = Roles::default();
        roles.watch("sender", async { panic!("no such month") }).await;
        let broken = roles.break_down().now_or_never().expect("it broke");
        assert_eq!(
            (broken.role, broken.how.as_str()),
            ("sender", "panicked (no such month)")
        );
        roles.watch("listener", async {}).await;
        assert_eq!(roles.break_down().await.role, "sender", "the first is the cause");

        let roles = Roles::default();
        roles.watch("listener", async {}).await;
        assert_eq!(roles.break_down().await.how, "ended unexpectedly");
    }

    #[tokio::test]
    async fn a_role_that_was_told_to_stop_and_an_errand_that_is_done_break_nothing() {
        let roles = Roles::default();
        roles.watch_errand("setup", async {}).await;
        assert!(roles.break_down().now_or_never().is_none());
        roles.stop.cancel();
        roles.watch("sender", async {}).await;
        assert!(roles.break_down().now_or_never().is_none());
        roles.watch_errand("setup", async { panic!("at last") }).await;
        assert_eq!(roles.break_down().await.role, "setup");
    }
}
