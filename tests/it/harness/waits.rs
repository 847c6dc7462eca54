//! What a story waits for: that something becomes so, that all has left, that time goes by.

use std::future::Future;
use std::time::Duration;

use chrono::TimeDelta;
use tanggap::app::deliveries::STANDING;
use tanggap::store;

use crate::harness::{PATIENCE, World};

impl World {
    /// Waits until something is so; a story fails when it does not become so.
    pub(crate) async fn eventually<F: Future<Output = bool>>(&self, what: &str, is_so: impl Fn() -> F) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while !is_so().await {
            assert!(tokio::time::Instant::now() < deadline, "never: {what}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until every file is fetched, or was given up.
    pub(crate) async fn fetched(&self) {
        let db = &self.running.app.db;
        let waiting = || async move { store::documents::waiting(db).await.expect("a count") };
        self.eventually("no file is left to fetch", || async { waiting().await == 0 })
            .await;
    }

    /// Waits until nothing is left to send.
    pub(crate) async fn drained(&self) {
        let db = self.running.app.db.clone();
        self.eventually("nothing waits to be fetched or sent", || {
            let db = db.clone();
            async move {
                // What waits for its chat's turn would wait for ever while the clock stands.
                if self.stands_still {
                    self.clock.advance(TimeDelta::milliseconds(20));
                }
                let files = store::documents::waiting(&db).await.expect("a count");
                let left = files + store::outbox::depth(&db).await.expect("a count");
                if left > 0
                    && files == 0
                    && let Some(wait) = self.news_due_in().await
                {
                    self.clock.advance(wait);
                }
                left == 0
            }
        })
        .await;
    }

    /// Two minutes go by once whatever may leave has left: what changed of a ticket since its last status is told.
    pub(crate) async fn two_minutes_later(&self) {
        self.eventually("what may leave has left", || async { self.leaving().await == 0 })
            .await;
        self.clock.advance(TimeDelta::minutes(2));
    }

    /// How long until the next status may leave, where nothing else is left to send but what goes after it.
    async fn news_due_in(&self) -> Option<TimeDelta> {
        let held = format!("SELECT COUNT(*) FROM outbox p WHERE {}", held());
        if self.leaving().await > 0 || self.number(&held).await == 0 {
            return None;
        }
        let due = store::outbox::next_due(&self.running.app.db, "whatsapp").await;
        let wait = due.expect("a look").map(|due| due - self.clock.now());
        wait.filter(|wait| *wait > TimeDelta::zero())
    }

    /// How many messages are on their way, or wait for nothing but a worker.
    async fn leaving(&self) -> i64 {
        let held = held();
        let question = format!(
            "SELECT COUNT(*) FROM outbox o WHERE o.state = 'queued' AND (o.leased_until IS NOT NULL \
             OR (o.run_at <= o.created_at AND NOT EXISTS (SELECT 1 FROM outbox p WHERE {held} \
             AND p.recipient = o.recipient AND p.id < o.id)))"
        );
        self.number(&question).await
    }
}

/// A status that was queued for later, and nobody has begun to send.
fn held() -> String {
    let kinds = STANDING.map(|kind| format!("'{kind}'")).join(", ");
    format!(
        "p.state = 'queued' AND p.leased_until IS NULL AND p.run_at > p.created_at AND p.attempts = 0 \
         AND p.kind IN ({kinds})"
    )
}
