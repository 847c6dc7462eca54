//! What became of a message on its way, and what follows.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::app::conversation::unreachable;
use crate::delivery::letter::{Courier, Outcome};
use crate::delivery::outbox::desk::{self, Item};
use crate::delivery::outbox::worker::{Worker, delta, lane_of};
use crate::delivery::pacing::retry_after;
use crate::store::outbox::{Leased, Settled};

/// A service that does not know us is asked again after this.
const LOCKED: Duration = Duration::from_secs(30);
/// A message that failed this often, over many hours, is given up.
const GIVE_UP: i32 = 600;

/// A message on its way has landed.
pub(crate) struct Landed {
    pub(crate) item: Item,
    /// Its number in the pacing.
    pub(crate) serial: u64,
    /// When it left.
    pub(crate) left: DateTime<Utc>,
    pub(crate) outcome: Outcome,
    pub(crate) took: Duration,
}

impl<C: Courier> Worker<'_, C> {
    pub(crate) async fn landed(&mut self, landed: Landed) {
        let Landed {
            item,
            serial,
            left,
            outcome,
            took,
        } = landed;
        self.pacing.landed(serial, &item.row.recipient);
        // A letter with a file is carried under a longer lease.
        self.in_hand.insert(item.row.id, item.row.until);
        metrics::histogram!("outbox_send_seconds", "channel" => C::CHANNEL).record(took.as_secs_f64());
        match outcome {
            Outcome::Trouble { .. } => self.pacing.troubled(serial),
            Outcome::Locked { .. } => self.pacing.locked(LOCKED),
            _ => self.pacing.answered(),
        }
        let now = self.app.clock.now();
        match outcome {
            Outcome::Sent { message } => {
                count::<C>("outbox_sent_total");
                let external_id = message.or_else(|| item.letter.edit.clone());
                let card = item.card.map(desk::stored);
                self.end(item.row, Settled::Sent { external_id, card });
            }
            Outcome::Gone => self.send_anew(item).await,
            Outcome::Flood { wait } => {
                count::<C>("outbox_flood_total");
                self.pacing.flood(&item.row.recipient, wait).await;
                let at = now + delta(wait);
                self.end(item.row, Settled::Later { at });
            }
            Outcome::Unreachable { why } => self.unreachable(item, left, why).await,
            Outcome::Refused { why } => self.fail(item.row, why),
            Outcome::Trouble { why } => self.again(item.row, why),
            Outcome::Locked { why } => {
                tracing::error!(
                    channel = C::CHANNEL,
                    why,
                    "nothing can be sent: the service does not accept our token; messages wait"
                );
                self.end(item.row, Settled::Returned);
            }
        }
    }

    /// The message to change is gone: a card is shown anew, a mere change is not worth a message.
    async fn send_anew(&mut self, mut item: Item) {
        if let Err(error) = desk::forget(&self.app, C::CHANNEL, &item).await {
            return self.again(item.row, error.to_string());
        }
        if item.only_edit || item.letter.edit.is_none() {
            return self.end(item.row, Settled::Dropped);
        }
        item.letter.edit = None;
        let lane = lane_of(&item.row);
        self.ready[lane].push_front(item);
    }

    async fn unreachable(&mut self, item: Item, left: DateTime<Utc>, why: String) {
        // Groups have no one to note it for; their ids are negative.
        let person = item.row.recipient.parse().ok().filter(|id: &i64| *id > 0);
        match person {
            None => self.fail(item.row, why),
            Some(id) => match unreachable(&self.app, id, left).await {
                Ok(true) => self.fail(item.row, why),
                // He let the bot in again while this was on its way.
                Ok(false) => self.again(item.row, why),
                Err(error) => self.again(item.row, error.to_string()),
            },
        }
    }

    fn fail(&mut self, row: Leased, error: String) {
        count::<C>("outbox_failed_total");
        tracing::warn!(
            channel = C::CHANNEL,
            message = row.id.0,
            error,
            "a message cannot be sent"
        );
        self.end(row, Settled::Failed { error });
    }

    fn again(&mut self, row: Leased, error: String) {
        if row.attempts >= GIVE_UP {
            return self.fail(row, error);
        }
        count::<C>("outbox_retried_total");
        let at = self.app.clock.now() + delta(retry_after(row.attempts));
        self.end(row, Settled::Retry { at, error });
    }
}

fn count<C: Courier>(name: &'static str) {
    metrics::counter!(name, "channel" => C::CHANNEL).increment(1);
}
