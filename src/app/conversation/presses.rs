//! What the buttons do, but for claiming, which has a way of its own.

use chrono::{DateTime, Utc};
use dialogues::press::{Asked, Press};
use dialogues::releasing::Releasing;
use dialogues::say::{Hint, Say, Toast};
use dialogues::site::Site;
use dialogues::text::Text;
use domain::document::Kind;
use domain::ids::TicketId;
use domain::ticket::Status;

use crate::app::act::Act;
use crate::app::conversation::{CHANNEL, Speaker, alerts, commands, price, say, state_of, take_turn, visit};
use crate::app::{App, Error, documents, notices, uploads};
use crate::store::uploads::Purpose;
use crate::store::users::User;
use crate::store::{self, Tx, conversations};

pub(crate) async fn run(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
    press: Press,
) -> Result<Option<Toast>, Error> {
    match press {
        Press::Card { ticket } => card(app, tx, user, act, ticket).await,
        Press::Release { ticket, epoch } => release(app, tx, speaker, user, act, ticket, epoch).await,
        Press::Speak { locale } => {
            let speaking = User {
                locale,
                ..user.clone()
            };
            store::users::update(tx, &speaking).await?.ok_or(Error::Stale)?;
            let to = Speaker {
                user: Some(speaking),
                locale,
                ..*speaker
            };
            say(tx, &to, Say::text(Text::LanguageSet).menu(user.role), act.at).await?;
            Ok(None)
        }
        Press::Pool { after } => {
            commands::pool(app, tx, speaker, user, act, after).await?;
            Ok(None)
        }
        Press::Tasks => {
            commands::tasks(app, tx, speaker, user, act).await?;
            Ok(None)
        }
        Press::Leave(asked) => leave(app, tx, speaker, user, act, asked).await,
        Press::Cancel => cancel_whatever(app, tx, speaker, user, act).await,
        Press::CheckIn { ticket, epoch } => {
            visit::begin(app, tx, speaker, user, act, (ticket, epoch), false).await
        }
        Press::NoFix { ticket, epoch } => {
            visit::begin(app, tx, speaker, user, act, (ticket, epoch), true).await
        }
        Press::Settle { ticket, epoch } => visit::settle(app, tx, speaker, act, (ticket, epoch)).await,
        Press::Upload { ticket, epoch, kind } => {
            let purpose = Purpose { ticket, epoch, kind };
            visit::upload(app, tx, speaker, user, act, purpose).await
        }
        Press::Finish { upload } => visit::finish(app, tx, speaker, user, act, upload).await,
        Press::Place { upload, ticket, kind } => {
            visit::place(app, tx, user, act, upload, (ticket, kind)).await
        }
        Press::CheckOut { ticket, epoch } => visit::ask_to_leave(app, tx, user, act, (ticket, epoch)).await,
        Press::ConfirmCheckOut { ticket, epoch } => visit::leave(app, tx, user, act, (ticket, epoch)).await,
        Press::LeaveCheckOut { ticket, epoch } => visit::stay(tx, user, act, (ticket, epoch)).await,
        Press::Price {
            invoice,
            version,
            bid,
        } => price::press(app, tx, speaker, user, act, (invoice, version), bid).await,
        Press::Prices { after } => {
            price::list(app, tx, speaker, user, act, after).await?;
            Ok(None)
        }
        Press::Letter { ticket, kind } => letter(tx, user, act, ticket, kind).await,
        Press::Alert { .. }
        | Press::Continue { .. }
        | Press::Replace { .. }
        | Press::ReplaceWith { .. }
        | Press::ConfirmReplace { .. }
        | Press::LeaveReplace { .. }
        | Press::Alerts => alerts::press(app, tx, speaker, (user, act), press).await,
        // Claims do not come this way, and customers are not here; a button that is, is not one of ours.
        Press::Claim { .. } | Press::Customer(_) => Ok(Some(Toast::alert(Text::StaleButton))),
    }
}

