//! What the sending worker asks of the database: messages to send, turned into letters, and their ends.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::say::{Card, Hint, Say};
use dialogues::text::Text;
use domain::ids::DeliveryId;
use futures::FutureExt;
use tokio::time::Instant;

use crate::app::conversation::channels::{self, Gate};
use crate::app::conversation::{App, Error, deliveries, rejoin};
use crate::delivery::inbox::panic_words;
use crate::delivery::letter::{Letter, Post};
use crate::delivery::outbox::post::posting;
use crate::store::outbox::{
    Lane, Leased, Settled, Shown, behind, card_message, depth, forget_card, has_failed, lease, next_due,
    release_all, settle,
};

/// How long a lease lasts: a worker that died is replaced within this.
const LEASE: TimeDelta = TimeDelta::seconds(20);

/// What a worker's messages go by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) channel: &'static str,
    /// Letters go by post ([`crate::delivery::letter::Courier::POSTS`]).
    pub(crate) posts: bool,
    /// When the worker began.
    pub(crate) since: DateTime<Utc>,
}

/// A message in hand.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) row: Leased,
    pub(crate) letter: Letter,
    /// The live card that it is, and whether it is only worth an edit.
    pub(crate) card: Option<Card>,
    pub(crate) only_edit: bool,
    /// Its lease began no earlier than this.
    pub(crate) since: Instant,
    /// It finds out whether a channel that has stopped takes messages again.
    pub(crate) probes: bool,
}

/// What a lease brought.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) items: Vec<Item>,
    /// Messages that need not be sent, with why.
    pub(crate) settled: Vec<(Leased, Settled)>,
    /// The channel has stopped: nothing may go for now.
    pub(crate) shut: bool,
    /// The database failed when the messages were leased already: they are to be given back.
    pub(crate) trouble: Option<Error>,
}

/// Leases what may be sent now: so many of each lane. [`Err`]: nothing is leased.
pub(crate) async fn fetch(app: App, line: Line, limits: [u64; 2]) -> Result<Batch, Error> {
    let (since, now) = (Instant::now(), app.clock.now());
    let gate = if line.posts {
        channels::gate(&app, line.channel, now).await?
    } else {
        Gate::Open
    };
    if gate == Gate::Shut {
        return Ok(Batch {
            shut: true,
            ..Batch::default()
        });
    }
    let probes = gate == Gate::Ajar;
    let channel = line.channel;
    let leased = app.db.write(move |tx| {
        async move {
            let mut rows = Vec::new();
            for (lane, limit) in Lane::ALL.into_iter().zip(limits) {
                // One is enough to find out whether the channel takes messages again.
                let most = if probes { limit.min(1) } else { limit };
                let has_one = probes && !rows.is_empty();
                if most > 0 && !has_one {
                    let what = (channel, &deliveries::STANDING[..]);
                    rows.extend(lease(tx, what, lane, most, now, now + LEASE).await?);
                }
            }
            if probes && !rows.is_empty() && !channels::probe(tx, channel, now).await? {
                // Another process tries it, or it goes on again: the leases are taken back with this.
                return Err(Error::Stale);
            }
            Ok(rows)
        }
        .boxed()
    });
    let (rows, _) = leased.await?;
    Ok(match look_through(&app, line, &rows, (since, probes)).await {
        Ok(batch) => batch,
        Err(error) => Batch {
            settled: rows.into_iter().map(|row| (row, Settled::Returned)).collect(),
            trouble: Some(error),
            ..Batch::default()
        },
    })
}

/// What each leased message is: a letter to send, or nothing any more.
async fn look_through(
    app: &App,
    line: Line,
    rows: &[Leased],
    (since, probes): (Instant, bool),
) -> Result<Batch, Error> {
    let mut batch = Batch::default();
    let mut says = Vec::with_capacity(rows.len());
    for row in rows {
        match serde_json::from_str::<Say>(&row.payload) {
            Ok(say) => says.push((row, say)),
            Err(error) => {
                let error = format!("the message cannot be read: {error}");
                batch.settled.push((row.clone(), Settled::Failed { error }));
            }
        }
    }
    let cards: Vec<DeliveryId> = says
        .iter()
        .filter(|(_, say)| card_of(say).is_some())
        .map(|(row, _)| row.id)
        .collect();
    let behind = behind(&app.db, &cards).await?;
    for (row, say) in says {
        let post = if line.posts {
            match posting(app, line, row, &say).await? {
                Ok(post) => Some(post),
                Err(end) => {
                    batch.settled.push((row.clone(), end));
                    continue;
                }
            }
        } else {
            None
        };
        match ready(app, line.channel, (row, post), &say, &behind, since).await? {
            Ok(item) => batch.items.push(Item { probes, ..item }),
            Err(end) => batch.settled.push((row.clone(), end)),
        }
    }
    Ok(batch)
}

