//! Photos whose sender never said what they are for: he is asked once more, and the admins hear of it.

use chrono::TimeDelta;
use dialogues::site::Site;
use domain::document::State;
use futures::FutureExt;

use crate::app::uploads::unasked::which_job;
use crate::app::{App, Error, notices};
use crate::store::uploads::{self, Upload};
use crate::store::{self, Tx, documents};

/// How long an answer is waited for.
const PATIENCE: TimeDelta = TimeDelta::hours(1);
/// How many are looked at in one go.
const BATCH: u64 = 100;

/// Asks once more for photos that nobody said the purpose of; answers how many openings that were.
pub async fn ask_again(app: &App) -> Result<usize, Error> {
    let waiting = uploads::unplaced(&app.db, app.now() - PATIENCE, BATCH).await?;
    let count = waiting.len();
    for upload in waiting {
        let app_ = app.clone();
        let done = app.write(move |tx| ask_one(app_, tx, upload).boxed()).await;
        match done {
            Ok(((), effects)) => app.tell(&effects),
            // The others must not wait for it; it is tried again with the next ones.
            Err(error) => tracing::warn!(%error, "photos without a job could not be asked after"),
        }
    }
    Ok(count)
}

async fn ask_one(app: App, tx: &Tx, upload: Upload) -> Result<(), Error> {
    let at = app.now();
    // Once: whoever closes it asks.
    if !uploads::close(tx, upload.id, at).await? {
        return Ok(());
    }
    let files = documents::of_upload(tx, upload.id).await?;
    let is_there = |state| matches!(state, State::Waiting | State::Ready);
    let count = files.iter().filter(|file| is_there(file.state)).count();
    let Some(user) = store::users::by_id(tx, upload.user).await? else {
        return Ok(());
    };
    if count == 0 {
        return Ok(());
    }
    let jobs = store::tickets::taking_photos(tx, user.id).await?;
    if user.active && !jobs.is_empty() {
        notices::tell(tx, &user, None, which_job(&upload, &jobs, count), at).await?;
    }
    let text = Site::PhotosUnplaced { by: user.name, count };
    notices::to_admins(tx, None, &text.into(), at).await
}
