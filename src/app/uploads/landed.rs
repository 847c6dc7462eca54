//! What follows when a file has been looked into.

use chrono::{DateTime, Utc};
use dialogues::say::Say;
use dialogues::site::Site;
use dialogues::text::Code;
use domain::document::{Kind, State};
use domain::ids::TicketId;
use domain::ticket::Status;

use crate::app::act::{Act, Channel};
use crate::app::uploads::show;
use crate::app::{App, Error, invoices, notices, requests, visits};
use crate::store::documents::{self, Document};
use crate::store::tickets::Ticket;
use crate::store::users::User;
use crate::store::{self, Tx, uploads};

/// A file was looked into: it is ready, refused or lost, and what depends on it follows.
pub(crate) async fn landed(app: &App, tx: &Tx, document: &Document, at: DateTime<Utc>) -> Result<(), Error> {
    if document.kind == Some(Kind::Report) {
        return requests::photo_landed(tx, document, at).await;
    }
    if document.kind == Some(Kind::PaymentProof) {
        return invoices::proof_landed(tx, document, at).await;
    }
    let (Some(id), Some(kind)) = (document.ticket, document.kind) else {
        // Its sender has not said yet what it is for.
        return Ok(());
    };
    let ticket = store::tickets::by_id_locked(tx, id)
        .await?
        .ok_or(Error::Missing)?;
    let sender = match document.uploaded_by {
        Some(user) => store::users::by_id(tx, user).await?,
        None => None,
    };
    if let Some(sender) = &sender
        && let Some(text) = news(document, (id, kind))
    {
        notices::tell(tx, sender, Some(id), Say::text(text), at).await?;
    }
    if let Some(sender) = &sender {
        notices::file_landed(tx, document, sender, id, at).await?;
        if let Some(upload) = document.upload
            && let Some(upload) = uploads::by_id(tx, upload).await?
        {
            show(tx, sender, &upload, at).await?;
        }
    }
    tx.note_tickets();
    if kind == Kind::CheckIn {
        // It completes nothing; but a check-in may rest on it.
        return place_photo_landed(tx, document, sender.as_ref(), id, at).await;
    }
    let act = Act {
        actor: document.uploaded_by,
        channel: channel(&document.channel),
        at,
        once: None,
    };
    if document.epoch.is_some_and(|epoch| epoch != ticket.epoch) {
        // It is of an earlier assignment: kept, and of no consequence for this one.
        return Ok(());
    }
    follow(app, tx, &act, &ticket).await
}

/// A file that counts already was found on another ticket too.
pub(crate) async fn found_elsewhere(tx: &Tx, document: &Document, at: DateTime<Utc>) -> Result<(), Error> {
    let (Some(ticket), Some(by)) = (document.ticket, document.uploaded_by) else {
        return Ok(());
    };
    if let Some(by) = store::users::by_id(tx, by).await? {
        notices::file_landed(tx, document, &by, ticket, at).await?;
    }
    Ok(())
}

/// The admins hear of a check-in that was taken for its photo, when none of them shows anything.
async fn place_photo_landed(
    tx: &Tx,
    document: &Document,
    sender: Option<&User>,
    ticket: TicketId,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let (State::Refused, Some(epoch), Some(sender)) = (document.state, document.epoch, sender) else {
        return Ok(());
    };
    if store::visits::of(tx, ticket, epoch).await?.is_none() {
        // The check-in is still to come, and will ask for another.
        return Ok(());
    }
    let good = [State::Waiting, State::Ready, State::Erased];
    if documents::count(tx, (ticket, epoch), Kind::CheckIn, &good).await? > 0 {
        return Ok(());
    }
    notices::place_photo_refused(tx, ticket, sender, at).await
}

/// What the sender hears of a file, if it is bad news.
fn news(document: &Document, (ticket, kind): (TicketId, Kind)) -> Option<Site> {
    // What an admin uploads is refused to his face.
    document.source.as_ref()?;
    match document.state {
        State::Refused => {
            let why = Code(document.error.clone().unwrap_or_default());
            Some(Site::FileRefused { ticket, kind, why })
        }
        State::Lost => Some(Site::FileLost { ticket, kind }),
        State::Waiting | State::Ready | State::Erased => None,
    }
}

/// The job may be done now; if not, its card shows what it has.
pub(crate) async fn follow(app: &App, tx: &Tx, act: &Act, ticket: &Ticket) -> Result<(), Error> {
    let found = visits::complete(app, tx, act, ticket).await?;
    let done = ticket.status == Status::InProgress && found.is_complete();
    if !done && !ticket.status.is_over() {
        notices::ticket_changed(app, tx, ticket, act.at).await?;
    }
    Ok(())
}

fn channel(name: &str) -> Channel {
    match name {
        "panel" => Channel::Panel,
        "api" => Channel::Api,
        "whatsapp" => Channel::Whatsapp,
        _ => Channel::Telegram,
    }
}
