//! A ticket's page: what it is, who has it, what happened, which messages went out, and what can be done now.

mod deeds;
mod read;

use askama::Template;
use axum::extract::{Path, State};
use domain::document::Kind;
use domain::ids::TicketId;
use domain::ticket::Status;

use crate::app;
use crate::app::tickets::Whose;
use crate::web;
use crate::web::panel::alerts::Alarm;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::contact::{Phone, Site};
use crate::web::panel::delivery::{Channel, Delivery};
use crate::web::panel::document::{self, Document};
use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::hand::Hand;
use crate::web::panel::invoice::Stand;
use crate::web::panel::shell::{Place, Shell};
pub use crate::web::panel::ticket::deeds::{assign, cancel, record, refused, replace, resend};
use crate::web::panel::ticket::read::read;
use crate::web::panel::visit::Visit;
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
    /// Nobody has checked in by the due time.
    pub alarm: Option<Alarm>,
    /// The visit of whoever has it now.
    pub present: Option<Visit>,
    /// Those of technicians who were replaced, the latest first.
    pub earlier: Vec<Visit>,
    /// Letters, and whatever belongs to no visit.
    pub files: Vec<Document>,
    /// Whether there are tiles to draw maps with.
    pub is_mapped: bool,
    /// Who reads, for what is told in sentences.
    pub reader: Reader,
    pub timeline: Vec<Event>,
    pub deliveries: Vec<Delivery>,
    /// The invoice that counts.
    pub bill: Option<Bill>,
    /// Whether a new draft may be begun: its invoice was made void.
    pub may_bill: bool,
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

    /// Whether there is something to say of money: it is done, or has an invoice.
    pub fn has_money(&self) -> bool {
        self.bill.is_some() || matches!(self.status, Status::Done | Status::Closed)
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
            "upload" => self.may.upload,
            "record" => self.may.record,
            "close" => self.may.close,
            _ => self.may.cancel,
        };
        may && (self.opened.is_none() || self.is_opened(dialog))
    }

    /// The id of a dialog's reason: the summary links to `reason`, and several dialogs have one.
    pub fn reason_field(&self, dialog: &str) -> String {
        if self.is_opened(dialog) {
            "reason".to_owned()
        } else {
            format!("{dialog}-reason")
        }
    }

    /// The kinds of files that may be added now, each with the key of its name.
    pub fn addable(&self) -> Vec<(Kind, &'static str)> {
        let kinds: &[Kind] = match self.status {
            Status::Assigned => &[Kind::AssignmentLetter, Kind::TravelLetter],
            Status::InProgress => &[
                Kind::AssignmentLetter,
                Kind::TravelLetter,
                Kind::Bast,
                Kind::Evidence,
            ],
            Status::Done => &[Kind::Bast, Kind::Evidence],
            Status::Open | Status::Closed | Status::Cancelled => &[],
        };
        kinds.iter().map(|kind| (*kind, document::key(*kind))).collect()
    }

    /// How many files there are.
    pub fn files_count(&self) -> usize {
        let visits = self.present.iter().chain(&self.earlier);
        let own = visits.map(|visit| visit.files.len() + usize::from(visit.photo.is_some()));
        self.files.len() + own.sum::<usize>()
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

impl Customer {
    /// As a ticket names him.
    pub(crate) fn of(whose: Whose) -> Self {
        Self {
            id: whose.id,
            number: whose.number,
            name: whose.name,
            phone: whose.phone.as_deref().map(Phone::of),
            address: whose.address,
            notes: None,
        }
    }
}

/// Who has it.
#[derive(Debug, Clone)]
pub struct Technician {
    pub id: String,
    pub name: String,
    pub since: When,
    pub reachable: bool,
}

/// What the customer owes for it.
#[derive(Debug, Clone)]
pub struct Bill {
    pub id: String,
    pub number: Option<String>,
    pub stand: Stand,
    pub total: String,
    /// What is still to be paid, when something was paid.
    pub left: Option<String>,
    /// When it is due.
    pub due: Option<String>,
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
    /// The icon of its kind.
    pub icon: &'static str,
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
    /// Add files.
    pub upload: bool,
    /// Have letters drawn.
    pub letters: bool,
    /// Write down a check-in that the technician could not make.
    pub record: bool,
    /// Close it without charge.
    pub close: bool,
}

impl May {
    /// What a ticket's status allows.
    pub const fn at(status: Status) -> Self {
        Self {
            assign: matches!(status, Status::Open),
            replace: matches!(status, Status::Assigned | Status::InProgress),
            edit: matches!(status, Status::Open | Status::Assigned),
            cancel: matches!(status, Status::Open | Status::Assigned | Status::InProgress),
            upload: matches!(status, Status::Assigned | Status::InProgress | Status::Done),
            letters: matches!(status, Status::Assigned | Status::InProgress),
            record: matches!(status, Status::Assigned),
            close: matches!(status, Status::Done),
        }
    }

    /// Whether there is a button at all.
    pub const fn any(self) -> bool {
        self.assign || self.replace || self.edit || self.cancel
    }
}

/// A ticket's page, or its part that changed.
pub async fn show(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let ticket = read(&state, &visitor, ticket_id(&id)?).await?;
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

/// The id in an address; what is none names nothing.
pub(crate) fn ticket_id(text: &str) -> Result<TicketId, Failure> {
    Ok(text.parse().map_err(|_| app::Error::Missing)?)
}
