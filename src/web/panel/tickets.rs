//! The list of tickets, with its filters in the address.

use askama::Template;
use domain::ticket::Status;

use crate::web::panel::filters;
use crate::web::panel::page::{Pages, Tab};
use crate::web::panel::shell::Shell;
use crate::web::panel::when::When;

/// The page, and with `as_tickets` the list alone.
#[derive(Template)]
#[template(path = "panel/tickets.html", blocks = ["tickets"])]
pub struct TicketsPage {
    pub shell: Shell,
    pub filter: Filter,
    pub tabs: Vec<Tab>,
    pub technicians: Vec<Choice>,
    pub tickets: Vec<Line>,
    pub pages: Pages,
}

/// The filters as typed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub q: String,
    pub status: String,
    pub date: String,
    pub technician_id: String,
    pub customer_id: String,
}

impl Filter {
    /// Whether anything is filtered.
    pub fn is_set(&self) -> bool {
        [
            &self.q,
            &self.status,
            &self.date,
            &self.technician_id,
            &self.customer_id,
        ]
        .iter()
        .any(|part| !part.is_empty())
    }
}

/// Someone to filter by.
#[derive(Debug, Clone)]
pub struct Choice {
    pub id: String,
    pub name: String,
}

/// One ticket of the list.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: String,
    pub number: String,
    pub status: Status,
    pub problem: String,
    pub service: String,
    pub customer: String,
    pub visit: When,
    pub technician: Option<String>,
    pub created: When,
}
