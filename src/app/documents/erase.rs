//! Photos and positions past their time, and bytes that nothing stands for.

use chrono::{DateTime, TimeDelta, Utc};
use domain::document::Kind;
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::{App, Error};
use crate::store::{documents, messages, requests, visits};

/// How many photos are erased at once: a backlog goes in many small steps.
const BATCH: u64 = 100;
/// So many files without a row may be left by crashes.
const FEW: usize = 50;
/// More than one file in so many is not left by crashes.
const MOST_SHARE: usize = 10;
/// Bytes that nothing stands for are left alone for so long: their row may be about to be committed.
const YOUNG: TimeDelta = TimeDelta::days(1);

/// Erases the photos of tickets that are over or that were never given to one, and positions, which `retention` no
/// longer keeps: a batch of them. Answers how many went; when any did, there may be more.
pub async fn past_their_time(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let settings = app.settings();
    let keep = &settings.retention;
    let mut gone = 0;
    if keep.photo_days > 0 {
        gone += photos(app, now - TimeDelta::days(i64::from(keep.photo_days))).await?;
    }
    if keep.location_days > 0 {
        gone += positions(app, now - TimeDelta::days(i64::from(keep.location_days))).await?;
    }
    Ok(gone)
}

async fn photos(app: &App, before: DateTime<Utc>) -> Result<u64, Error> {
    let mut gone = 0;
    for document in documents::photos_before(&app.db, before, BATCH).await? {
        let act = Act::system(app.now());
        let (id, ticket) = (document.id, document.ticket);
        let detail = json!({ "kind": document.kind.map(Kind::as_str) });
        // First the row, so that nothing shows what is not there; what is cut off here is swept later.
        app.db
            .write(move |tx| {
                async move {
                    if documents::erased(tx, id).await? {
                        act.audit(tx, "document_erased", ("document", id.0), ticket, detail)
                            .await?;
                    }
                    Ok::<_, Error>(())
                }
                .boxed()
            })
            .await?;
        gone += 1;
        if let Some(sha256) = document.sha256 {
            // As old as its row, unless someone has just brought the same bytes again.
            forget(app, &sha256).await?;
        }
    }
    Ok(gone)
}

async fn positions(app: &App, before: DateTime<Utc>) -> Result<u64, Error> {
    let act = Act::system(app.now());
    let (gone, _) = app
        .db
        .write(move |tx| {
            async move {
                let erased = visits::erase_positions(tx, before).await?;
                for visit in &erased {
                    act.audit_ticket(tx, "position_erased", *visit, serde_json::Value::Null)
                        .await?;
                }
                let said =
                    messages::erase_places(tx, before).await? + requests::erase_places(tx, before).await?;
                Ok::<_, Error>(u64::try_from(erased.len()).unwrap_or(u64::MAX) + said)
            }
            .boxed()
        })
        .await?;
    Ok(gone)
}

/// Erases bytes that nothing stands for: a process died between storing them and saying so, or after a row
/// was erased and before they were. Answers how many went.
///
/// So many at once are not the work of a crash: the database was put back to an earlier day, and a person must say
/// whether its files go as well.
///
/// A large storage takes a while: it ends early, to be begun anew another time, once `goes_on` says no more.
pub async fn sweep(app: &App, goes_on: impl Fn() -> bool) -> Result<u64, Error> {
    let before = app.now() - YOUNG;
    let stored = app.files.list().await?;
    let all = stored.len();
    let mut left = Vec::new();
    for stored in stored.into_iter().filter(|stored| stored.at < before) {
        if !goes_on() {
            return Ok(0);
        }
        if !documents::needs(&app.db, &stored.sha256).await? {
            left.push(stored.sha256);
        }
    }
    if left.len() > FEW && left.len() > all / MOST_SHARE {
        tracing::error!(
            files = all,
            unknown = left.len(),
            "the database does not know many of the stored files, as if it were an older copy: none is erased"
        );
        return Ok(0);
    }
    let mut gone = 0;
    for sha256 in left.into_iter().take_while(|_| goes_on()) {
        gone += u64::from(forget(app, &sha256).await?);
    }
    Ok(gone)
}

/// Erases the bytes of files whose rows were erased, where nothing else stands for them; what does not go now is
/// swept later.
pub(crate) async fn let_go(app: &App, files: Vec<String>) {
    for sha256 in files {
        if let Err(error) = forget(app, &sha256).await {
            tracing::warn!(%error, "a file's bytes could not be erased; they are swept later");
        }
    }
}

/// Erases a file's bytes unless a row stands for them, or they are young. Who stores a file puts the bytes
/// there anew, which makes them young, and looks once more after the commit: so between the question and the
/// deed nothing is lost.
async fn forget(app: &App, sha256: &str) -> Result<bool, Error> {
    if documents::needs(&app.db, sha256).await? {
        return Ok(false);
    }
    let is_old = |at: DateTime<Utc>| at < app.now() - YOUNG;
    match app.files.find(sha256).await? {
        Some(stored) if !is_old(stored.at) => Ok(false),
        // Only its smaller pictures may be left.
        Some(_) | None => {
            app.files.erase(sha256).await?;
            Ok(true)
        }
    }
}
