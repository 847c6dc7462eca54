//! Photos and papers of a job: which job they are for, and what they complete.

mod landed;
mod place_photo;
mod unasked;
mod unplaced;

use chrono::{DateTime, Utc};
use dialogues::card::Tally;
use dialogues::heard::Media;
use dialogues::say::{Card, CardKind, Hint, Say};
use dialogues::site::Site;
use dialogues::turn::Outcome;
use dialogues::uploading::Uploading;
use domain::document::{Kind, PER_KIND, State};
use domain::ids::{DocumentId, TicketId, UploadId};
use domain::ticket::Status;

use crate::app::act::{Act, Channel};
pub(crate) use crate::app::uploads::landed::{found_elsewhere, landed};
pub(crate) use crate::app::uploads::place_photo::{has_place_photo, keep_place_photo, place_photo};
pub(crate) use crate::app::uploads::unasked::{before, meant_for, named_by, place, unasked};
pub use crate::app::uploads::unplaced::ask_again;
use crate::app::{App, Error, notices};
use crate::store::documents::{self, Document};
use crate::store::tickets::Ticket;
use crate::store::uploads::{self, Purpose, Upload};
use crate::store::users::User;
use crate::store::{self, Tx};

/// Opens the upload mode of a job, as its technician.
pub(crate) async fn open(
    tx: &Tx,
    act: &Act,
    user: &User,
    purpose: Purpose,
) -> Result<Result<Upload, Site>, Error> {
    // A button can be forged: letters and proofs of payment do not come from technicians.
    if !is_work(purpose.kind) {
        return Ok(Err(Site::UploadOver {
            ticket: purpose.ticket,
        }));
    }
    let ticket = store::tickets::by_id_locked(tx, purpose.ticket).await?;
    if let Some(ticket) = &ticket
        && ticket.technician == Some(user.id)
        && ticket.epoch == purpose.epoch
        && ticket.status == Status::Assigned
    {
        return Ok(Err(Site::NotCheckedIn { ticket: ticket.id }));
    }
    if !ticket.is_some_and(|ticket| takes(&ticket, purpose, user)) {
        return Ok(Err(Site::UploadOver {
            ticket: purpose.ticket,
        }));
    }
    let upload = uploads::open(tx, user.id, Some(purpose), None, act.at).await?;
    show(tx, user, &upload, act.at).await?;
    Ok(Ok(upload))
}

/// Takes a photo or a paper in; its bytes are fetched after the commit.
pub(crate) async fn attach(
    tx: &Tx,
    act: &Act,
    user: &User,
    id: UploadId,
    media: &Media,
) -> Result<Outcome, Error> {
    let Some(upload) = uploads::by_id(tx, id)
        .await?
        .filter(|upload| upload.user == user.id)
    else {
        return Ok(Outcome::NotAttached { text: None });
    };
    let Some(purpose) = upload.purpose else {
        keep(tx, act, user, &upload, media).await?;
        return Ok(Outcome::Attached);
    };
    let id = purpose.ticket;
    let ticket = store::tickets::by_id_locked(tx, id).await?;
    if !ticket.is_some_and(|ticket| takes(&ticket, purpose, user)) {
        return Ok(Outcome::UploadOver { ticket: id });
    }
    if let Some((code, text)) = unwanted(tx, purpose, media).await? {
        return not_taken(tx, act, user, &upload, media, (code, text)).await;
    }
    keep(tx, act, user, &upload, media).await?;
    if purpose.kind == Kind::CheckIn {
        uploads::close(tx, upload.id, act.at).await?;
        return Ok(Outcome::Attached);
    }
    show(tx, user, &upload, act.at).await?;
    Ok(Outcome::Attached)
}

/// Why a file is not taken, by what is known before it is fetched.
async fn unwanted(tx: &Tx, purpose: Purpose, media: &Media) -> Result<Option<(&'static str, Site)>, Error> {
    let Purpose { ticket, epoch, kind } = purpose;
    if media.is_too_large() {
        return Ok(Some(("too-large", Site::TooLarge { ticket })));
    }
    if media.is_something_else(kind.may_be_pdf()) {
        return Ok(Some(("not-an-image", Site::UploadHint { ticket, kind })));
    }
    if documents::is_repeat(tx, (ticket, epoch), kind, &media.source_key).await? {
        return Ok(Some(("repeated", Site::Repeated { ticket })));
    }
    let held = documents::count(tx, (ticket, epoch), kind, &[State::Waiting, State::Ready]).await?;
    if held >= PER_KIND {
        let most = PER_KIND;
        return Ok(Some(("too-many", Site::TooMany { ticket, kind, most })));
    }
    Ok(None)
}

/// Notes that a file was not taken. It is said once for each reason: an album is many messages.
async fn not_taken(
    tx: &Tx,
    act: &Act,
    user: &User,
    upload: &Upload,
    media: &Media,
    (code, text): (&str, Site),
) -> Result<Outcome, Error> {
    let before = documents::of_upload(tx, upload.id).await?;
    let said = media.album.is_some()
        && before
            .iter()
            .any(|document| document.error.as_deref() == Some(code));
    let refused = Document {
        state: State::Refused,
        error: Some(code.to_owned()),
        source: None,
        source_key: None,
        ..document(act, user, upload, media)
    };
    documents::insert(tx, refused).await?;
    show(tx, user, upload, act.at).await?;
    Ok(Outcome::NotAttached {
        text: (!said).then_some(text),
    })
}

