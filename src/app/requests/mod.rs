//! What customers report or ask by chat: taken in here, ended by the office.

mod follow;
mod office;
mod view;

use dialogues::customer::{Customer as Text, Line};
use dialogues::heard::Media;
use domain::document::State as FileState;
use domain::geo::Position;
use domain::ids::{RequestId, TicketId};
use domain::request::{Kind, PHOTOS, State};
use domain::ticket::Status;
use serde_json::json;

use crate::app::act::Act;
use crate::app::contacts::{CHANNEL, Contact};
use crate::app::requests::follow::add_photo;
pub(crate) use crate::app::requests::follow::{follow, locate};
pub use crate::app::requests::office::{Accept, accept, answer, dismiss};
pub use crate::app::requests::view::{From, View, find, list, waiting};
use crate::app::{App, Error, notices, registration};
use crate::store::customers::Customer;
use crate::store::documents::Document;
pub use crate::store::requests::Filter;
use crate::store::requests::{self, Request};
use crate::store::tickets::Ticket;
use crate::store::{self, Tx, inbox};

/// How many lines a customer sees of what is under way.
const LINES: u64 = 5;
/// How many photos one request takes while the office has the chat and may ask for more.
const MOST_PHOTOS: usize = 20;
/// How much of what is said is kept as a question (`domain::request::question`).
const MOST_WORDS: usize = 1000;

/// What someone writes to the office.
#[derive(Debug, Clone)]
pub(crate) struct New {
    pub(crate) kind: Kind,
    pub(crate) words: String,
    pub(crate) photos: Vec<Media>,
    pub(crate) position: Option<Position>,
    /// The flow's own number: the same one is sent once.
    pub(crate) draft: Option<i64>,
}

/// Takes a report or a question in, and tells the admins.
pub(crate) async fn take(tx: &Tx, act: &Act, contact: &Contact, new: New) -> Result<RequestId, Error> {
    if let Some(draft) = new.draft
        && let Some(same) = requests::by_draft(tx, contact.id, draft).await?
    {
        return Ok(same.id);
    }
    let customer = registration::customer_of(tx, contact).await?;
    let request = Request {
        id: RequestId(0),
        contact: contact.id,
        customer: customer.as_ref().map(|customer| customer.id),
        kind: new.kind,
        words: new.words,
        position: new.position,
        state: State::New,
        ticket: None,
        draft: new.draft,
        answer: None,
        handled_by: None,
        handled_at: None,
        created_at: act.at,
    };
    let request = requests::insert(tx, request).await?;
    for photo in new.photos.iter().take(PHOTOS) {
        add_photo(tx, act, request.id, None, photo).await?;
    }
    let detail = json!({ "kind": new.kind.as_str(), "photos": new.photos.len() });
    act.audit(tx, "request_made", ("request", request.id.0), None, detail)
        .await?;
    let text = Text::RequestCame {
        request: request.id,
        kind: new.kind,
        name: called(contact, customer.as_ref()),
        words: request.words,
    };
    notices::to_admins(tx, None, &text.into(), act.at).await?;
    tx.note_tickets();
    Ok(request.id)
}

/// What was said to the office alone: in a chat that it has, or too late for any other answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meanwhile<'m> {
    /// Or what shows that it was not words.
    pub(crate) words: &'m str,
    pub(crate) photo: Option<&'m Media>,
    pub(crate) position: Option<Position>,
    /// The admins hear once of all that has the same: what came since a word of theirs, or after one outage.
    pub(crate) since: i64,
}

/// Something was said that only the office hears: what it is about waits again.
pub(crate) async fn meanwhile(
    tx: &Tx,
    act: &Act,
    contact: &Contact,
    said: Meanwhile<'_>,
) -> Result<(), Error> {
    let Meanwhile {
        words,
        photo,
        position,
        since,
    } = said;
    tx.note_tickets();
    let newest = requests::newest(tx, contact.id).await?;
    let about = match newest {
        Some(request) if request.state == State::New => Some(request),
        Some(request) if requests::reopen(tx, request.id).await? => {
            act.audit(
                tx,
                "request_reopened",
                ("request", request.id.0),
                request.ticket,
                json!(null),
            )
            .await?;
            Some(request)
        }
        _ => None,
    };
    let is_first = inbox::once(tx, CHANNEL, &format!("meanwhile:{}:{since}", contact.id), act.at).await?;
    let said: String = words.chars().take(MOST_WORDS).collect();
    let Some(request) = about else {
        let new = New {
            kind: Kind::Question,
            words: said,
            photos: photo.cloned().into_iter().collect(),
            position,
            draft: None,
        };
        take(tx, act, contact, new).await?;
        return Ok(());
    };
    if let Some(position) = position {
        requests::locate(tx, request.id, position).await?;
    }
    if let Some(photo) = photo
        && requests::photos(tx, vec![request.id.0]).await?.len() < MOST_PHOTOS
    {
        add_photo(tx, act, request.id, request.ticket, photo).await?;
    }
    if !is_first {
        return Ok(());
    }
    let customer = registration::customer_of(tx, contact).await?;
    let text = Text::WroteAgain {
        request: request.id,
        name: called(contact, customer.as_ref()),
        words: said,
    };
    notices::to_admins(tx, None, &text.into(), act.at).await
}

