//! A ticket's page: what it is, who has it, what happened, which messages went out, and what can be done now.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::calendar;
use domain::ids::{DeliveryId, TicketId};
use domain::ticket::Status;

use crate::app::page::Cut;
use crate::app::tickets::{self, Detail};
use crate::app::{self, customers, deliveries, quota, users};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};

use crate::web::panel::contact::{Phone, Site};
use crate::web::panel::delivery::{Channel, Delivery};
use crate::web::panel::filters;
use crate::web::panel::flash::Deed;
use crate::web::panel::form::Form;
use crate::web::panel::hand::Hand;
use crate::web::panel::preferences::inside;
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::story;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::{Reader, When};

/// The page, and with `as_ticket` the part that is fetched again after a change.
#[derive(Template)]
#[template(path = "panel/ticket.html", blocks = ["ticket"])]
pub struct TicketPage {
    pub shell: Shell,
    pub ticket: Ticket,
    /// What was typed into the dialog that was refused.
    pub form: Form,
    /// Only the part is sent; what stands outside of it and changed goes along.
    pub is_part: bool,
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Ticket {
    pub id: String,
    pub number: String,
    pub version: i64,
    pub status: Status,
    pub problem: String,
    pub service: String,
    /// `Senin, 23 November 2026, 13.00 WIB`.
    pub visit: String,
    /// When someone must have checked in.
    pub due: Option<When>,
    pub site: Option<Site>,
    pub created: When,
    pub created_by: String,
    /// Why it was cancelled or closed without charge.
    pub ended_because: Option<String>,
    pub customer: Customer,
    pub technician: Option<Technician>,
    pub timeline: Vec<Event>,
    pub deliveries: Vec<Delivery>,
    pub may: May,
    pub hands: Vec<Hand>,
    /// The dialog that was refused and is shown again.
    pub opened: Option<&'static str>,
}

impl Ticket {
    /// Where the ticket lives.
    pub fn href(&self) -> String {
        format!("/panel/tickets/{}", self.id)
    }

    /// The first line of the problem, for headings.
    pub fn problem_line(&self) -> &str {
        self.problem.lines().next().unwrap_or_default()
    }

    /// Whether it ended without being done.
    pub fn is_cancelled(&self) -> bool {
        self.status == Status::Cancelled
    }

    /// The name of whoever has it, or nothing.
    pub fn technician_name(&self) -> &str {
        self.technician
            .as_ref()
            .map_or("", |technician| technician.name.as_str())
    }

    /// Whether that dialog is shown again.
    pub fn is_opened(&self, dialog: &str) -> bool {
        self.opened == Some(dialog)
    }

    /// Whether that dialog is on the page: all that are allowed, or the refused one alone.
    pub fn offers(&self, dialog: &str) -> bool {
        let may = match dialog {
            "assign" => self.may.assign,
            "replace" => self.may.replace,
            _ => self.may.cancel,
        };
        may && (self.opened.is_none() || self.is_opened(dialog))
    }

    /// The id of the cancellation's reason: the summary links to `reason`, and two dialogs may have one.
    pub fn cancel_field(&self) -> &'static str {
        if self.is_opened("cancel") {
            "reason"
        } else {
            "cancel-reason"
        }
    }

    /// The ticket's life as a strip: each step and whether it is `past`, `now` or yet to come.
    pub fn steps(&self) -> Vec<(Status, &'static str)> {
        let life = [
            Status::Open,
            Status::Assigned,
            Status::InProgress,
            Status::Done,
            Status::Closed,
        ];
        let at = life
            .iter()
            .position(|step| *step == self.status)
            .unwrap_or_default();
        life.into_iter()
            .enumerate()
            .map(|(n, step)| {
                let state = match n.cmp(&at) {
                    std::cmp::Ordering::Less => "past",
                    std::cmp::Ordering::Equal => "now",
                    std::cmp::Ordering::Greater => "",
                };
                (step, state)
            })
            .collect()
    }
}

/// Whose job it is.
#[derive(Debug, Clone)]
pub struct Customer {
    pub id: String,
    pub number: String,
    pub name: String,
    pub phone: Option<Phone>,
    pub address: String,
    pub notes: Option<String>,
}

/// Who has it.
#[derive(Debug, Clone)]
pub struct Technician {
    pub id: String,
    pub name: String,
    pub since: When,
    pub reachable: bool,
}

/// One line of the timeline.
#[derive(Debug, Clone)]
pub struct Event {
    /// `Diambil`.
    pub title: String,
    /// `oleh Andi`.
    pub rest: Option<String>,
    pub at: When,
    pub actor: String,
    pub channel: Channel,
    /// What someone wrote: a reason.
    pub note: Option<String>,
}

/// What can be done with it now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one button of the page, and none follows from another"
)]
pub struct May {
    pub assign: bool,
    pub replace: bool,
    pub edit: bool,
    pub cancel: bool,
}

