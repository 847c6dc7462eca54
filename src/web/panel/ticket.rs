//! A ticket's page: what it is, who has it, what happened, which messages went out, and what can be done now.

use askama::Template;
use domain::ticket::Status;

use crate::web::panel::contact::{Phone, Site};
use crate::web::panel::delivery::{Channel, Delivery};
use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::hand::Hand;
use crate::web::panel::shell::Shell;
use crate::web::panel::when::When;

/// The page, and with `as_ticket` the part that is fetched again after a change.
#[derive(Template)]
#[template(path = "panel/ticket.html", blocks = ["ticket"])]
pub struct TicketPage {
    pub shell: Shell,
    pub ticket: Ticket,
    /// What was typed into the dialog that was refused.
    pub form: Form,
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
    pub price: Option<String>,
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