/// What the office calls whoever writes.
fn called(contact: &Contact, customer: Option<&Customer>) -> String {
    let known = customer.map(|customer| customer.name.clone());
    known
        .or_else(|| contact.profile_name.clone())
        .unwrap_or_else(|| format!("WhatsApp #{}", contact.id))
}

/// A photo of a report was looked into: its sender hears of it only when it is lost.
pub(crate) async fn photo_landed(
    tx: &Tx,
    document: &Document,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<(), Error> {
    tx.note_tickets();
    if !matches!(document.state, FileState::Lost | FileState::Refused) {
        return Ok(());
    }
    let Some(id) = requests::of_photo(tx, document.id).await? else {
        return Ok(());
    };
    let request = requests::by_id(tx, id).await?.ok_or(Error::Missing)?;
    if let Some(contact) = store::contacts::by_id(tx, request.contact).await? {
        let say = dialogues::say::Say::text(Text::PhotoLost { request: id });
        notices::customer::reply(tx, &contact, None, &say, at).await?;
    }
    Ok(())
}

/// What a customer has under way: reports that are no tickets yet, and tickets, the newest first.
pub(crate) async fn standing(app: &App, tx: &Tx, contact: &Contact) -> Result<Vec<Line>, Error> {
    let Some(customer) = registration::customer_of(tx, contact).await? else {
        return Ok(Vec::new());
    };
    let filter = Filter {
        state: Some(State::New),
        kind: None,
        customer: Some(customer.id),
    };
    let mut lines: Vec<Line> = requests::list(tx, &filter, None, LINES)
        .await?
        .into_iter()
        .map(request_line)
        .collect();
    let filter = store::tickets::Filter {
        status: vec![Status::Open, Status::Assigned, Status::InProgress, Status::Done],
        customer: Some(customer.id),
        ..store::tickets::Filter::default()
    };
    for ticket in store::tickets::list(tx, &filter, None, LINES).await? {
        lines.push(ticket_line(app, tx, &ticket).await?);
    }
    Ok(lines)
}

/// One thing that a customer asks about by its number; `None`: there is none of his.
pub(crate) async fn standing_of(
    app: &App,
    tx: &Tx,
    contact: &Contact,
    number: &str,
) -> Result<Option<Line>, Error> {
    let Some(customer) = registration::customer_of(tx, contact).await? else {
        return Ok(None);
    };
    if let Some(id) = RequestId::from_number(number) {
        let found = requests::by_id(tx, id).await?;
        let own = found.filter(|request| request.customer == Some(customer.id));
        return match own {
            Some(Request {
                ticket: Some(ticket), ..
            }) => line_of(app, tx, ticket).await,
            other => Ok(other.map(request_line)),
        };
    }
    let Some(id) = TicketId::from_number(number) else {
        return Ok(None);
    };
    match store::tickets::by_id(tx, id).await? {
        Some(ticket) if ticket.customer == customer.id => Ok(Some(ticket_line(app, tx, &ticket).await?)),
        _ => Ok(None),
    }
}

async fn line_of(app: &App, tx: &Tx, id: TicketId) -> Result<Option<Line>, Error> {
    match store::tickets::by_id(tx, id).await? {
        Some(ticket) => Ok(Some(ticket_line(app, tx, &ticket).await?)),
        None => Ok(None),
    }
}

fn request_line(request: Request) -> Line {
    Line::Request {
        request: request.id,
        state: request.state,
        text: request.words,
    }
}

async fn ticket_line(app: &App, tx: &Tx, ticket: &Ticket) -> Result<Line, Error> {
    let (customer, service) = crate::app::cards::facts(tx, ticket).await?;
    let technician = match ticket.technician {
        Some(id) => store::users::by_id(tx, id).await?.map(|user| user.name),
        None => None,
    };
    Ok(Line::Ticket {
        ticket: ticket.id,
        service: service.name,
        status: ticket.status,
        visit: notices::customer::visit_of(app, ticket, &customer),
        technician,
    })
}