impl May {
    /// What a ticket's status allows.
    pub const fn at(status: Status) -> Self {
        Self {
            assign: matches!(status, Status::Open),
            replace: matches!(status, Status::Assigned | Status::InProgress),
            edit: matches!(status, Status::Open | Status::Assigned),
            cancel: matches!(status, Status::Open | Status::Assigned | Status::InProgress),
        }
    }

    /// Whether there is a button at all.
    pub const fn any(self) -> bool {
        self.assign || self.replace || self.edit || self.cancel
    }
}

/// A ticket's page, or its part that changed.
pub async fn show(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let ticket = read(&state, visitor.reader, ticket_id(&id)?).await?;
    let page = TicketPage {
        shell: visitor.shell(&state, Place::Tickets).await?,
        ticket,
        form: Form::default(),
        is_part: visitor.wants_part,
    };
    Ok(if visitor.wants_part {
        visitor.page(&page.as_ticket())
    } else {
        visitor.page(&page)
    })
}

/// Gives the ticket to the technician who was chosen.
pub async fn assign(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = ticket_id(&id)?;
    let done = tickets::assign(&state.app, &visitor.act(), id, form.value("technician_id")).await;
    after(&state, &visitor, id, done, (form, "assign"), Deed::TicketAssigned).await
}

/// Takes the ticket from its technician, for another or for the pool.
pub async fn replace(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = ticket_id(&id)?;
    let next = form.some("technician_id");
    let done = tickets::replace(
        &state.app,
        &visitor.act(),
        id,
        form.value("reason"),
        next.as_deref(),
    )
    .await;
    after(
        &state,
        &visitor,
        id,
        done,
        (form, "replace"),
        Deed::TicketReplaced,
    )
    .await
}

/// Cancels the ticket.
pub async fn cancel(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = ticket_id(&id)?;
    let done = tickets::cancel(&state.app, &visitor.act(), id, form.value("reason")).await;
    after(
        &state,
        &visitor,
        id,
        done,
        (form, "cancel"),
        Deed::TicketCancelled,
    )
    .await
}

/// Sends a failed message again.
pub async fn resend(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id: DeliveryId = id.parse().map_err(|_| app::Error::Missing)?;
    deliveries::retry(&state.app, &visitor.act(), id).await?;
    Ok(Deed::MessageQueued.tell_at(inside(form.value("back"))))
}

/// The id in an address; what is none names nothing.
pub(crate) fn ticket_id(text: &str) -> Result<TicketId, Failure> {
    Ok(text.parse().map_err(|_| app::Error::Missing)?)
}

async fn after(
    state: &web::State,
    visitor: &Visitor,
    id: TicketId,
    done: Result<tickets::View, app::Error>,
    (form, dialog): (Form, &'static str),
    deed: fn(String) -> Deed,
) -> Result<Response, Failure> {
    let error = match done {
        Ok(ticket) => return Ok(deed(ticket.number).tell_at(&format!("/panel/tickets/{id}"))),
        Err(error) => error,
    };
    let form = visitor.told_on(form, error)?;
    let mut ticket = read(state, visitor.reader, id).await?;
    let mut shell = visitor.shell(state, Place::Tickets).await?;
    ticket.opened = Some(dialog);
    if !ticket.offers(dialog) {
        // Meanwhile the dialog has no place any more: the refusal stands above the page.
        ticket.opened = None;
        shell.flash = form.refusal.clone().map(|text| crate::web::panel::shell::Flash {
            tone: crate::web::panel::shell::Tone::Bad,
            text,
        });
    }
    Ok(visitor.again(&TicketPage {
        shell,
        ticket,
        form,
        is_part: false,
    }))
}

async fn read(state: &web::State, reader: Reader, id: TicketId) -> Result<Ticket, Failure> {
    let Detail { ticket, timeline } = tickets::find(&state.app, id).await?;
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
    let timeline = story::timeline(timeline, reader);
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
        site: ticket
            .latitude
            .zip(ticket.longitude)
            .map(|(latitude, longitude)| Site::of(latitude, longitude)),
        created: reader.clock(ticket.created_at),
        created_by: ticket.created_by.name,
        ended_because: timeline
            .first()
            .and_then(|event| event.note.clone())
            .filter(|_| ended),
        customer: Customer {
            id: ticket.customer.id,
            number: ticket.customer.number,
            name: ticket.customer.name,
            phone: ticket.customer.phone.as_deref().map(Phone::of),
            address: ticket.customer.address,
            notes: customer.notes,
        },
        technician: technician(
            state,
            ticket.technician,
            ticket.claimed_at.map(|at| reader.clock(at)),
        )
        .await?,
        timeline,
        deliveries: story::deliveries(messages.data, reader),
        may,
        hands,
        opened: None,
    })
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
    let holder = ticket
        .technician
        .as_ref()
        .map(|technician| technician.id.as_str());
    let quota = quota::find(&state.app, ticket.visit_date).await?;
    Ok(quota
        .technicians
        .into_iter()
        .filter(|own| Some(own.id.as_str()) != holder)
        .map(Hand::of)
        .collect())
}
