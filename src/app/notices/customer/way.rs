//! How something goes to a customer: at once or in the morning, the newest only, corrections as one, and not after STOP.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use dialogues::say::Say;
use domain::calendar::Zone;
use domain::ids::{ContactId, DeliveryId, TicketId};

use crate::app::contacts::{CHANNEL, Contact};
use crate::app::notices::customer::zone_of;
use crate::app::notices::written;
use crate::app::{App, Error};
use crate::store::customers::Customer;
use crate::store::outbox::{self, Lane, Message};
use crate::store::{self, Tx};

/// What tells how a ticket stands: a newer one makes an older one needless.
pub(crate) const STANDING: [&str; 6] = [
    "customer_ticket_created",
    "customer_visit_moved",
    "customer_technician_assigned",
    "customer_technician_arrived",
    "customer_ticket_done",
    "customer_ticket_cancelled",
];
/// What nobody waits for: STOP ends it.
pub(crate) const PUSHES: [&str; 11] = [
    "customer_ticket_created",
    "customer_visit_moved",
    "customer_technician_assigned",
    "customer_technician_arrived",
    "customer_ticket_done",
    "customer_ticket_cancelled",
    "customer_rate_technician",
    "customer_rate_office",
    "bill_issued",
    "bill_reminder",
    "bill_settled",
];

/// How long after the last word of a ticket a correction of it is told: what is corrected again meanwhile is told as one.
pub(crate) const APART: TimeDelta = TimeDelta::minutes(2);

/// How urgent something is that nobody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Somebody stands at the door.
    Now,
    /// Not in the quiet hours.
    Awake,
}

/// Answers in a customer's chat.
pub(crate) async fn reply(
    tx: &Tx,
    contact: &Contact,
    ticket: Option<TicketId>,
    say: &Say,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let message = message(contact, ticket, Lane::Reply, say);
    Ok(outbox::enqueue(tx, message, at).await?)
}

/// Tells a customer something about a ticket that he did not ask for. Whoever asked for silence is not told.
pub(crate) async fn push(
    app: &App,
    tx: &Tx,
    whom: (&Contact, &Customer),
    ticket: TicketId,
    what: (Say, When),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    queue(app, tx, whom, ticket, what, at).await.map(drop)
}

/// Corrects what a customer was told of a ticket. Offices correct themselves twice: within two minutes of the last word
/// of it nothing is told, and the newest correction after that.
pub(crate) async fn correct(
    app: &App,
    tx: &Tx,
    whom: (&Contact, &Customer),
    ticket: TicketId,
    what: (Say, When),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let chat = (CHANNEL, &*whom.0.id.to_string());
    let last = outbox::left_last(tx, chat, ticket, &STANDING).await?;
    let from = last.map_or(at, |last| at.max(last + app.apart));
    queue_from(app, tx, whom, ticket, what, (at, from))
        .await
        .map(drop)
}

/// The same as [`push`]; answers which message it is. `None`: he asked for silence, and nothing is written.
pub(crate) async fn queue(
    app: &App,
    tx: &Tx,
    whom: (&Contact, &Customer),
    ticket: TicketId,
    what: (Say, When),
    at: DateTime<Utc>,
) -> Result<Option<DeliveryId>, Error> {
    queue_from(app, tx, whom, ticket, what, (at, at)).await
}

async fn queue_from(
    app: &App,
    tx: &Tx,
    (contact, customer): (&Contact, &Customer),
    ticket: TicketId,
    (say, when): (Say, When),
    (at, from): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Option<DeliveryId>, Error> {
    if is_silent(tx, contact, customer).await? {
        return Ok(None);
    }
    let recipient = contact.id.to_string();
    let message = match when {
        When::Now => message(contact, Some(ticket), Lane::Reply, &say),
        When::Awake => message(contact, Some(ticket), Lane::Broadcast, &say),
    };
    if STANDING.contains(&message.kind.as_str()) {
        outbox::drop_unsent(tx, (CHANNEL, &recipient), Some(ticket), &STANDING, at).await?;
    }
    let run_at = match when {
        When::Now => from,
        When::Awake => awake(app, customer, from),
    };
    Ok(Some(outbox::enqueue_for(tx, message, at, run_at).await?))
}

/// Whether this person asked for silence, in whichever chat.
async fn is_silent(tx: &Tx, contact: &Contact, customer: &Customer) -> Result<bool, Error> {
    if contact.stopped_at.is_some() {
        return Ok(true);
    }
    let all = store::contacts::of_customer(tx, customer.id).await?;
    Ok(all.iter().any(|chat| chat.stopped_at.is_some()))
}

/// Now, or the end of the quiet hours where the customer is.
pub(crate) fn awake(app: &App, customer: &Customer, at: DateTime<Utc>) -> DateTime<Utc> {
    let Some(quiet) = app.settings().company.quiet_hours else {
        return at;
    };
    let zone = zone_of(app, customer);
    let local = at.with_timezone(&zone.0);
    if !quiet.contains(local.time()) {
        return at;
    }
    next_at(zone, at, quiet.to)
}

/// Until when nothing goes to a chat that nobody waits for; `None`: it may go now.
pub async fn quiet_until(app: &App, id: ContactId) -> Result<Option<DateTime<Utc>>, Error> {
    if app.settings().company.quiet_hours.is_none() {
        return Ok(None);
    }
    let contact = store::contacts::by_id(&app.db, id).await?;
    let Some(id) = contact.and_then(|contact| contact.customer) else {
        return Ok(None);
    };
    let (customer, now) = (store::customers::by_id(&app.db, id).await?, app.now());
    let until = customer.map(|customer| awake(app, &customer, now));
    Ok(until.filter(|until| *until > now))
}

/// The next moment at which it is that time of day there.
fn next_at(zone: Zone, at: DateTime<Utc>, time: NaiveTime) -> DateTime<Utc> {
    let today = zone.moment(zone.date(at), time);
    if today > at {
        return today;
    }
    zone.moment(zone.date(at + TimeDelta::days(1)), time)
}

fn message(contact: &Contact, ticket: Option<TicketId>, lane: Lane, say: &Say) -> Message {
    let (kind, payload) = written(say);
    Message {
        channel: CHANNEL,
        lane,
        recipient: contact.id.to_string(),
        user: None,
        ticket,
        kind,
        locale: contact.locale,
        payload,
        card: None,
    }
}
