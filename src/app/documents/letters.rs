//! Letters: sent to the technician when they come and when he asks, revoked when he no longer has the job.

use chrono::{DateTime, Utc};
use dialogues::say::{Attachment, Say};
use dialogues::site::Site;
use domain::document::Kind;
use domain::ids::TicketId;
use serde_json::json;

use crate::app::act::Act;
use crate::app::{Error, notices};
use crate::store::documents::{self, Document};
use crate::store::tickets::Ticket;
use crate::store::users::User;
use crate::store::{self, Tx};

/// Sends someone the letter of that kind that holds for the ticket's present assignment. `false`: there is none.
pub async fn send_letter(
    tx: &Tx,
    user: &User,
    ticket: &Ticket,
    kind: Kind,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    match documents::letter(tx, (ticket.id, ticket.epoch), kind).await? {
        Some(letter) => {
            send(tx, user, ticket.id, &letter, at).await?;
            Ok(true)
        }
        None => Ok(false),
    }
}

/// A letter has come: whoever has the job gets it.
pub(crate) async fn tell(
    tx: &Tx,
    ticket: &Ticket,
    letter: &Document,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let Some(technician) = ticket.technician else {
        return Ok(());
    };
    let user = store::users::by_id(tx, technician).await?.ok_or(Error::Missing)?;
    send(tx, &user, ticket.id, letter, at).await
}

/// An assignment has ended: nobody may show its letters any more.
pub(crate) async fn revoke(tx: &Tx, ticket: TicketId, at: DateTime<Utc>) -> Result<(), Error> {
    documents::revoke(tx, ticket, at).await?;
    Ok(())
}

/// The visit is another than the letters say that were drawn here: they no longer hold, and whoever has the job
/// hears so. What was uploaded stays: nobody here knows what it says.
pub(crate) async fn revoke_drawn(tx: &Tx, by: &Act, ticket: &Ticket) -> Result<(), Error> {
    let numbers = documents::revoke_drawn(tx, (ticket.id, ticket.epoch), by.at).await?;
    if numbers.is_empty() {
        return Ok(());
    }
    by.audit_ticket(tx, "letters_revoked", ticket.id, json!({ "numbers": numbers }))
        .await?;
    let Some(technician) = ticket.technician else {
        return Ok(());
    };
    let user = store::users::by_id(tx, technician)
        .await?
        .filter(|user| user.active);
    match user {
        Some(user) => {
            let say = Say::text(Site::LettersRevoked { ticket: ticket.id });
            notices::tell(tx, &user, Some(ticket.id), say, by.at).await
        }
        None => Ok(()),
    }
}

async fn send(
    tx: &Tx,
    user: &User,
    ticket: TicketId,
    letter: &Document,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let text = Site::Letter {
        ticket,
        kind: letter.kind.unwrap_or(Kind::AssignmentLetter),
        number: letter.number.clone(),
    };
    let attachment = Attachment {
        document: letter.id,
        filename: letter.filename.clone(),
        media_type: letter.media_type.clone().unwrap_or_default(),
        picture: false,
    };
    let say = Say::text(text).attach(attachment).private();
    notices::tell(tx, user, Some(ticket), say, at).await
}