/// The letter of a message, or why there is none.
async fn ready(
    app: &App,
    channel: &str,
    (row, post): (&Leased, Option<Post>),
    say: &Say,
    behind: &[(DeliveryId, String)],
    since: Instant,
) -> Result<Result<Item, Settled>, Error> {
    let card = card_of(say);
    let only_edit = matches!(say.hint, Hint::RetireCard(_));
    let mut edit = None;
    if let Some(card) = card {
        edit = card_message(&app.db, stored(card).at(channel, &row.recipient)).await?;
        let later = behind.iter().filter(|(id, _)| *id == row.id);
        let overtaken = later
            .filter_map(|(_, payload)| serde_json::from_str::<Say>(payload).ok())
            .any(|newer| overtakes(&newer, card, edit.is_some()));
        // What may be on a screen already, with buttons that nobody could take away, goes once more to be known.
        let overtaken = overtaken && !(row.is_orphan && edit.is_none());
        if overtaken || (only_edit && edit.is_none()) {
            return Ok(Err(Settled::Dropped));
        }
    }
    let written = contain(|| Letter::of(say, row.recipient.clone(), row.locale, edit, post));
    Ok(written
        .map(|letter| Item {
            letter,
            row: row.clone(),
            card,
            only_edit,
            since,
            probes: false,
        })
        .map_err(|why| Settled::Failed {
            error: format!("the message cannot be put into words: {why}"),
        }))
}

/// Does work that might panic over one message; a panic must not take the others with it.
fn contain<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| panic_words(panic.as_ref()).to_owned())
}

/// Whether a newer message makes one for the same card needless. When nothing is shown yet, an edit does so
/// only if it tells that the matter is over; otherwise there would be nothing to edit.
fn overtakes(newer: &Say, card: Card, is_shown: bool) -> bool {
    if card_of(newer) != Some(card) {
        return false;
    }
    match newer.hint {
        Hint::RetireCard(_) => is_shown || !matches!(newer.text, Text::Offer(_) | Text::JobCard(_)),
        _ => true,
    }
}

fn card_of(say: &Say) -> Option<Card> {
    match say.hint {
        Hint::Card(card) | Hint::RetireCard(card) => Some(card),
        Hint::None | Hint::AskContact | Hint::AskPlace | Hint::RemoveKeys => None,
    }
}

/// The card as the database knows it.
pub(crate) fn stored(card: Card) -> Shown {
    Shown {
        ticket: card.ticket,
        kind: card.kind.as_str(),
        epoch: card.epoch,
    }
}

/// Records what became of messages.
pub(crate) async fn record(
    app: App,
    (channel, posts): (&'static str, bool),
    ends: Vec<(Leased, Settled)>,
) -> (Vec<(Leased, Settled)>, Result<(), Error>) {
    let at = app.clock.now();
    let written = ends.clone();
    let app_ = app.clone();
    let result = app
        .db
        .write(move |tx| {
            async move {
                for (row, settled) in written {
                    let name = match &settled {
                        Settled::Sent { external_id, .. } if posts => external_id.clone(),
                        _ => None,
                    };
                    if let Some(name) = &name
                        && has_failed(tx, (channel, row.id), name).await?
                    {
                        // The service has told how it ended before we wrote down that it had begun.
                        continue;
                    }
                    if !settle(tx, channel, &row, settled, at).await? {
                        tracing::debug!(
                            channel,
                            message = row.id.0,
                            "someone else has taken a message over"
                        );
                    }
                    if let Some(name) = name {
                        rejoin(&app_, tx, &name).await?;
                    }
                }
                Ok::<_, Error>(())
            }
            .boxed()
        })
        .await;
    (ends, result.map(|((), _)| ()))
}

/// Forgets the message of a card, so that the card is sent anew.
pub(crate) async fn forget(app: &App, channel: &'static str, item: &Item) -> Result<(), Error> {
    let Some(card) = item.card else { return Ok(()) };
    let recipient = item.row.recipient.clone();
    // Through the writer, as every write: a second one on SQLite would break whole groups of the first.
    app.db
        .write(move |tx| {
            async move { Ok::<_, Error>(forget_card(tx, stored(card).at(channel, &recipient)).await?) }
                .boxed()
        })
        .await?;
    Ok(())
}

/// Ends the leases of a process that died, when no other process can hold any.
pub(crate) async fn take_over(app: &App) {
    if app.db.is_embedded() {
        let done = app
            .db
            .write(move |tx| async move { Ok::<_, Error>(release_all(tx).await?) }.boxed())
            .await;
        if let Err(error) = done {
            tracing::warn!(%error, "old leases could not be ended; they end by themselves");
        }
    }
}

/// How long until something may wait to be sent, at most `most`; `None`: nothing waits.
pub(crate) async fn due_in(app: &App, channel: &str, most: Duration) -> Result<Option<Duration>, Error> {
    let due = next_due(&app.db, channel).await?;
    let now = app.clock.now();
    Ok(due.map(|due| (due - now).to_std().unwrap_or(Duration::ZERO).min(most)))
}

/// Shows how many messages wait.
pub(crate) async fn measure(app: &App, channel: &'static str) {
    if let Ok(depth) = depth(&app.db).await {
        let depth = u32::try_from(depth).unwrap_or(u32::MAX);
        metrics::gauge!("outbox_depth", "channel" => channel).set(f64::from(depth));
    }
}

#[cfg(test)]
mod tests {
    use crate::delivery::outbox::desk::contain;

    #[test]
    fn a_panic_over_one_message_is_a_reason_and_no_more() {
        assert_eq!(contain(|| 7), Ok(7));
        let why = contain(|| -> u8 { panic!("no such {}", "month") });
        assert_eq!(why, Err("no such month".to_owned()));
    }
}
