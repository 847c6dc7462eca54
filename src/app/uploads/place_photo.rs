//! Photos of the place, which explain a check-in that its location does not prove.

use dialogues::heard::Media;
use dialogues::turn::Outcome;
use dialogues::visiting::CheckIn;
use domain::document::{Kind, State};
use domain::ids::{TicketId, UploadId};
use domain::ticket::Status;
use domain::visit::Verdict;

use crate::app::Error;
use crate::app::act::Act;
use crate::app::uploads::{keep, not_taken, unwanted};
use crate::store::uploads::{self, Purpose, Upload};
use crate::store::users::User;
use crate::store::visits::Visit;
use crate::store::{self, Tx, documents};

/// Keeps a photo that explains a check-in which is still to come: the check-in may be left, the photo stays.
pub(crate) async fn keep_place_photo(
    tx: &Tx,
    act: &Act,
    user: &User,
    (ticket, epoch): (TicketId, i32),
    kept: Option<UploadId>,
    media: &Media,
) -> Result<Outcome, Error> {
    let found = store::tickets::by_id_locked(tx, ticket).await?;
    let Some(found) = found.filter(|t| t.technician == Some(user.id) && t.epoch == epoch) else {
        return Ok(Outcome::NotYours { ticket });
    };
    match found.status {
        Status::Assigned => {}
        Status::InProgress | Status::Done => return Ok(Outcome::AlreadyCheckedIn { ticket }),
        Status::Open | Status::Closed | Status::Cancelled => return Ok(Outcome::NotYours { ticket }),
    }
    let upload = opening(tx, act, user, (ticket, epoch), kept).await?;
    if let Some((code, text)) = unwanted(tx, purpose(ticket, epoch), media).await? {
        return not_taken(tx, act, user, &upload, media, (code, text)).await;
    }
    keep(tx, act, user, &upload, media).await?;
    Ok(Outcome::PlacePhotoKept { upload: upload.id })
}

/// Whether an opening has a photo that shows the place, as far as is known by now.
pub(crate) async fn has_place_photo(tx: &Tx, upload: Option<UploadId>) -> Result<bool, Error> {
    let Some(upload) = upload else {
        return Ok(false);
    };
    let files = documents::of_upload(tx, upload).await?;
    let may_show = |state| matches!(state, State::Waiting | State::Ready | State::Erased);
    Ok(files.iter().any(|file| may_show(file.state)))
}

/// Keeps the photo that came with the check-in, or opens the mode that takes one when it is `shown` by none.
pub(crate) async fn place_photo(
    tx: &Tx,
    act: &Act,
    user: &User,
    visit: &Visit,
    (asked, shown): (&CheckIn, bool),
) -> Result<Option<UploadId>, Error> {
    let held = (visit.ticket, visit.epoch);
    if let Some(photo) = &asked.photo {
        let upload = opening(tx, act, user, held, asked.kept).await?;
        if unwanted(tx, purpose(held.0, held.1), photo).await?.is_none() {
            keep(tx, act, user, &upload, photo).await?;
        }
        return Ok(None);
    }
    if shown || visit.verdict != Verdict::Unverified {
        return Ok(None);
    }
    let purpose = Some(purpose(held.0, held.1));
    let upload = uploads::open(tx, user.id, purpose, None, act.at).await?;
    Ok(Some(upload.id))
}

/// The opening for the photos that explain a check-in. It is closed: the conversation alone brings photos to it.
async fn opening(
    tx: &Tx,
    act: &Act,
    user: &User,
    (ticket, epoch): (TicketId, i32),
    kept: Option<UploadId>,
) -> Result<Upload, Error> {
    let purpose = purpose(ticket, epoch);
    if let Some(kept) = kept
        && let Some(upload) = uploads::by_id(tx, kept).await?
        && upload.user == user.id
        && upload.purpose == Some(purpose)
    {
        return Ok(upload);
    }
    let upload = uploads::open(tx, user.id, Some(purpose), None, act.at).await?;
    uploads::close(tx, upload.id, act.at).await?;
    Ok(upload)
}

const fn purpose(ticket: TicketId, epoch: i32) -> Purpose {
    let kind = Kind::CheckIn;
    Purpose { ticket, epoch, kind }
}
