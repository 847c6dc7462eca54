//! How the sending worker stops.

use futures::StreamExt;
use tokio::time::{Instant, timeout_at};

use crate::delivery::letter::Courier;
use crate::delivery::outbox::FAREWELL;
use crate::delivery::outbox::desk;
use crate::delivery::outbox::worker::Worker;
use crate::store::outbox::Settled;

impl<C: Courier> Worker<'_, C> {
    /// Gives back what is not under way, waits for what is, and records it all.
    pub(crate) async fn say_farewell(mut self) {
        let deadline = Instant::now() + FAREWELL;
        if let Some(recording) = self.recording.take() {
            let done = recording.await;
            self.recorded(done);
        }
        if let Some(leasing) = self.leasing.take() {
            let done = leasing.await;
            self.leased(done);
        }
        self.return_ready();
        self.record_now().await;
        while let Ok(Some(landed)) = timeout_at(deadline, self.flying.next()).await {
            self.landed(landed).await;
            self.return_ready();
        }
        self.record_now().await;
        let left = self.flying.len();
        if left > 0 {
            tracing::warn!(
                left,
                "messages under way were left; their leases end by themselves"
            );
        }
    }

    fn return_ready(&mut self) {
        for lane in [0, 1] {
            while let Some(item) = self.ready[lane].pop_front() {
                self.end(item.row, Settled::Returned);
            }
        }
    }

    async fn record_now(&mut self) {
        let ends = self.take_ends();
        if ends.is_empty() {
            return;
        }
        if let (ends, Err(error)) = desk::record(self.app.clone(), (C::CHANNEL, C::POSTS), ends).await {
            tracing::warn!(%error, "what was sent last is not recorded, and may be sent again");
            self.ends = ends;
        }
    }
}
