//! The buttons of a visit.

use dialogues::say::{Card, CardKind, Hint, Say, Toast};
use dialogues::site::Site;
use dialogues::text::Text;
use dialogues::turn::State;
use dialogues::uploading::Uploading;
use dialogues::visiting::Visiting;
use domain::document::Kind;
use domain::ids::{TicketId, UploadId};
use domain::ticket::Status;

use crate::app::act::Act;
use crate::app::conversation::{CHANNEL, Speaker, go_on, state_of, take_turn};
use crate::app::{App, Error, cards, notices, uploads, visits};
use crate::store::uploads::Purpose;
use crate::store::users::User;
use crate::store::{self, Tx, conversations};

/// A job by the assignment that a button was made for.
type Held = (TicketId, i32);

/// `Check-in`: asks for the location, unless it is too early or too late. `without_fix`: for the reason.
pub(crate) async fn begin(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
    (id, epoch): Held,
    without_fix: bool,
) -> Result<Option<Toast>, Error> {
    let ticket = store::tickets::by_id(tx, id).await?;
    let Some(ticket) = ticket.filter(|ticket| ticket.technician == Some(user.id)) else {
        return Ok(Some(Toast::alert(Text::NotYours { ticket: id })));
    };
    if ticket.epoch != epoch {
        return Ok(Some(Toast::alert(Text::StaleButton)));
    }
    match ticket.status {
        Status::Assigned => {}
        Status::InProgress | Status::Done => {
            return Ok(Some(Toast::alert(Site::AlreadyCheckedIn { ticket: id })));
        }
        Status::Open | Status::Closed | Status::Cancelled => {
            return Ok(Some(Toast::alert(Text::NotYours { ticket: id })));
        }
    }
    if app.zone().date(act.at) < ticket.visit_date {
        let date = ticket.visit_date;
        return Ok(Some(Toast::alert(Site::TooEarly { ticket: id, date })));
    }
    let turn = if without_fix {
        Visiting::without_fix(id, epoch)
    } else {
        Visiting::begin(id, epoch)
    };
    take_turn(app, tx, speaker, turn, act.at).await?;
    Ok(None)
}

/// The technician will not wait for a better location.
pub(crate) async fn settle(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    act: &Act,
    (id, epoch): Held,
) -> Result<Option<Toast>, Error> {
    let chat = speaker.telegram_id.to_string();
    let state = state_of(tx, &chat, act.at).await?;
    let Some(State::Visiting(visiting)) = state.filter(
        |state| matches!(state, State::Visiting(visiting) if visiting.ticket == id && visiting.epoch == epoch),
    ) else {
        return Ok(Some(Toast::alert(Text::StaleButton)));
    };
    go_on(app, tx, speaker, act, visiting.settle()).await?;
    Ok(None)
}

/// `Upload Bukti`, `Upload BAST`.
pub(crate) async fn upload(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
    purpose: Purpose,
) -> Result<Option<Toast>, Error> {
    // One mode at a time: whatever stood before ends with what it has.
    for standing in store::uploads::standing(tx, user.id).await? {
        uploads::finish(app, tx, user, standing.id, act.at).await?;
    }
    let upload = match uploads::open(tx, act, user, purpose).await? {
        Ok(upload) => upload,
        Err(text) => return Ok(Some(Toast::alert(text))),
    };
    let Purpose { ticket, epoch, kind } = purpose;
    let mode = Uploading {
        upload: upload.id,
        ticket,
        epoch,
        kind,
        since: speaker.number,
    };
    take_turn(app, tx, speaker, mode.begin(), act.at).await?;
    Ok(None)
}

/// `Selesai`.
pub(crate) async fn finish(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
    id: UploadId,
) -> Result<Option<Toast>, Error> {
    if !uploads::finish(app, tx, user, id, act.at).await? {
        return Ok(Some(Toast::brief(Text::StaleButton)));
    }
    let chat = speaker.telegram_id.to_string();
    let state = state_of(tx, &chat, act.at).await?;
    if matches!(state, Some(State::Uploading(mode)) if mode.upload == id) {
        conversations::end(tx, CHANNEL, &chat).await?;
    }
    Ok(None)
}

/// Which job unasked photos are for.
pub(crate) async fn place(
    app: &App,
    tx: &Tx,
    user: &User,
    act: &Act,
    upload: UploadId,
    job: (TicketId, Kind),
) -> Result<Option<Toast>, Error> {
    let placed = uploads::place(app, tx, act, user, upload, job).await?;
    Ok(placed.err().map(Toast::alert))
}

/// `Check-out`: shows what there is and asks once more, as a new message.
pub(crate) async fn ask_to_leave(
    app: &App,
    tx: &Tx,
    user: &User,
    act: &Act,
    (id, epoch): Held,
) -> Result<Option<Toast>, Error> {
    let text = match visits::summary(app, tx, act, user, (id, epoch)).await? {
        Ok(text) => text,
        Err(text) => return Ok(Some(Toast::alert(text))),
    };
    let card = leaving_card(id, epoch);
    let say = Say::text(text).row(cards::leaving_row(id, epoch));
    notices::anew(tx, user, (card, CardKind::PastCheckOut), say, act.at).await?;
    Ok(None)
}

/// `Ya, check-out`.
pub(crate) async fn leave(
    app: &App,
    tx: &Tx,
    user: &User,
    act: &Act,
    (id, epoch): Held,
) -> Result<Option<Toast>, Error> {
    let text = match visits::check_out(app, tx, act, user, (id, epoch)).await? {
        Ok(text) => text,
        Err(text) => return Ok(Some(Toast::alert(text))),
    };
    let say = Say::text(text).hint(Hint::Card(leaving_card(id, epoch)));
    notices::tell(tx, user, Some(id), say, act.at).await?;
    Ok(None)
}

/// `Kembali`.
pub(crate) async fn stay(tx: &Tx, user: &User, act: &Act, (id, epoch): Held) -> Result<Option<Toast>, Error> {
    let visit = store::visits::of(tx, id, epoch).await?;
    let standing = visit.is_some_and(|visit| {
        visit.technician == user.id && visit.checked_out_at.is_none() && visit.ended_at.is_none()
    });
    if !standing {
        return Ok(Some(Toast::alert(Text::StaleButton)));
    }
    let say = Say::text(Site::CheckOutLeft { ticket: id }).hint(Hint::RetireCard(leaving_card(id, epoch)));
    notices::tell(tx, user, Some(id), say.quiet(), act.at).await?;
    Ok(None)
}

fn leaving_card(ticket: TicketId, epoch: i32) -> Card {
    Card {
        ticket,
        kind: CardKind::CheckOut,
        epoch,
    }
}
