//! What became of a message on its way, and what follows.

use std::time::Duration;

use chrono::{DateTime, Utc};
use dialogues::receipt::{Fault, Remedy};

use crate::app::conversation::{channels, dead_end, unreachable};
use crate::delivery::letter::{Courier, Letter, Outcome};
use crate::delivery::outbox::desk::{self, Item};
use crate::delivery::outbox::post;
use crate::delivery::outbox::worker::{Worker, delta, lane_of};
use crate::delivery::pacing::retry_after;
use crate::store::outbox::{Leased, Settled};

/// A service that does not know us is asked again after this.
const LOCKED: Duration = Duration::from_secs(30);
/// A service that takes too many is given this long.
const SLOW: Duration = Duration::from_secs(2);
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
            Outcome::Unsure { .. } => self.pacing.troubled(serial),
            Outcome::Locked { .. } => self.pacing.locked(LOCKED),
            Outcome::NotBegun => {}
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
            Outcome::Fault(fault) => self.faulty(item, fault).await,
            Outcome::Unsure { why } => {
                count::<C>("outbox_unsure_total");
                let at = now + post::UNSURE;
                self.end(item.row, Settled::Unsure { at, error: why });
            }
            Outcome::NotBegun => self.end(item.row, Settled::Returned),
        }
    }

    /// The service said no, and what that means.
    async fn faulty(&mut self, item: Item, fault: Fault) {
        let now = self.app.clock.now();
        let (row, error) = (item.row, fault.told());
        let code = fault.code.to_string();
        metrics::counter!("outbox_fault_total", "channel" => C::CHANNEL, "code" => code).increment(1);
        match fault.remedy {
            Remedy::Slow => {
                count::<C>("outbox_flood_total");
                self.pacing.close(SLOW);
                self.end(
                    row,
                    Settled::Later {
                        at: now + delta(SLOW),
                    },
                );
            }
            Remedy::Again if row.attempts < post::MOST_TRIES => {
                count::<C>("outbox_retried_total");
                let at = now + delta(post::retry_after(row.attempts));
                self.end(row, Settled::Retry { at, error });
            }
            Remedy::Pair if row.attempts < post::MOST_TRIES => {
                count::<C>("outbox_flood_total");
                let wait = post::pair_wait(row.attempts);
                self.pacing.postpone(&row.recipient, wait).await;
                self.end(
                    row,
                    Settled::Retry {
                        at: now + delta(wait),
                        error,
                    },
                );
            }
            Remedy::Again | Remedy::Pair => self.undelivered(row, "expired", error),
            Remedy::Standby if !row.standby_only && has_standby(&item.letter) => {
                self.end(row, Settled::Standby { error });
            }
            Remedy::Stop => {
                let told = error.clone();
                // From now on it is tried with one message at a time, by whichever process has its turn.
                if let Err(trouble) = channels::stop(&self.app, C::CHANNEL, &fault.word, error).await {
                    tracing::warn!(%trouble, "that a channel has stopped is not written down yet");
                    self.pacing.locked(LOCKED);
                }
                if channels::is_our_doing(&fault.word) {
                    return self.undelivered(row, &fault.word, told);
                }
                self.end(row, Settled::Returned);
            }
            Remedy::DeadEnd => {
                let noted = match row.recipient.parse() {
                    Ok(contact) => dead_end(&self.app, contact, &fault.word).await,
                    Err(_) => Ok(()),
                };
                match noted {
                    Ok(()) => self.undelivered(row, &fault.word, error),
                    Err(trouble) => self.again(row, trouble.to_string()),
                }
            }
            Remedy::Standby | Remedy::Refused => {
                let standby = item.letter.post.and_then(|post| post.standby);
                if let Some(standby) = standby.filter(|_| fault.word == "template") {
                    let told = channels::template_refused(&self.app, standby.purpose).await;
                    if let Err(trouble) = told {
                        return self.again(row, trouble.to_string());
                    }
                }
                self.undelivered(row, &fault.word, error);
            }
        }
    }

    fn undelivered(&mut self, row: Leased, fault: &str, error: String) {
        count::<C>("outbox_failed_total");
        tracing::warn!(
            channel = C::CHANNEL,
            message = row.id.0,
            fault,
            error,
            "a message cannot be sent"
        );
        let fault = fault.to_owned();
        self.end(row, Settled::Undelivered { fault, error });
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

fn has_standby(letter: &Letter) -> bool {
    letter.post.as_ref().is_some_and(|post| post.standby.is_some())
}

fn count<C: Courier>(name: &'static str) {
    metrics::counter!(name, "channel" => C::CHANNEL).increment(1);
}
