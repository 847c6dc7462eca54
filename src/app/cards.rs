//! What the cards say: the facts of a ticket as each person may see them.

use dialogues::card::{Job, Line, Offer, Progress, Visit};
use dialogues::press::Press;
use dialogues::say::{Card, CardKind, Choice, Hint, Say};
use dialogues::text::{Label, Text};
use domain::address::area;
use domain::document::Kind;
use domain::ids::TicketId;
use domain::ticket::Status;

use crate::app::{App, Error, visits};
use crate::store::customers::Customer;
use crate::store::outbox::Shown;
use crate::store::services::Service;
use crate::store::tickets::Ticket;
use crate::store::{self, Tx};

/// The offer with its button, as everyone may see it.
pub(crate) fn offer_say(app: &App, ticket: &Ticket, customer: &Customer, service: &Service) -> Say {
    let press = Press::Claim {
        ticket: ticket.id,
        epoch: ticket.epoch,
    };
    Say::text(Text::Offer(Box::new(offer_of(app, ticket, customer, service))))
        .row(vec![Choice::press(Label::Claim, press)])
}

/// The job card: what the one who has the job needs, and what he may do now.
pub(crate) async fn job_say(
    app: &App,
    tx: &Tx,
    ticket: &Ticket,
    (customer, service): (&Customer, &Service),
) -> Result<Say, Error> {
    let visit = match ticket.status {
        Status::Assigned => None,
        _ => store::visits::of(tx, ticket.id, ticket.epoch).await?,
    };
    let progress = match &visit {
        Some(visit) => Some(progress(tx, visit).await?),
        None => None,
    };
    let letters = store::documents::letters(tx, ticket.id, ticket.epoch).await?;
    let left = visit.is_some_and(|visit| visit.checked_out_at.is_some());
    let mut say = job_facts(app, ticket, (customer, service), progress);
    for row in job_rows(ticket, left, &letters) {
        say = say.row(row);
    }
    Ok(say)
}

/// The job card of an assignment that has only now begun: it has neither a visit nor letters.
pub(crate) fn new_job_say(app: &App, ticket: &Ticket, facts: (&Customer, &Service)) -> Say {
    let say = job_facts(app, ticket, facts, None);
    job_rows(ticket, false, &[]).into_iter().fold(say, Say::row)
}

/// What may be pressed under a job card, by how far the job is.
fn job_rows(ticket: &Ticket, left: bool, letters: &[Kind]) -> Vec<Vec<Choice>> {
    let (id, epoch) = (ticket.id, ticket.epoch);
    let mut rows = Vec::new();
    if ticket.status == Status::Assigned {
        let press = Press::CheckIn { ticket: id, epoch };
        rows.push(vec![Choice::press(Label::CheckIn, press)]);
    }
    if matches!(ticket.status, Status::InProgress | Status::Done) {
        let upload = |label, kind| {
            let press = Press::Upload {
                ticket: id,
                epoch,
                kind,
            };
            Choice::press(label, press)
        };
        rows.push(vec![
            upload(Label::UploadEvidence, Kind::Evidence),
            upload(Label::UploadBast, Kind::Bast),
        ]);
    }
    if ticket.status == Status::InProgress && !left {
        let press = Press::CheckOut { ticket: id, epoch };
        rows.push(vec![Choice::press(Label::CheckOut, press)]);
    }
    let letter = |kind: &Kind| {
        let label = match kind {
            Kind::AssignmentLetter => Label::AssignmentLetter,
            Kind::BastForm => Label::BastForm,
            _ => Label::TravelLetter,
        };
        Choice::press(
            label,
            Press::Letter {
                ticket: id,
                kind: *kind,
            },
        )
    };
    if !letters.is_empty() {
        rows.push(letters.iter().map(letter).collect());
    }
    if ticket.status == Status::Assigned {
        let press = Press::Release { ticket: id, epoch };
        rows.push(vec![Choice::press(Label::Release, press)]);
    }
    rows
}

async fn progress(tx: &Tx, visit: &store::visits::Visit) -> Result<Progress, Error> {
    let found = visits::checklist(tx, visit).await?;
    Ok(Progress {
        checked_in_at: visit.checked_in_at,
        verdict: visit.verdict,
        checked_out_at: visit.checked_out_at,
        evidence: found.evidence,
        bast: found.bast,
    })
}

fn job_facts(
    app: &App,
    ticket: &Ticket,
    (customer, service): (&Customer, &Service),
    progress: Option<Progress>,
) -> Say {
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
        progress,
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
    Say::text(Text::JobCard(Box::new(job)))
        .row(aids)
        .hint(Hint::Card(job_card(ticket)))
        .private()
}

/// Under the summary of a check-out.
pub(crate) fn leaving_row(ticket: TicketId, epoch: i32) -> Vec<Choice> {
    vec![
        Choice::press(Label::ConfirmCheckOut, Press::ConfirmCheckOut { ticket, epoch }),
        Choice::press(Label::LeaveCheckOut, Press::LeaveCheckOut { ticket, epoch }),
    ]
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

/// When the visit is, as cards show it.
pub(crate) fn visit_of(app: &App, ticket: &Ticket) -> Visit {
    Visit {
        date: ticket.visit_date,
        time: ticket.visit_time,
        zone: app.zone(),
    }
}