/// Sends a letter again to whoever has the job.
async fn letter(tx: &Tx, user: &User, act: &Act, id: TicketId, kind: Kind) -> Result<Option<Toast>, Error> {
    let ticket = store::tickets::by_id(tx, id).await?;
    let Some(ticket) = ticket.filter(|t| t.technician == Some(user.id) && !t.status.is_over()) else {
        return Ok(Some(Toast::alert(Text::NotYours { ticket: id })));
    };
    if documents::send_letter(tx, user, &ticket, kind, act.at).await? {
        return Ok(None);
    }
    Ok(Some(Toast::alert(Site::NoLetter { ticket: id, kind })))
}

/// Leaves what the button was made for, if that is still asked.
async fn leave(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
    asked: Asked,
) -> Result<Option<Toast>, Error> {
    let chat = speaker.telegram_id.to_string();
    let running = state_of(tx, &chat, act.at).await?;
    let is_asked = running.is_some_and(|state| state.asked() == Some(asked));
    if let Asked::Price { invoice, version } = asked {
        return price::leave(tx, user, act, (invoice, version), is_asked).await;
    }
    let Asked::Upload { upload } = asked else {
        if !is_asked {
            return Ok(Some(Toast::alert(Text::StaleButton)));
        }
        cancel(app, tx, speaker, act.at).await?;
        return Ok(None);
    };
    // A mode stands for longer than its conversation.
    if !uploads::finish(app, tx, user, upload, act.at).await? {
        return Ok(Some(Toast::alert(Text::StaleButton)));
    }
    if is_asked {
        conversations::end(tx, CHANNEL, &chat).await?;
    }
    say(tx, speaker, Say::text(Site::UploadLeft), act.at).await?;
    Ok(None)
}

/// A button from before buttons said what they leave: whoever has several jobs may mean another one.
async fn cancel_whatever(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
) -> Result<Option<Toast>, Error> {
    let mut jobs = store::tickets::tasks(tx, user.id).await?;
    jobs.extend(store::tickets::taking_photos(tx, user.id).await?);
    if jobs.iter().any(|job| job.id != jobs[0].id) {
        return Ok(Some(Toast::alert(Text::StaleButton)));
    }
    cancel(app, tx, speaker, act.at).await?;
    Ok(None)
}

/// Leaves what is being asked.
pub(crate) async fn cancel(app: &App, tx: &Tx, speaker: &Speaker, at: DateTime<Utc>) -> Result<(), Error> {
    let chat = speaker.telegram_id.to_string();
    let ended = conversations::end(tx, CHANNEL, &chat).await?;
    let mut left = false;
    if let Some(user) = &speaker.user {
        // What came in already stays: it may have completed the job.
        for upload in store::uploads::standing(tx, user.id).await? {
            left |= uploads::finish(app, tx, user, upload.id, at).await?;
        }
    }
    let text = if left {
        Text::Site(Site::UploadLeft)
    } else if ended {
        Text::Cancelled
    } else {
        Text::NothingToCancel
    };
    say(tx, speaker, Say::text(text).hint(Hint::RemoveKeys), at).await
}

/// Shows the job card again, as a new message at the end of the chat; the earlier one loses its buttons.
async fn card(app: &App, tx: &Tx, user: &User, act: &Act, id: TicketId) -> Result<Option<Toast>, Error> {
    let ticket = store::tickets::by_id(tx, id).await?;
    let Some(ticket) = ticket.filter(|t| t.technician == Some(user.id) && !t.status.is_over()) else {
        return Ok(Some(Toast::alert(Text::NotYours { ticket: id })));
    };
    notices::job_moved_on(app, tx, &ticket, user, act.at).await?;
    Ok(None)
}

async fn release(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    user: &User,
    act: &Act,
    id: TicketId,
    epoch: i32,
) -> Result<Option<Toast>, Error> {
    let Some(ticket) = store::tickets::by_id(tx, id).await? else {
        return Ok(Some(Toast::alert(Text::StaleButton)));
    };
    if ticket.technician != Some(user.id) || ticket.status != Status::Assigned {
        return Ok(Some(Toast::alert(Text::NotYours { ticket: id })));
    }
    if ticket.epoch != epoch {
        return Ok(Some(Toast::alert(Text::StaleButton)));
    }
    take_turn(app, tx, speaker, Releasing { ticket: id, epoch }.begin(), act.at).await?;
    Ok(None)
}
