//! Files that came in by name only: leased, fetched by their channel, looked into, and then they count.
//!
//! Delivery's worker drives this. Everything here may happen twice, and a process may die between any two
//! lines: what was fetched is named by its hash, and a row is settled once, while it waits.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::document::{Kind, State};
use domain::ids::{DocumentId, TicketId};
use futures::FutureExt;

use crate::app::documents::name;
use crate::app::{App, Error, uploads};
use crate::files::{ALIKE, Inspected, distance};
use crate::store::documents::{self, Document, Known, Settled};
use crate::store::{Source, Tx};

/// How long a lease lasts: a process that died is replaced within this. Who fetches renews it in time.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// How far back pictures are compared by what they show; by their bytes they always are. Looking through a
/// quarter's pictures takes milliseconds, and who uses an old picture again takes one of the last jobs.
const LOOK_BACK: TimeDelta = TimeDelta::days(90);
/// The picture proves another ticket too.
pub(crate) const SEEN_ELSEWHERE: &str = "seen-on-other-ticket";

/// What became of a file.
#[derive(Debug, Clone)]
pub enum Landing {
    /// It was looked into and is kept.
    Ready(Box<Inspected>),
    /// It is not what it should be: the reason's code.
    Refused(&'static str),
    /// It cannot be fetched any more: the reason's code.
    Lost(&'static str),
}

/// Leases files of a channel that wait to be fetched, the oldest first.
pub async fn lease(app: &App, channel: &'static str, limit: u64) -> Result<Vec<Document>, Error> {
    let now = app.now();
    Ok(app
        .db
        .write(move |tx| {
            async move { Ok::<_, Error>(documents::lease(tx, channel, limit, now, now + LEASE).await?) }
                .boxed()
        })
        .await?
        .0)
}

/// Keeps a lease while the work goes on.
pub async fn extend(app: &App, id: DocumentId) -> Result<(), Error> {
    let until = app.now() + LEASE;
    app.db
        .write(move |tx| async move { Ok::<_, Error>(documents::extend(tx, id, until).await?) }.boxed())
        .await?;
    Ok(())
}

/// It was tried and did not come: again after `wait`.
pub async fn again(app: &App, id: DocumentId, wait: Duration, why: String) -> Result<(), Error> {
    put_off(app, id, wait, Some(why), true).await
}

/// It could not be tried: again after `wait`, as if this time had not been.
pub async fn not_yet(app: &App, id: DocumentId, wait: Duration) -> Result<(), Error> {
    put_off(app, id, wait, None, false).await
}

/// It was not begun: anyone may take it at once.
pub async fn give_back(app: &App, id: DocumentId) -> Result<(), Error> {
    put_off(app, id, Duration::ZERO, None, false).await
}

async fn put_off(
    app: &App,
    id: DocumentId,
    wait: Duration,
    why: Option<String>,
    counts: bool,
) -> Result<(), Error> {
    let at = app.now() + TimeDelta::from_std(wait).unwrap_or(TimeDelta::hours(1));
    app.db
        .write(move |tx| {
            async move { Ok::<_, Error>(documents::put_off(tx, id, at, why, counts).await?) }.boxed()
        })
        .await?;
    Ok(())
}

/// Writes down what became of a file, compares it with those of other tickets, and lets follow what depends
/// on it, in one transaction. `false`: that was done before.
pub async fn landed(app: &App, id: DocumentId, landing: Landing) -> Result<bool, Error> {
    let at = app.now();
    // Read before the transaction: on SQLite every writer would wait for it.
    let (looked_for, alike) = match &landing {
        Landing::Ready(file) => looks_known(app, id, file, at).await?,
        Landing::Refused(_) | Landing::Lost(_) => (None, false),
    };
    let app_ = app.clone();
    let (done, effects) = app
        .write(move |tx| {
            async move {
                let Some(document) = documents::by_id(tx, id).await? else {
                    return Ok::<_, Error>(false);
                };
                if let Some(ticket) = document.ticket {
                    // The ticket before its file, as everyone else who changes both does.
                    crate::store::tickets::by_id_locked(tx, ticket).await?;
                }
                let settled = match landing {
                    Landing::Refused(why) => Settled::Refused(why.to_owned()),
                    Landing::Lost(why) => Settled::Lost(why.to_owned()),
                    // He may have said what it is for while it was on its way.
                    Landing::Ready(file) if !fits(&document, &file) => {
                        Settled::Refused(crate::files::Unfit::NotAPhoto.code().to_owned())
                    }
                    Landing::Ready(file) => {
                        let mut known = known(&file);
                        if let (Some(Kind::Report), media) = (document.kind, file.media) {
                            // Its sender's word for what it is has named it so far.
                            known.filename = Some(name::sound(&document.filename, Kind::Report, media));
                        }
                        let used = match proven(&document) {
                            Some(ticket) => documents::is_used_elsewhere(tx, ticket, &known.sha256).await?,
                            None => false,
                        };
                        if used || alike {
                            known.flags.push(SEEN_ELSEWHERE.to_owned());
                        }
                        Settled::Ready(known)
                    }
                };
                if !documents::settle(tx, id, settled).await? {
                    return Ok(false);
                }
                let mut document = documents::by_id(tx, id).await?.ok_or(Error::Missing)?;
                if proven(&document) != looked_for {
                    // Its sender said what it is for after we had looked, perhaps at this very moment.
                    compare(tx, std::slice::from_ref(&document), at).await?;
                    document = documents::by_id(tx, id).await?.ok_or(Error::Missing)?;
                }
                uploads::landed(&app_, tx, &document, at).await?;
                Ok(true)
            }
            .boxed()
        })
        .await?;
    app.tell(&effects);
    if done {
        look_again(app, id).await?;
    }
    Ok(done)
}

/// Compares a file once more after the commit: of two that landed side by side neither saw the other, and whichever
/// looks last sees both.
async fn look_again(app: &App, id: DocumentId) -> Result<(), Error> {
    let at = app.now();
    let Some(document) = documents::by_id(&app.db, id).await? else {
        return Ok(());
    };
    let is_news = document.state == State::Ready && document.flags.is_empty();
    if !is_news || !is_known(&app.db, &document, at).await? {
        return Ok(());
    }
    let ((), effects) = app
        .db
        .write(move |tx| async move { reused(tx, id, at).await }.boxed())
        .await?;
    app.tell(&effects);
    Ok(())
}

/// Flags a file that has been found on another ticket too, and lets the admins hear of it.
async fn reused(tx: &Tx, id: DocumentId, at: DateTime<Utc>) -> Result<(), Error> {
    let Some(document) = documents::by_id(tx, id).await? else {
        return Ok(());
    };
    if let Some(ticket) = document.ticket {
        // The ticket before its file, as everyone else who changes both does.
        crate::store::tickets::by_id_locked(tx, ticket).await?;
    }
    compare(tx, std::slice::from_ref(&document), at).await?;
    let document = documents::by_id(tx, id).await?.ok_or(Error::Missing)?;
    uploads::found_elsewhere(tx, &document, at).await?;
    tx.note_tickets();
    Ok(())
}

/// Whether a file may be what it is said to be by now.
fn fits(document: &Document, file: &Inspected) -> bool {
    let may = |kind: Kind| kind.may_be_anything() || (kind.may_be_pdf() && !file.media.is_played());
    file.picture.is_some() || document.kind.is_none_or(may)
}

/// Compares the files of an opening that have only now been given to a ticket.
pub(crate) async fn compare(tx: &Tx, placed: &[Document], at: DateTime<Utc>) -> Result<(), Error> {
    for document in placed {
        if is_known(tx, document, at).await? {
            documents::flag(tx, document.id, &[SEEN_ELSEWHERE.to_owned()]).await?;
        }
    }
    Ok(())
}

/// Whether a file proves another ticket too, by its bytes or by what it shows.
async fn is_known(source: &impl Source, document: &Document, at: DateTime<Utc>) -> Result<bool, Error> {
    let (Some(ticket), Some(sha256)) = (proven(document), &document.sha256) else {
        return Ok(false);
    };
    if documents::is_used_elsewhere(source, ticket, sha256).await? {
        return Ok(true);
    }
    let shown = match document.perceptual {
        Some(_) => documents::shown_elsewhere(source, ticket, at - LOOK_BACK).await?,
        None => Vec::new(),
    };
    Ok(is_among(document.perceptual, &shown))
}

/// The ticket that a file is to prove as far as is known before it counts, and whether the picture shows what a
/// picture of another ticket shows.
async fn looks_known(
    app: &App,
    id: DocumentId,
    file: &Inspected,
    at: DateTime<Utc>,
) -> Result<(Option<TicketId>, bool), Error> {
    let perceptual = file.picture.as_ref().and_then(|seen| seen.perceptual);
    let document = documents::by_id(&app.db, id).await?;
    let ticket = document.as_ref().and_then(proven);
    let (Some(ticket), Some(_)) = (ticket, perceptual) else {
        return Ok((ticket, false));
    };
    let shown = documents::shown_elsewhere(&app.db, ticket, at - LOOK_BACK).await?;
    Ok((Some(ticket), is_among(perceptual, &shown)))
}

fn is_among(perceptual: Option<i64>, shown: &[i64]) -> bool {
    perceptual.is_some_and(|mine| shown.iter().any(|other| distance(mine, *other) <= ALIKE))
}

/// The ticket that a file proves something about.
fn proven(document: &Document) -> Option<TicketId> {
    document
        .ticket
        .filter(|_| document.kind.is_some_and(documents::is_proof))
}

/// What the database keeps of a file.
pub(crate) fn known(file: &Inspected) -> Known {
    let side = |side: u32| i32::try_from(side).ok();
    Known {
        filename: None,
        media_type: file.media.as_str().to_owned(),
        size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        sha256: file.sha256.clone(),
        perceptual: file.picture.as_ref().and_then(|seen| seen.perceptual),
        width: file.picture.as_ref().and_then(|seen| side(seen.width)),
        height: file.picture.as_ref().and_then(|seen| side(seen.height)),
        flags: Vec::new(),
    }
}

/// How long until a file may be fetched, at most `most`; `None`: none waits.
pub async fn due_in(app: &App, channel: &str, most: Duration) -> Result<Option<Duration>, Error> {
    let due = documents::next_due(&app.db, channel).await?;
    Ok(due.map(|due| (due - app.now()).to_std().unwrap_or(Duration::ZERO).min(most)))
}

/// Ends the leases of a process that died, when no other process can hold any.
pub async fn take_over(app: &App) -> Result<(), Error> {
    if app.db.is_embedded() {
        app.db
            .write(|tx| async move { Ok::<_, Error>(documents::release_all(tx).await?) }.boxed())
            .await?;
    }
    Ok(())
}
