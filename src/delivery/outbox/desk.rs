//! What the sending worker asks of the database: messages to send, turned into letters, and their ends.

use std::time::Duration;

use chrono::TimeDelta;
use dialogues::say::{Card, Hint, Say};
use dialogues::text::Text;
use domain::ids::DeliveryId;
use futures::FutureExt;

use crate::app::conversation::{App, Error};
use crate::delivery::letter::Letter;
use crate::store::outbox::{
    Lane, Leased, Settled, Shown, behind, card_message, depth, forget_card, lease, next_due, release_all,
    settle,
};

/// How long a lease lasts: a worker that died is replaced within this.
const LEASE: TimeDelta = TimeDelta::seconds(20);

/// A message in hand.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) row: Leased,
    pub(crate) letter: Letter,
    /// The live card that it is, and whether it is only worth an edit.
    pub(crate) card: Option<Card>,
    pub(crate) only_edit: bool,
}

/// What a lease brought.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) items: Vec<Item>,
    /// Messages that need not be sent, with why.
    pub(crate) settled: Vec<(Leased, Settled)>,
}

/// Leases what may be sent now: so many of each lane.
pub(crate) async fn fetch(app: App, channel: &'static str, limits: [u64; 2]) -> Result<Batch, Error> {
    let now = app.clock.now();
    let (rows, _) = app
        .db
        .write(move |tx| {
            async move {
                let mut rows = Vec::new();
                for (lane, limit) in Lane::ALL.into_iter().zip(limits) {
                    if limit > 0 {
                        rows.extend(lease(tx, channel, lane, limit, now, now + LEASE).await?);
                    }
                }
                Ok::<_, Error>(rows)
            }
            .boxed()
        })
        .await?;
    let mut batch = Batch::default();
    let mut says = Vec::with_capacity(rows.len());
    for row in rows {
        match serde_json::from_str::<Say>(&row.payload) {
            Ok(say) => says.push((row, say)),
            Err(error) => {
                let error = format!("the message cannot be read: {error}");
                batch.settled.push((row, Settled::Failed { error }));
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
        match ready(&app, channel, &row, &say, &behind).await? {
            Some(item) => batch.items.push(item),
            None => batch.settled.push((row, Settled::Dropped)),
        }
    }
    Ok(batch)
}

/// The letter of a message; `None`: there is nothing to say any more.
async fn ready(
    app: &App,
    channel: &str,
    row: &Leased,
    say: &Say,
    behind: &[(DeliveryId, String)],
) -> Result<Option<Item>, Error> {
    let card = card_of(say);
    let only_edit = matches!(say.hint, Hint::RetireCard(_));
    let mut edit = None;
    if let Some(card) = card {
        edit = card_message(&app.db, stored(card).at(channel, &row.recipient)).await?;
        let later = behind.iter().filter(|(id, _)| *id == row.id);
        let overtaken = later
            .filter_map(|(_, payload)| serde_json::from_str::<Say>(payload).ok())
            .any(|newer| overtakes(&newer, card, edit.is_some()));
        if overtaken || (only_edit && edit.is_none()) {
            return Ok(None);
        }
    }
    Ok(Some(Item {
        letter: Letter::of(say, row.recipient.clone(), row.locale, edit),
        row: row.clone(),
        card,
        only_edit,
    }))
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
        Hint::None | Hint::AskContact | Hint::RemoveKeys => None,
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
    channel: &'static str,
    ends: Vec<(Leased, Settled)>,
) -> (Vec<(Leased, Settled)>, Result<(), Error>) {
    let at = app.clock.now();
    let written = ends.clone();
    let result = app
        .db
        .write(move |tx| {
            async move {
                for (row, settled) in written {
                    settle(tx, channel, &row, settled, at).await?;
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
