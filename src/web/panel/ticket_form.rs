//! The form of a new ticket and of a changed one, with the quota of its date beside it.

use askama::Template;

use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::hand::{Hand, Load};
use crate::web::panel::shell::Shell;

/// The page, and with `as_schedule` the date's quota alone.
#[derive(Template)]
#[template(path = "panel/ticket_form.html", blocks = ["schedule"])]
pub struct TicketForm {
    pub shell: Shell,
    pub form: Form,
    /// The ticket that is changed; none for a new one.
    pub editing: Option<Editing>,
    pub services: Vec<Service>,
    pub picks: Vec<Pick>,
    pub quota: Quota,
}

impl TicketForm {
    fn action(&self) -> String {
        match &self.editing {
            Some(ticket) => format!("/panel/tickets/{}", ticket.id),
            None => "/panel/tickets".to_owned(),
        }
    }

    fn back(&self) -> String {
        match &self.editing {
            Some(ticket) => format!("/panel/tickets/{}", ticket.id),
            None => "/panel".to_owned(),
        }
    }
}

/// The customers that a search found, to choose from.
#[derive(Template)]
#[template(path = "panel/customer_pick.html")]
pub struct CustomerPick {
    pub form: Form,
    pub picks: Vec<Pick>,
}

/// The ticket that is changed.
#[derive(Debug, Clone)]
pub struct Editing {
    pub id: String,
    pub number: String,
    pub version: i64,
}

/// A service to choose.
#[derive(Debug, Clone)]
pub struct Service {
    pub id: String,
    pub name: String,
    pub price: String,
}

/// A customer to choose.
#[derive(Debug, Clone)]
pub struct Pick {
    pub id: String,
    pub number: String,
    pub name: String,
    pub address: String,
}

/// The quota of a date.
#[derive(Debug, Clone, Default)]
pub struct Quota {
    /// Today in the company's zone, `YYYY-MM-DD`: no visit is planned before.
    pub today: String,
    /// `Senin, 23 November 2026`.
    pub day: String,
    pub load: Load,
    pub available: i64,
    pub next: Vec<Free>,
    pub hands: Vec<Hand>,
}

impl Quota {
    /// Whether no place is left.
    pub fn is_full(&self) -> bool {
        self.available <= 0
    }
}

/// A date with places left.
#[derive(Debug, Clone)]
pub struct Free {
    /// `YYYY-MM-DD`.
    pub date: String,
    pub short: String,
    pub full: String,
}
