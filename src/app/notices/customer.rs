//! What customers hear of their tickets: each thing once.

mod way;

use chrono::{DateTime, Utc};
use dialogues::card;
use dialogues::customer::Customer as Text;
use dialogues::press::Press;
use dialogues::say::Say;
use dialogues::standby::{Purpose, Standby};
use dialogues::tap::Tap;
use domain::calendar::Zone;
use domain::ids::{RequestId, TicketId};
use domain::ticket::Status;

use crate::app::contacts::{self, Contact};
use crate::app::notices::customer::way::awake;
pub use crate::app::notices::customer::way::quiet_until;
pub(crate) use crate::app::notices::customer::way::{
    APART, PUSHES, STANDING, When, correct, push, queue, reply,
};
use crate::app::{App, Error};
use crate::store::customers::Customer;
use crate::store::tickets::Ticket;
use crate::store::users::User;
use crate::store::{self, Tx};

/// A ticket was created, perhaps from a report.
pub(crate) async fn created(
    app: &App,
    tx: &Tx,
    (ticket, customer): (&Ticket, &Customer),
    request: Option<RequestId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let Some(contact) = chat_of(app, tx, customer, at).await? else {
        return Ok(());
    };
    let zone = zone_of(app, customer);
    let text = Text::TicketCreated {
        ticket: ticket.id,
        request,
        problem: ticket.problem.clone(),
        visit: visit_of(app, ticket, customer),
    };
    let moment = format!(
        "{} {}",
        Zone::day(zone.date(at), contact.locale),
        zone.clock(at, contact.locale)
    );
    let standby = Standby::of(Purpose::TicketCreated)
        .fact("nama", customer.name.clone())
        .fact("no_tiket", ticket.id.number())
        .fact("waktu", moment)
        .fact("ringkasan", in_one_line(unended(&ticket.problem), 200));
    let standby = with_presses(standby, &[Tap::Status]);
    let say = Say::text(text).standby(standby);
    push(app, tx, (&contact, customer), ticket.id, (say, When::Awake), at).await
}

/// A technician has the job.
pub(crate) async fn assigned(
    app: &App,
    tx: &Tx,
    whom: (&Ticket, &Customer),
    technician: &User,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let Some(contact) = chat_of(app, tx, whom.1, at).await? else {
        return Ok(());
    };
    let what = comes(app, whom, &contact, technician, at);
    push(app, tx, (&contact, whom.1), whom.0.id, what, at).await
}

/// The visit is at another time: whoever comes says so, or the ticket alone.
pub(crate) async fn moved(
    app: &App,
    tx: &Tx,
    (ticket, customer): (&Ticket, &Customer),
    technician: Option<&User>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let Some(contact) = chat_of(app, tx, customer, at).await? else {
        return Ok(());
    };
    let what = if let Some(technician) = technician {
        comes(app, (ticket, customer), &contact, technician, at)
    } else {
        let text = Text::VisitMoved {
            ticket: ticket.id,
            visit: visit_of(app, ticket, customer),
        };
        let standby = status(app, ticket.id, &contact, (Status::Open, &text));
        let say = Say::text(text).standby(standby);
        (say, urgency(app, ticket, customer, at))
    };
    correct(app, tx, (&contact, customer), ticket.id, what, at).await
}

/// Who comes, and when.
fn comes(
    app: &App,
    (ticket, customer): (&Ticket, &Customer),
    contact: &Contact,
    technician: &User,
    at: DateTime<Utc>,
) -> (Say, When) {
    let visit = visit_of(app, ticket, customer);
    let (date, zone) = (visit.date, visit.zone);
    let text = Text::TechnicianAssigned {
        ticket: ticket.id,
        technician: technician.name.clone(),
        visit,
    };
    let standby = Standby::of(Purpose::TechnicianAssigned)
        .fact("no_tiket", ticket.id.number())
        .fact("teknisi", technician.name.clone())
        .fact("tanggal", Zone::day(date, contact.locale))
        .fact("jam", zone.clock(begins(app, ticket), contact.locale))
        .fact("alamat", in_one_line(&customer.address, 200));
    let standby = with_presses(standby, &[Tap::Status, Tap::Office]);
    (
        Say::text(text).standby(standby),
        urgency(app, ticket, customer, at),
    )
}

/// Whoever comes before the morning is not told of in the morning.
fn urgency(app: &App, ticket: &Ticket, customer: &Customer, at: DateTime<Utc>) -> When {
    if begins(app, ticket) < awake(app, customer, at) {
        When::Now
    } else {
        When::Awake
    }
}

/// When somebody may come: a date without a time begins with the working day.
fn begins(app: &App, ticket: &Ticket) -> DateTime<Utc> {
    let time = ticket.visit_time.unwrap_or(app.settings().visit.workday_start);
    app.zone().moment(ticket.visit_date, time)
}

