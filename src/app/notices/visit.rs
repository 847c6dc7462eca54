//! Who hears of a visit.

use chrono::{DateTime, Utc};
use dialogues::say::{Card, CardKind, Hint, Say};
use dialogues::site::Site;
use domain::document::State;
use domain::ids::TicketId;

use crate::app::act::Act;
use crate::app::documents::SEEN_ELSEWHERE;
use crate::app::notices::{customer, tell, ticket_changed, to_admins};
use crate::app::{App, Error, cards};
use crate::store::documents::Document;
use crate::store::tickets::Ticket;
use crate::store::users::User;
use crate::store::visits::Visit;
use crate::store::{self, Tx, outbox};

/// The job has entered another phase: its card comes anew at the end of the chat, and the earlier message of it
/// loses its buttons.
pub(crate) async fn job_moved_on(
    app: &App,
    tx: &Tx,
    ticket: &Ticket,
    user: &User,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let (customer, service) = cards::facts(tx, ticket).await?;
    let say = cards::job_say(app, tx, ticket, (&customer, &service)).await?;
    anew(tx, user, (cards::job_card(ticket), CardKind::PastJob), say, at).await
}

/// Sends a card as a new message at the end of the chat. The message that showed it before goes on as a card of
/// kind `past`, without its buttons.
pub(crate) async fn anew(
    tx: &Tx,
    user: &User,
    (card, past): (Card, CardKind),
    say: Say,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    if let Some(chat) = user.telegram_id {
        let chat = chat.to_string();
        outbox::pass_on(tx, cards::shown(card).at("telegram", &chat), past.as_str()).await?;
    }
    let stripped = Say {
        choices: Vec::new(),
        hint: Hint::RetireCard(Card { kind: past, ..card }),
        ..say.clone()
    };
    tell(tx, user, Some(card.ticket), stripped.quiet(), at).await?;
    tell(tx, user, Some(card.ticket), say.hint(Hint::Card(card)), at).await
}

/// A job is done: its card says so, and its technician hears it.
pub(crate) async fn done(app: &App, tx: &Tx, ticket: &Ticket, at: DateTime<Utc>) -> Result<(), Error> {
    ticket_changed(app, tx, ticket, at).await?;
    customer::finished(app, tx, ticket, at).await?;
    let Some(user) = technician_of(tx, ticket).await? else {
        return Ok(());
    };
    let say = Say::text(Site::JobDone { ticket: ticket.id });
    tell(tx, &user, Some(ticket.id), say, at).await
}

/// The admins hear of a check-in whose place proves too little.
pub(crate) async fn check_in_doubted(
    tx: &Tx,
    by: &User,
    visit: &Visit,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let text = Site::CheckInDoubted {
        ticket: visit.ticket,
        by: by.name.clone(),
        verdict: visit.verdict,
        distance_meters: visit.distance_meters,
        reason: visit.reason.clone(),
    };
    to_admins(tx, Some(visit.ticket), &text.into(), at).await
}

/// An admin wrote a check-in down: its technician hears it, with the card as it is now.
pub(crate) async fn check_in_recorded(app: &App, tx: &Tx, ticket: &Ticket, by: &Act) -> Result<(), Error> {
    let Some(user) = technician_of(tx, ticket).await? else {
        return Ok(());
    };
    let admin = match by.actor {
        Some(actor) => store::users::by_id(tx, actor).await?.map(|user| user.name),
        None => None,
    };
    let text = Site::CheckInRecorded {
        ticket: ticket.id,
        by: admin.unwrap_or_else(|| app.settings().company.name.clone()),
    };
    tell(tx, &user, Some(ticket.id), Say::text(text), by.at).await?;
    job_moved_on(app, tx, ticket, &user, by.at).await
}

/// The admins hear of a file that was lost, and of a photo that another ticket has shown before.
pub(crate) async fn file_landed(
    tx: &Tx,
    document: &Document,
    by: &User,
    ticket: TicketId,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let by = by.name.clone();
    let reused = document.flags.iter().any(|flag| flag == SEEN_ELSEWHERE);
    let text = match document.state {
        State::Lost => Site::FileLostOf { ticket, by },
        State::Ready if reused => Site::PhotoReused { ticket, by },
        _ => return Ok(()),
    };
    to_admins(tx, Some(ticket), &text.into(), at).await
}

/// The admins hear that nothing shows the place of a check-in which its photo was to explain.
pub(crate) async fn place_photo_refused(
    tx: &Tx,
    ticket: TicketId,
    by: &User,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let by = by.name.clone();
    let text = Site::PlacePhotoRefused { ticket, by };
    to_admins(tx, Some(ticket), &text.into(), at).await
}

async fn technician_of(tx: &Tx, ticket: &Ticket) -> Result<Option<User>, Error> {
    match ticket.technician {
        Some(technician) => Ok(store::users::by_id(tx, technician).await?),
        None => Ok(None),
    }
}
