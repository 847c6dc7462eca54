//! What a customer sends once a report is made: photos and a place that nothing asked for.

use chrono::TimeDelta;
use dialogues::customer::Customer as Text;
use dialogues::heard::Media;
use dialogues::say::Say;
use dialogues::served::Outcome;
use dialogues::text::Text as Any;
use domain::document::State as FileState;
use domain::geo::Position;
use domain::ids::{DocumentId, RequestId, TicketId};
use domain::request::{Kind, PHOTOS, PHOTOS_FOLLOW, State};
use serde_json::json;

use crate::app::Error;
use crate::app::act::Act;
use crate::app::contacts::{CHANNEL, Contact};
use crate::store::documents::Document;
use crate::store::requests::{self, Request};
use crate::store::{self, Tx, inbox, outbox};

/// Photos that follow each other within this are one message to whoever sent them.
const ALBUM: TimeDelta = TimeDelta::seconds(15);

/// A photo that nothing asked for belongs to the report whose message it answers, or to the one that was just made.
pub(crate) async fn follow(tx: &Tx, act: &Act, contact: &Contact, media: Media) -> Result<Outcome, Error> {
    let meant = match &media.reply_to {
        Some(answered) => meant(tx, contact, answered).await?,
        None => None,
    };
    let found = match meant {
        Some(request) => Some(request),
        None => just_made(tx, act, contact).await?,
    };
    let Some(request) = found else {
        return Ok(Outcome::NotFollowed(media));
    };
    let photos = requests::photos(tx, vec![request.id.0]).await?;
    if photos.len() >= PHOTOS {
        // Said once: whoever sends an album has done so before he can read it.
        let told = format!("overfull:{}", request.id);
        let is_first = inbox::once(tx, CHANNEL, &told, act.at).await?;
        return Ok(if is_first {
            Outcome::Overfull
        } else {
            Outcome::Nothing
        });
    }
    let last = match photos.last() {
        Some((_, last)) => store::documents::by_id(tx, *last).await?,
        None => None,
    };
    let in_a_row =
        last.is_some_and(|last| last.created_at > request.created_at && act.at - last.created_at < ALBUM);
    add_photo(tx, act, request.id, request.ticket, &media).await?;
    Ok(if in_a_row {
        Outcome::Nothing
    } else {
        Outcome::Followed { request: request.id }
    })
}

/// A place that nothing asked for is where the report is that was just made, while it is no ticket yet.
pub(crate) async fn locate(
    tx: &Tx,
    act: &Act,
    contact: &Contact,
    position: Position,
) -> Result<Outcome, Error> {
    let found = just_made(tx, act, contact).await?;
    let Some(request) = found.filter(|request| request.kind == Kind::Report) else {
        return Ok(Outcome::NotLocated);
    };
    if !requests::locate(tx, request.id, position).await? {
        return Ok(Outcome::NotLocated);
    }
    act.audit(
        tx,
        "request_located",
        ("request", request.id.0),
        None,
        json!(null),
    )
    .await?;
    tx.note_tickets();
    Ok(Outcome::Located { request: request.id })
}

/// The chat's newest report, while what follows still belongs to it. A question has only what came with it.
async fn just_made(tx: &Tx, act: &Act, contact: &Contact) -> Result<Option<Request>, Error> {
    let newest = requests::newest_since(tx, contact.id, act.at - PHOTOS_FOLLOW).await?;
    let new = newest.filter(|request| {
        let since = match request.kind {
            Kind::Report => PHOTOS_FOLLOW,
            Kind::Question => ALBUM,
        };
        act.at - request.created_at <= since
    });
    match new {
        Some(request) if is_open(tx, &request).await? => Ok(Some(request)),
        _ => Ok(None),
    }
}

/// The report of whose message this is the answer: of several that one customer has open, it is the one meant.
async fn meant(tx: &Tx, contact: &Contact, answered: &str) -> Result<Option<Request>, Error> {
    let chat = contact.id.to_string();
    let Some(payload) = outbox::said_as(tx, (CHANNEL, &chat), answered).await? else {
        return Ok(None);
    };
    let said = serde_json::from_str::<Say>(&payload).map(|say| say.text);
    let request = match said {
        Ok(Any::Customer(
            Text::Reported { request }
            | Text::PhotoFollowed { request }
            | Text::PlaceFollowed { request }
            | Text::PhotoLost { request }
            | Text::QuestionTaken { request, .. },
        )) => requests::by_id(tx, request).await?,
        Ok(Any::Customer(
            Text::TicketCreated { ticket, .. }
            | Text::VisitMoved { ticket, .. }
            | Text::TechnicianAssigned { ticket, .. }
            | Text::TechnicianArrived { ticket, .. },
        )) => requests::of_ticket(tx, ticket).await?,
        _ => None,
    };
    match request.filter(|request| request.contact == contact.id) {
        Some(request) if is_open(tx, &request).await? => Ok(Some(request)),
        _ => Ok(None),
    }
}

/// Whether somebody is still to see to it.
async fn is_open(tx: &Tx, request: &Request) -> Result<bool, Error> {
    let Some(ticket) = request.ticket else {
        return Ok(matches!(request.state, State::New | State::Accepted));
    };
    let ticket = store::tickets::by_id(tx, ticket).await?;
    Ok(ticket.is_some_and(|ticket| !ticket.status.is_over()))
}

/// A photo of a request, to be fetched.
pub(crate) async fn add_photo(
    tx: &Tx,
    act: &Act,
    request: RequestId,
    ticket: Option<TicketId>,
    media: &Media,
) -> Result<(), Error> {
    let document = Document {
        id: DocumentId(0),
        ticket,
        epoch: None,
        kind: Some(domain::document::Kind::Report),
        upload: None,
        number: None,
        filename: request.number(),
        media_type: media.media_type.clone(),
        size: media.size,
        sha256: None,
        perceptual: None,
        width: None,
        height: None,
        flags: Vec::new(),
        state: FileState::Waiting,
        error: None,
        channel: CHANNEL.to_owned(),
        source: Some(media.source.clone()),
        source_key: Some(media.source_key.clone()),
        external_id: None,
        uploaded_by: None,
        created_at: act.at,
        revoked_at: None,
        drawn: None,
        attempts: 0,
    };
    let document = store::documents::insert(tx, document).await?;
    Ok(requests::add_photo(tx, request, document.id).await?)
}
