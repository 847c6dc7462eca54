//! What the cards say: the facts of a ticket as each person may see them.

use dialogues::card::{Job, Line, Offer, Visit};
use dialogues::press::Press;
use dialogues::say::{Card, CardKind, Choice, Hint, Say};
use dialogues::text::{Label, Text};
use domain::address::area;
use domain::ids::TicketId;
use domain::ticket::Status;

use crate::app::{App, Error};
use crate::store;
use crate::store::customers::Customer;
use crate::store::outbox::Shown;
use crate::store::services::Service;
use crate::store::tickets::Ticket;

/// The offer with its button, as everyone may see it.
pub(crate) fn offer_say(app: &App, ticket: &Ticket, customer: &Customer, service: &Service) -> Say {
    let press = Press::Claim {
        ticket: ticket.id,
        epoch: ticket.epoch,
    };
    Say::text(Text::Offer(Box::new(offer_of(app, ticket, customer, service))))
        .row(vec![Choice::press(Label::Claim, press)])
}

/// The job card: what the one who has the job needs.
pub(crate) fn job_say(app: &App, ticket: &Ticket, customer: &Customer, service: &Service) -> Say {
    let job = Job {
        ticket: ticket.id,
        epoch: ticket.epoch,
        status: ticket.status,
        service: service.name.clone(),
        problem: ticket.problem.clone(),
        customer: customer.name.clone(),
        phone: customer.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        address: customer.address.clone(),
        site: ticket.site,
        notes: customer.notes.clone(),
        visit: visit_of(app, ticket),
        due_at: ticket.check_in_due_at,
    };
    let mut aids = Vec::new();
    if let Some(site) = ticket.site {
        let url = format!(
            "https://www.google.com/maps/search/?api=1&query={},{}",
            site.latitude, site.longitude
        );
        aids.push(Choice::Open {
            label: Label::Map,
            url,
        });
    }
    aids.push(Choice::Copy {
        label: Label::CopyAddress,
        text: customer.address.chars().take(256).collect(),
    });
    if let Some(phone) = &customer.phone {
        aids.push(Choice::Copy {
            label: Label::CopyPhone,
            text: phone.as_str().to_owned(),
        });
    }
    let mut say = Say::text(Text::JobCard(Box::new(job)))
        .row(aids)
        .hint(Hint::Card(job_card(ticket)))
        .private();
    if ticket.status == Status::Assigned {
        let press = Press::Release {
            ticket: ticket.id,
            epoch: ticket.epoch,
        };
        say = say.row(vec![Choice::press(Label::Release, press)]);
    }
    say
}

/// The live card of an offer made in that epoch.
pub(crate) fn offer_card(ticket: TicketId, epoch: i32) -> Card {
    Card {
        ticket,
        kind: CardKind::Offer,
        epoch,
    }
}

/// The job card of the ticket's present assignment.
pub(crate) fn job_card(ticket: &Ticket) -> Card {
    Card {
        ticket: ticket.id,
        kind: CardKind::Job,
        epoch: ticket.epoch,
    }
}

/// The card as the database knows it.
pub(crate) fn shown(card: Card) -> Shown {
    Shown {
        ticket: card.ticket,
        kind: card.kind.as_str(),
        epoch: card.epoch,
    }
}

/// One line of a list of jobs.
pub(crate) async fn line_of(app: &App, source: &impl store::Source, ticket: &Ticket) -> Result<Line, Error> {
    let (customer, service) = facts(source, ticket).await?;
    Ok(Line {
        ticket: ticket.id,
        epoch: ticket.epoch,
        status: ticket.status,
        service: service.name,
        area: area(&customer.address),
        visit: visit_of(app, ticket),
    })
}

/// The customer and the service of a ticket.
pub(crate) async fn facts(
    source: &impl store::Source,
    ticket: &Ticket,
) -> Result<(Customer, Service), Error> {
    let customer = store::customers::by_id(source, ticket.customer)
        .await?
        .ok_or(Error::Missing)?;
    let service = store::services::by_id(source, ticket.service)
        .await?
        .ok_or(Error::Missing)?;
    Ok((customer, service))
}

/// What of a ticket everyone may see.
pub(crate) fn offer_of(app: &App, ticket: &Ticket, customer: &Customer, service: &Service) -> Offer {
    Offer {
        ticket: ticket.id,
        epoch: ticket.epoch,
        service: service.name.clone(),
        problem: ticket.problem.clone(),
        area: area(&customer.address),
        visit: visit_of(app, ticket),
    }
}

fn visit_of(app: &App, ticket: &Ticket) -> Visit {
    Visit {
        date: ticket.visit_date,
        time: ticket.visit_time,
        zone: app.zone(),
    }
}