/// The approved words for how a ticket stands: its state as customers call it, and what the free words say. What the
/// office wrote for itself is in neither.
fn status(app: &App, ticket: TicketId, contact: &Contact, (status, text): (Status, &Text)) -> Standby {
    let voice = app.voice;
    let said = (voice.text)(&text.clone().into(), contact.locale);
    let standby = Standby::of(Purpose::TicketStatus)
        .fact("no_tiket", ticket.number())
        .fact("status", (voice.status)(status, contact.locale))
        .fact("keterangan", in_one_line(unended(&said), 200));
    with_presses(standby, &[Tap::Status, Tap::Office])
}

/// The technician is there.
pub(crate) async fn arrived(app: &App, tx: &Tx, ticket: &Ticket, at: DateTime<Utc>) -> Result<(), Error> {
    let Some((customer, contact, technician)) = people(app, tx, ticket, at).await? else {
        return Ok(());
    };
    let text = Text::TechnicianArrived {
        ticket: ticket.id,
        technician,
    };
    let standby = status(app, ticket.id, &contact, (Status::InProgress, &text));
    let say = Say::text(text).standby(standby);
    push(app, tx, (&contact, &customer), ticket.id, (say, When::Now), at).await
}

/// The job is done.
pub(crate) async fn finished(app: &App, tx: &Tx, ticket: &Ticket, at: DateTime<Utc>) -> Result<(), Error> {
    let Some((customer, contact, technician)) = people(app, tx, ticket, at).await? else {
        return Ok(());
    };
    let zone = zone_of(app, &customer);
    let moment = format!(
        "{} {}",
        Zone::day(zone.date(at), contact.locale),
        zone.clock(at, contact.locale)
    );
    let standby = Standby::of(Purpose::TicketDone)
        .fact("no_tiket", ticket.id.number())
        .fact("teknisi", technician.clone())
        .fact("waktu", moment);
    let standby = with_presses(standby, &[Tap::Status, Tap::Office]);
    let text = Text::TicketDone {
        ticket: ticket.id,
        technician,
    };
    let say = Say::text(text).standby(standby);
    push(app, tx, (&contact, &customer), ticket.id, (say, When::Awake), at).await
}

/// The ticket was cancelled. Why stays in the office.
pub(crate) async fn cancelled(app: &App, tx: &Tx, ticket: &Ticket, at: DateTime<Utc>) -> Result<(), Error> {
    let Some(customer) = store::customers::by_id(tx, ticket.customer).await? else {
        return Ok(());
    };
    let Some(contact) = chat_of(app, tx, &customer, at).await? else {
        return Ok(());
    };
    let text = Text::TicketCancelled { ticket: ticket.id };
    let standby = status(app, ticket.id, &contact, (Status::Cancelled, &text));
    let say = Say::text(text).standby(standby);
    push(app, tx, (&contact, &customer), ticket.id, (say, When::Awake), at).await
}

/// A ticket's visit as its customer reads it: in his own zone, when he has one.
pub(crate) fn visit_of(app: &App, ticket: &Ticket, customer: &Customer) -> card::Visit {
    let own = app.zone();
    let zone = zone_of(app, customer);
    match ticket.visit_time {
        Some(time) if zone != own => {
            let at = own.moment(ticket.visit_date, time);
            let local = at.with_timezone(&zone.0);
            card::Visit {
                date: local.date_naive(),
                time: Some(local.time()),
                zone,
            }
        }
        time => card::Visit {
            date: ticket.visit_date,
            time,
            zone,
        },
    }
}

/// A sentence to stand within another one, which has a full stop of its own.
fn unended(text: &str) -> &str {
    text.trim_end().trim_end_matches('.')
}

/// Words in one line of at most `most` characters: what approved words are filled with has no line breaks.
pub(crate) fn in_one_line(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let head: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{head}…")
}

/// What the buttons of approved words mean, in their order.
fn with_presses(mut standby: Standby, taps: &[Tap]) -> Standby {
    standby.presses = taps.iter().map(|tap| Press::Customer(*tap)).collect();
    standby
}

/// The chat of a customer, when there is a channel at all.
pub(crate) async fn chat_of(
    app: &App,
    tx: &Tx,
    customer: &Customer,
    at: DateTime<Utc>,
) -> Result<Option<Contact>, Error> {
    if !app.config.whatsapp.missing().is_empty() {
        return Ok(None);
    }
    contacts::of_customer(app, tx, customer.id, at).await
}

async fn people(
    app: &App,
    tx: &Tx,
    ticket: &Ticket,
    at: DateTime<Utc>,
) -> Result<Option<(Customer, Contact, String)>, Error> {
    let (Some(technician), Some(customer)) = (
        ticket.technician,
        store::customers::by_id(tx, ticket.customer).await?,
    ) else {
        return Ok(None);
    };
    let technician = store::users::by_id(tx, technician).await?;
    let contact = chat_of(app, tx, &customer, at).await?;
    Ok(technician
        .zip(contact)
        .map(|(technician, contact)| (customer, contact, technician.name)))
}

fn zone_of(app: &App, customer: &Customer) -> Zone {
    customer.timezone.unwrap_or(app.zone())
}