/// Writes a file down that is to be fetched.
pub(crate) async fn keep(
    tx: &Tx,
    act: &Act,
    user: &User,
    upload: &Upload,
    media: &Media,
) -> Result<(), Error> {
    documents::insert(tx, document(act, user, upload, media)).await?;
    if let Some(album) = &media.album {
        uploads::holds_album(tx, upload.id, album).await?;
    }
    Ok(())
}

fn document(act: &Act, user: &User, upload: &Upload, media: &Media) -> Document {
    let purpose = upload.purpose;
    let named = media
        .filename
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let filename = named.map_or_else(
        || format!("{}.jpg", act.at.format("%Y%m%d-%H%M%S")),
        |name| name.chars().filter(|c| !c.is_control()).take(120).collect(),
    );
    Document {
        id: DocumentId(0),
        ticket: purpose.map(|purpose| purpose.ticket),
        epoch: purpose.map(|purpose| purpose.epoch),
        kind: purpose.map(|purpose| purpose.kind),
        upload: Some(upload.id),
        number: None,
        filename,
        media_type: None,
        size: media.size,
        sha256: None,
        perceptual: None,
        width: None,
        height: None,
        flags: Vec::new(),
        state: State::Waiting,
        error: None,
        channel: Channel::Telegram.as_str().to_owned(),
        source: Some(media.source.clone()),
        source_key: Some(media.source_key.clone()),
        external_id: None,
        uploaded_by: Some(user.id),
        created_at: act.at,
        revoked_at: None,
        drawn: None,
        attempts: 0,
    }
}

/// Closes an upload mode: its card says what came of it. `false`: it was closed before.
pub(crate) async fn finish(
    app: &App,
    tx: &Tx,
    user: &User,
    id: UploadId,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let own = uploads::by_id(tx, id)
        .await?
        .filter(|upload| upload.user == user.id);
    let Some(upload) = own else {
        return Ok(false);
    };
    if let Some(purpose) = upload.purpose {
        // Before the count: a file that lands at this moment is in it, or shows the mode as closed.
        store::tickets::by_id_locked(tx, purpose.ticket).await?;
    }
    if !uploads::close(tx, id, at).await? {
        return Ok(false);
    }
    let closed = Upload {
        closed_at: Some(at),
        ..upload
    };
    show(tx, user, &closed, at).await?;
    if let Some(purpose) = closed.purpose
        && let Some(ticket) = store::tickets::by_id(tx, purpose.ticket).await?
        && takes(&ticket, purpose, user)
    {
        notices::ticket_changed(app, tx, &ticket, at).await?;
    }
    Ok(true)
}

/// The progress card, edited in place.
async fn show(tx: &Tx, user: &User, upload: &Upload, at: DateTime<Utc>) -> Result<(), Error> {
    // The photo of a place has none: it is one, and its taking is said.
    let Some(purpose) = upload.purpose.filter(|purpose| purpose.kind != Kind::CheckIn) else {
        return Ok(());
    };
    let tally = tally(tx, upload.id, purpose).await?;
    let card = Hint::Card(card(purpose.ticket, upload.id));
    let say = if upload.closed_at.is_some() {
        Say::text(Site::Uploaded { tally }).quiet()
    } else {
        let Purpose { ticket, epoch, kind } = purpose;
        let mode = Uploading {
            upload: upload.id,
            ticket,
            epoch,
            kind,
            since: None,
        };
        Say::text(Site::Uploading { tally }).row(mode.row()).quiet()
    };
    notices::tell(tx, user, Some(purpose.ticket), say.hint(card), at).await
}

async fn tally(tx: &Tx, upload: UploadId, purpose: Purpose) -> Result<Tally, Error> {
    let files = documents::of_upload(tx, upload).await?;
    let count = |states: &[State]| files.iter().filter(|file| states.contains(&file.state)).count();
    let Purpose { ticket, epoch, kind } = purpose;
    Ok(Tally {
        ticket,
        kind,
        ready: count(&[State::Ready, State::Erased]),
        waiting: count(&[State::Waiting]),
        refused: count(&[State::Refused, State::Lost]),
        total: documents::count(tx, (ticket, epoch), kind, &[State::Ready]).await?,
    })
}

/// Whether it is what a technician hands in.
pub(crate) const fn is_work(kind: Kind) -> bool {
    matches!(kind, Kind::Evidence | Kind::Bast)
}

/// Whether a job takes files from this person: from check-in until it is closed.
fn takes(ticket: &Ticket, purpose: Purpose, user: &User) -> bool {
    ticket.technician == Some(user.id)
        && ticket.epoch == purpose.epoch
        && matches!(ticket.status, Status::InProgress | Status::Done)
}

fn card(ticket: TicketId, upload: UploadId) -> Card {
    Card {
        ticket,
        kind: CardKind::Upload,
        epoch: i32::try_from(upload.0).unwrap_or(i32::MAX),
    }
}
