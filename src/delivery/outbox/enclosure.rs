//! Letters with a file in them: by the name that the service gave the file the last time, or with its bytes.

use std::time::Duration;

use chrono::{SubsecRound, TimeDelta};
use dialogues::say::Attachment;
use futures::FutureExt;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::app::conversation::documents::{self, Posting};
use crate::app::conversation::{App, Error};
use crate::delivery::letter::{Courier, Enclosed, Letter, Outcome, Posted};
use crate::delivery::outbox::worker::late;
use crate::store::outbox::{Leased, extend};

/// A courier that takes longer with a file is given up on: 20 MiB at 2 Mbit/s.
const PATIENCE: Duration = Duration::from_secs(90);
/// How often its bytes are tried before the message is given up: everything else in the chat waits for it.
const TRIES: i32 = 5;
/// How many files are in memory at once: each may have 20 MiB, and a slow line keeps it for long.
const HANDS: usize = 4;
static FREE: Semaphore = Semaphore::const_new(HANDS);
/// How long a hand is waited for before the lease is made longer.
const WAIT: Duration = Duration::from_secs(30);
/// How long the lease is made for it.
const LEASE: TimeDelta = TimeDelta::seconds(120);

/// Carries a letter with its file; the lease is made long enough first, and noted in `row`.
pub(crate) async fn carry<C: Courier>(
    app: &App,
    courier: &C,
    row: &mut Leased,
    letter: &Letter,
    file: &Attachment,
) -> Outcome {
    let outcome = match attempt(app, courier, row, letter, file).await {
        Ok(outcome) => outcome,
        Err(Error::Missing) => Outcome::Refused {
            why: "the storage has lost the file".to_owned(),
        },
        Err(error) => Outcome::Trouble {
            why: error.to_string(),
        },
    };
    match outcome {
        Outcome::Trouble { why } if row.attempts >= TRIES => Outcome::Refused { why },
        outcome => outcome,
    }
}

async fn attempt<C: Courier>(
    app: &App,
    courier: &C,
    row: &mut Leased,
    letter: &Letter,
    file: &Attachment,
) -> Result<Outcome, Error> {
    if !hold(app, row).await? {
        return Ok(overtaken());
    }
    let Some(posting) = documents::posting(app, file.document).await? else {
        return Ok(Outcome::Refused {
            why: "the file was revoked or erased before it was sent".to_owned(),
        });
    };
    // By post a file goes with its bytes: what another channel calls it says nothing there. And a picture is not
    // the file.
    let by_name = !C::POSTS && !file.picture;
    if let Some(name) = posting.external_id.as_ref().filter(|_| by_name) {
        match post(courier, letter, Enclosed::Known(name.clone())).await {
            Posted::Done { outcome, .. } => return Ok(outcome),
            Posted::Forgotten => documents::called(app, file.document, None).await?,
        }
    }
    let Some(_hand) = hand(app, row).await? else {
        return Ok(overtaken());
    };
    match post(courier, letter, enclosed(app, &posting, file).await?).await {
        Posted::Done { outcome, name } => {
            if name.is_some()
                && by_name
                && let Err(error) = documents::called(app, file.document, name).await
            {
                // Sent it is; the next time its bytes go once more.
                tracing::warn!(%error, "what the service calls a file is not remembered");
            }
            Ok(outcome)
        }
        Posted::Forgotten => Ok(Outcome::Refused {
            why: "the service asks for a file that it was given".to_owned(),
        }),
    }
}

async fn enclosed(app: &App, posting: &Posting, file: &Attachment) -> Result<Enclosed, Error> {
    if file.picture {
        return Ok(Enclosed::Bytes {
            filename: "photo.jpg".to_owned(),
            media_type: "image/jpeg".to_owned(),
            bytes: documents::picture(app, posting).await?,
        });
    }
    Ok(Enclosed::Bytes {
        filename: file.filename.clone(),
        media_type: file.media_type.clone(),
        bytes: documents::bytes(app, posting).await?,
    })
}

async fn post<C: Courier>(courier: &C, letter: &Letter, file: Enclosed) -> Posted {
    let posted = timeout(PATIENCE, courier.post(letter.clone(), file)).await;
    posted.unwrap_or_else(|_| Posted::Done {
        outcome: late::<C>(),
        name: None,
    })
}

/// Waits for a free hand, and keeps the lease meanwhile. [`None`]: the message is ours no more.
async fn hand(app: &App, row: &mut Leased) -> Result<Option<SemaphorePermit<'static>>, Error> {
    let mut free = std::pin::pin!(FREE.acquire());
    loop {
        let taken = timeout(WAIT, &mut free).await;
        // Whoever waited has less of the lease left than the work may take.
        if !hold(app, row).await? {
            return Ok(None);
        }
        if let Ok(hand) = taken {
            return Ok(hand.ok());
        }
    }
}

fn overtaken() -> Outcome {
    Outcome::Trouble {
        why: "someone else has taken the message over".to_owned(),
    }
}

/// Makes the lease long enough for a large file. `false`: it is ours no more.
async fn hold(app: &App, row: &mut Leased) -> Result<bool, Error> {
    // As exact as the databases keep it: a lease is told from others by its end.
    let until = (app.clock.now() + LEASE).trunc_subsecs(6);
    let ours = row.clone();
    let (held, _) = app
        .db
        .write(move |tx| async move { Ok::<_, Error>(extend(tx, &ours, until).await?) }.boxed())
        .await?;
    if held {
        row.until = until;
    }
    Ok(held)
}
