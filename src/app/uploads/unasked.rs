//! Files that nothing asked for now: late ones find their job, the others are asked after.

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::heard::Media;
use dialogues::press::Press;
use dialogues::say::{CardKind, Choice, Hint, Say};
use dialogues::site::Site;
use dialogues::text::Label;
use domain::document::{Kind, PER_KIND, State};
use domain::ids::{TicketId, UploadId};

use crate::app::act::Act;
use crate::app::uploads::landed::follow;
use crate::app::uploads::{card, is_work, keep, takes, tally};
use crate::app::{App, Error, notices};
use crate::store::documents::{self, Document};
use crate::store::tickets::Ticket;
use crate::store::uploads::{self, Purpose, Upload};
use crate::store::users::User;
use crate::store::{self, Tx, outbox};

/// How long a mode that nobody closed still takes photos.
const STANDS: TimeDelta = TimeDelta::hours(12);
/// How many jobs a question offers.
const OFFERED: usize = 6;

/// The opening that a file is meant for that says nothing of it itself, while the chat is in no mode: the one that
/// still stands, or that stood when it was sent.
pub(crate) async fn meant_for(
    tx: &Tx,
    user: &User,
    media: &Media,
    at: DateTime<Utc>,
) -> Result<Option<UploadId>, Error> {
    let mut standing = uploads::standing(tx, user.id).await?;
    standing.retain(|upload| {
        let for_work = upload.purpose.is_some_and(|purpose| is_work(purpose.kind));
        for_work && upload.opened_at + STANDS > at
    });
    if let [_] = standing[..] {
        return Ok(standing.pop().map(|upload| upload.id));
    }
    let then = uploads::standing_at(tx, user.id, media.sent_at).await?;
    let then = then.filter(|upload| upload.opened_at + STANDS > at);
    Ok(then.map(|upload| upload.id))
}

/// The opening that this one closed when it began: what was sent before it is meant for that. `None`: the chat was
/// in no mode, so that nobody can say what it is for.
pub(crate) async fn before(tx: &Tx, user: &User, current: UploadId) -> Result<Option<UploadId>, Error> {
    let Some(current) = uploads::by_id(tx, current).await? else {
        return Ok(None);
    };
    let before = uploads::closed_at(tx, user.id, current.opened_at).await?;
    let for_work = |upload: &Upload| upload.purpose.is_some_and(|purpose| is_work(purpose.kind));
    Ok(before.filter(for_work).map(|upload| upload.id))
}

/// What a file itself says of where it belongs.
pub(crate) async fn named_by(tx: &Tx, user: &User, media: &Media) -> Result<Option<Upload>, Error> {
    if let (Some(message), Some(chat)) = (&media.reply_to, user.telegram_id) {
        let shown = outbox::card_at(tx, "telegram", &chat.to_string(), message).await?;
        if let Some((kind, number)) = shown
            && kind == CardKind::Upload.as_str()
        {
            let upload = uploads::by_id(tx, UploadId(i64::from(number))).await?;
            return Ok(upload.filter(|upload| upload.user == user.id));
        }
    }
    let Some(album) = &media.album else {
        return Ok(None);
    };
    let upload = uploads::of_album(tx, user.id, album).await?;
    // One photo of a place is enough: the rest of its album is asked after.
    Ok(upload.filter(|upload| upload.purpose.is_none_or(|purpose| is_work(purpose.kind))))
}

/// A photo that nothing asked for: it is kept, and its sender says which job it is for.
pub(crate) async fn unasked(tx: &Tx, act: &Act, user: &User, media: &Media) -> Result<Say, Error> {
    let jobs = store::tickets::taking_photos(tx, user.id).await?;
    if jobs.is_empty() {
        return Ok(Say::text(Site::NoJobForPhotos));
    }
    let first = jobs[0].id;
    if media.is_too_large() {
        return Ok(Say::text(Site::TooLarge { ticket: first }));
    }
    if media.is_something_else(true) {
        let kind = Kind::Evidence;
        return Ok(Say::text(Site::UploadHint { ticket: first, kind }));
    }
    let upload = uploads::open(tx, user.id, None, media.album.clone(), act.at).await?;
    keep(tx, act, user, &upload, media).await?;
    Ok(which_job(&upload, &jobs, 1))
}

/// Asks which of these jobs photos are for.
pub(crate) fn which_job(upload: &Upload, jobs: &[Ticket], count: usize) -> Say {
    let mut say = Say::text(Site::WhichJob { count });
    for job in jobs.iter().take(OFFERED) {
        let row = [Kind::Evidence, Kind::Bast].map(|kind| {
            let (upload, ticket) = (upload.id, job.id);
            Choice::press(
                Label::PlaceAs { ticket, kind },
                Press::Place { upload, ticket, kind },
            )
        });
        say = say.row(row.to_vec());
    }
    say
}

/// The sender of unasked photos has said what they are for.
pub(crate) async fn place(
    app: &App,
    tx: &Tx,
    act: &Act,
    user: &User,
    id: UploadId,
    (ticket, kind): (TicketId, Kind),
) -> Result<Result<(), Site>, Error> {
    let over = Site::UploadOver { ticket };
    if !is_work(kind) {
        return Ok(Err(over));
    }
    let Some(held) = store::tickets::by_id_locked(tx, ticket).await? else {
        return Ok(Err(over));
    };
    let purpose = Purpose {
        ticket,
        epoch: held.epoch,
        kind,
    };
    let own = uploads::by_id(tx, id)
        .await?
        .filter(|upload| upload.user == user.id);
    let Some(upload) = own.filter(|_| takes(&held, purpose, user)) else {
        return Ok(Err(over));
    };
    if let Some(placed) = upload.purpose {
        // The question keeps its buttons: the first answer counts, and its job is the one to name.
        return Ok(Err(Site::Repeated {
            ticket: placed.ticket,
        }));
    }
    let files = documents::of_upload(tx, id).await?;
    let is_pdf = |file: &Document| file.media_type.as_deref() == Some("application/pdf");
    if !kind.may_be_pdf() && files.iter().any(is_pdf) {
        return Ok(Err(Site::UploadHint { ticket, kind }));
    }
    let counted = [State::Waiting, State::Ready];
    let more = files.iter().filter(|file| counted.contains(&file.state)).count();
    if documents::count(tx, (ticket, held.epoch), kind, &counted).await? + more > PER_KIND {
        let most = PER_KIND;
        return Ok(Err(Site::TooMany { ticket, kind, most }));
    }
    uploads::place(tx, id, purpose).await?;
    uploads::close(tx, id, act.at).await?;
    documents::place(tx, id, (ticket, held.epoch), kind).await?;
    let placed = documents::of_upload(tx, id).await?;
    crate::app::documents::compare(tx, &placed, act.at).await?;
    let tally = tally(tx, id, purpose).await?;
    let say = Say::text(Site::Placed { tally }).hint(Hint::Card(card(ticket, id)));
    notices::tell(tx, user, Some(ticket), say, act.at).await?;
    follow(app, tx, act, &held).await?;
    Ok(Ok(()))
}
