//! The list of tickets, with its filters in the address.

use askama::Template;
use axum::extract::State;
use domain::calendar;
use domain::person::Role;
use domain::ticket::Status;

use crate::app::page::Cut;
use crate::app::tickets::{self, View};
use crate::app::users;
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::page::{Pages, Tab, query};
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::{Reader, When};
use crate::web::words::word;

const PATH: &str = "/panel/tickets";
/// Lines on a page.
const LINES: u64 = 50;

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
    /// Where the same list is as a sheet.
    pub sheet: String,
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
    /// Of an address.
    pub(crate) fn of(asked: &Form) -> Self {
        let of = |name: &str| asked.value(name).trim().to_owned();
        Self {
            q: of("q"),
            status: of("status"),
            date: of("date"),
            technician_id: of("technician_id"),
            customer_id: of("customer_id"),
        }
    }

    /// What to look for; what cannot be read filters nothing.
    pub(crate) fn store(&self) -> tickets::Filter {
        tickets::Filter {
            status: self.status.parse().into_iter().collect(),
            technician: self.technician_id.parse().ok(),
            customer: self.customer_id.parse().ok(),
            date: calendar::date(&self.date).ok(),
            q: Some(self.q.clone()).filter(|q| !q.is_empty()),
        }
    }

    /// The address of this list with another status, or from another place on.
    fn href(&self, path: &str, status: &str, cursor: &str) -> String {
        let parts = [
            ("q", self.q.as_str()),
            ("status", status),
            ("date", &self.date),
            ("technician_id", &self.technician_id),
            ("customer_id", &self.customer_id),
            ("cursor", cursor),
        ];
        query(path, &parts)
    }

    fn tabs(&self, reader: Reader) -> Vec<Tab> {
        let all = Tab {
            label: word(reader.locale, "all"),
            href: self.href(PATH, "", ""),
            here: self.status.is_empty(),
        };
        let each = Status::ALL.into_iter().map(|status| Tab {
            label: status.label().to_owned(),
            href: self.href(PATH, status.as_str(), ""),
            here: self.status == status.as_str(),
        });
        std::iter::once(all).chain(each).collect()
    }

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

/// The list, or its rows alone.
pub async fn show(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let filter = Filter::of(&asked);
    let cursor = asked.some("cursor");
    let cut = Cut::parse(cursor.as_deref(), Some(LINES))?;
    let page = tickets::list(&state.app, &filter.store(), cut).await?;
    let page = TicketsPage {
        shell: visitor.shell(&state, Place::Tickets).await?,
        tabs: filter.tabs(visitor.reader),
        technicians: technicians(&state).await?,
        tickets: lines(page.data, visitor.reader),
        pages: Pages::of(cursor.as_deref(), page.next_cursor.as_deref(), |at| {
            filter.href(PATH, &filter.status, at)
        }),
        sheet: filter.href("/panel/tickets.csv", &filter.status, ""),
        filter,
    };
    Ok(if visitor.wants_part {
        visitor.page(&page.as_tickets())
    } else {
        visitor.page(&page)
    })
}

/// Tickets as lines.
pub(crate) fn lines(tickets: Vec<View>, reader: Reader) -> Vec<Line> {
    tickets
        .into_iter()
        .filter_map(|ticket| line(ticket, reader))
        .collect()
}

fn line(ticket: View, reader: Reader) -> Option<Line> {
    let time = ticket
        .visit_time
        .as_deref()
        .and_then(|time| calendar::time(time).ok());
    Some(Line {
        status: ticket.status.parse().ok()?,
        problem: ticket.problem.lines().next().unwrap_or_default().to_owned(),
        service: ticket.service.name,
        customer: ticket.customer.name,
        visit: reader.visit(Some(ticket.visit_date), time),
        technician: ticket.technician.map(|technician| technician.name),
        created: reader.age(ticket.created_at),
        id: ticket.id,
        number: ticket.number,
    })
}

/// Everyone to filter by.
pub(crate) async fn technicians(state: &web::State) -> Result<Vec<Choice>, Failure> {
    let filter = users::Filter {
        role: Some(Role::Technician),
        ..users::Filter::default()
    };
    let page = users::list(&state.app, &filter, Cut::first(Cut::MOST)).await?;
    Ok(page
        .data
        .into_iter()
        .map(|user| Choice {
            id: user.id,
            name: user.name,
        })
        .collect())
}
