//! A ticket read for its page, from all the use cases that know something of it.

use domain::calendar;
use domain::document::Kind;
use domain::geo::Position;
use domain::ids::TicketId;
use domain::invoice::State as Standing;
use domain::money::Rupiah;
use domain::ticket::Status;

use crate::app::page::Cut;
use crate::app::tickets::{self, Detail, Visited};
use crate::app::{self, customers, deliveries, invoices, users};
use crate::web;
use crate::web::panel::alerts;
use crate::web::panel::answer::Failure;
use crate::web::panel::contact::Site;
use crate::web::panel::document::Document;
use crate::web::panel::hand::Hand;
use crate::web::panel::invoice::Stand;
use crate::web::panel::story;
use crate::web::panel::ticket::{Bill, Customer, May, Technician, Ticket};
use crate::web::panel::visit::{Ground, Visit};
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::{Reader, When};

/// The ticket as its page shows it; that someone was shown where a technician has been is written down.
pub(crate) async fn read(state: &web::State, visitor: &Visitor, id: TicketId) -> Result<Ticket, Failure> {
    let reader = visitor.reader;
    let detail = tickets::find(&state.app, id).await?;
    tickets::looked(&state.app, &visitor.act(), &detail).await?;
    let (timeline, ending) = (story::timeline(&detail, reader), story::ending(&detail));
    let Detail { ticket, visits, .. } = detail;
    let status: Status = ticket.status.parse().map_err(|_| app::Error::Missing)?;
    let may = May::at(status);
    let filter = deliveries::Filter {
        ticket: Some(id),
        ..deliveries::Filter::default()
    };
    let messages = deliveries::list(&state.app, &filter, Cut::first(Cut::MOST)).await?;
    let customer = customers::find(
        &state.app,
        ticket.customer.id.parse().map_err(|_| app::Error::Missing)?,
    )
    .await?;
    let hands = if may.assign || may.replace {
        hands(state, &ticket).await?
    } else {
        Vec::new()
    };
    let time = ticket
        .visit_time
        .as_deref()
        .and_then(|time| calendar::time(time).ok());
    let site = site(&ticket);
    let mut files = files(&ticket, reader)?;
    for letter in files
        .iter_mut()
        .filter(|file| file.kind == Kind::AssignmentLetter)
    {
        // Once the work is over, nobody is sent any more.
        letter.holds &= may.letters;
    }
    let ground = Ground {
        site,
        radius: state.app.settings().visit.radius_meters,
        tiles: state.app.settings().map.tile_url.clone(),
    };
    let (present, earlier) = trips(visits, &mut files, &ground, reader)?;
    let bill = bill(state, &ticket, reader).await?;
    // What sales have approved is made void first.
    let may_close = bill.as_ref().is_none_or(|bill| !bill.stand.state.is_final());
    let may = May {
        close: may.close && may_close,
        ..may
    };
    let may_bill = bill.is_none() && invoices::may_bill(&state.app, id, status).await?;
    let ended = matches!(status, Status::Cancelled | Status::Closed);
    Ok(Ticket {
        id: ticket.id,
        number: ticket.number,
        version: ticket.version.into(),
        status,
        problem: ticket.problem,
        service: ticket.service.name,
        visit: reader.visit(Some(ticket.visit_date), time).full,
        due: ticket
            .check_in_due_at
            .filter(|_| status == Status::Assigned)
            .map(|at| reader.clock(at)),
        site: site.map(|at| Site::of(at.latitude, at.longitude)),
        created: reader.clock(ticket.created_at),
        created_by: ticket.created_by.name,
        ended_because: ending.filter(|_| ended),
        customer: Customer {
            notes: customer.notes,
            ..Customer::of(ticket.customer)
        },
        technician: technician(
            state,
            ticket.technician,
            ticket.claimed_at.map(|at| reader.clock(at)),
        )
        .await?,
        // Rare, and larger than all the rest of the page.
        alarm: Box::pin(alerts::of_ticket(state, id, reader)).await?,
        present,
        earlier,
        files,
        is_mapped: ground.tiles.is_some(),
        reader,
        timeline,
        deliveries: story::deliveries(messages.data, reader),
        bill,
        may_bill,
        may,
        hands,
        opened: None,
    })
}

/// The invoice of a ticket, in short.
async fn bill(state: &web::State, ticket: &tickets::View, reader: Reader) -> Result<Option<Bill>, Failure> {
    let Some(id) = ticket.invoice_id.as_deref() else {
        return Ok(None);
    };
    let invoice = invoices::find(&state.app, id.parse().map_err(|_| app::Error::Missing)?).await?;
    let state_now: Standing = invoice.state.parse().map_err(|_| app::Error::Missing)?;
    let is_past = invoice.due_date.is_some_and(|due| due < state.app.today());
    let is_part = invoice.paid > 0 && invoice.outstanding > 0;
    Ok(Some(Bill {
        stand: Stand {
            state: state_now,
            is_overdue: is_past && state_now.takes_payments(),
        },
        total: Rupiah(invoice.total).to_string(),
        left: is_part.then(|| Rupiah(invoice.outstanding).to_string()),
        due: invoice.due_date.map(|due| reader.day(due)),
        number: invoice.number,
        id: invoice.id,
    }))
}

async fn technician(
    state: &web::State,
    named: Option<tickets::Named>,
    since: Option<When>,
) -> Result<Option<Technician>, Failure> {
    let (Some(named), Some(since)) = (named, since) else {
        return Ok(None);
    };
    let id = named.id.parse().map_err(|_| app::Error::Missing)?;
    let reachable = users::find(&state.app, id).await?.reachable;
    Ok(Some(Technician {
        id: named.id,
        name: named.name,
        since,
        reachable,
    }))
}

/// Everyone who could take it instead.
async fn hands(state: &web::State, ticket: &tickets::View) -> Result<Vec<Hand>, Failure> {
    let hands = app::alerts::hands(&state.app, ticket, &mut app::alerts::Days::default()).await?;
    Ok(hands.into_iter().map(Hand::of).collect())
}

fn site(ticket: &tickets::View) -> Option<Position> {
    let (latitude, longitude) = ticket.latitude.zip(ticket.longitude)?;
    Position::new(latitude, longitude).ok()
}

fn files(ticket: &tickets::View, reader: Reader) -> Result<Vec<Document>, Failure> {
    let files = ticket.documents.iter().cloned();
    files.map(|file| Document::of(file, reader)).collect()
}

/// The visit of whoever has the ticket, and earlier ones, the latest first; each takes its files.
fn trips(
    visits: Vec<Visited>,
    files: &mut Vec<Document>,
    ground: &Ground,
    reader: Reader,
) -> Result<(Option<Visit>, Vec<Visit>), Failure> {
    let (mut now, mut earlier) = (None, Vec::new());
    for (n, visited) in visits.into_iter().enumerate() {
        let visit = Visit::of(n, visited, files, ground, reader)?;
        if visit.taken.is_some() {
            earlier.insert(0, visit);
        } else {
            now = Some(visit);
        }
    }
    Ok((now, earlier))
}
