//! What customers owe: the list of invoices, with its filters in the address and what they come to.

mod sheet;

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use domain::calendar;
use domain::invoice::State as Standing;
use domain::money::Rupiah;

use crate::app::invoices::{self, By, Overview, Row};
use crate::app::page::Cut;
use crate::web;
use crate::web::panel::answer::Answer;
use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::invoice::standing::Stand;
pub use crate::web::panel::invoices::sheet::take;
use crate::web::panel::page::{Pages, Tab, query};
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::Reader;
use crate::web::words::word;

const PATH: &str = "/panel/invoices";

/// What the list may be narrowed to: the name in the address, the key of its label, and the states.
const VIEWS: [(&str, &str, &[Standing]); 7] = [
    ("draft", "invoices-draft", &[Standing::Draft]),
    ("submitted", "invoices-submitted", &[Standing::Submitted]),
    ("approved", "invoices-approved", &[Standing::Approved]),
    ("sent", "invoices-sent", &[Standing::Sent]),
    (OVERDUE, "invoices-overdue", &[]),
    ("paid", "invoices-paid", &[Standing::Paid]),
    ("void", "invoices-void", &[Standing::Void]),
];
const OVERDUE: &str = "overdue";

/// What a period may be about: the name in the address, and the key of its label.
const PERIODS: [(&str, &str); 3] = [
    ("issued", "invoices-by-issued"),
    ("due", "invoices-by-due"),
    ("paid", "invoices-by-paid"),
];

/// The page, and with `as_invoices` the list and its sums alone.
#[derive(Template)]
#[template(path = "panel/invoices.html", blocks = ["invoices"])]
pub struct InvoicesPage {
    pub shell: Shell,
    pub filter: Filter,
    pub tabs: Vec<Tab>,
    pub sums: Sums,
    pub invoices: Vec<Line>,
    pub pages: Pages,
    /// Where the same list is as a sheet.
    pub sheet: String,
}

impl InvoicesPage {
    /// What a period may be about.
    pub fn periods(&self) -> [(&'static str, &'static str); 3] {
        PERIODS
    }
}

/// The filters as typed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub q: String,
    /// One of the views, or all.
    pub show: String,
    pub by: String,
    pub from: String,
    pub to: String,
    pub customer_id: String,
}

impl Filter {
    /// Of an address.
    pub(crate) fn of(asked: &Form) -> Self {
        let of = |name: &str| asked.value(name).trim().to_owned();
        Self {
            q: of("q"),
            show: of("show"),
            by: of("by"),
            from: of("from"),
            to: of("to"),
            customer_id: of("customer_id"),
        }
    }

    /// What to look for; what cannot be read filters nothing.
    pub(crate) fn store(&self, state: &web::State) -> invoices::Filter {
        let view = VIEWS.into_iter().find(|(name, _, _)| *name == self.show);
        let date = |text: &str| calendar::date(text).ok();
        let by = match self.by.as_str() {
            "due" => By::Due,
            "paid" => By::Paid,
            _ => By::Issued,
        };
        invoices::Filter {
            states: view.map(|(_, _, states)| states.to_vec()).unwrap_or_default(),
            customer: self.customer_id.parse().ok(),
            overdue_on: (self.show == OVERDUE).then(|| state.app.today()),
            span: invoices::span(&state.app, by, date(&self.from), date(&self.to)),
            q: Some(self.q.clone()).filter(|q| !q.is_empty()),
            ..invoices::Filter::default()
        }
    }

    /// The address of this list with another view, or from another place on.
    fn href(&self, path: &str, show: &str, cursor: &str) -> String {
        let parts = [
            ("q", self.q.as_str()),
            ("show", show),
            ("by", &self.by),
            ("from", &self.from),
            ("to", &self.to),
            ("customer_id", &self.customer_id),
            ("cursor", cursor),
        ];
        query(path, &parts)
    }

    fn tabs(&self, overview: &Overview, reader: Reader) -> Vec<Tab> {
        let count = |name: &str, states: &[Standing]| {
            if name == OVERDUE {
                return overview.overdue;
            }
            let of = |state| overview.states.get(state).copied().unwrap_or(0);
            states.iter().map(of).sum()
        };
        let tab = |name: &str, key: &str, n: i64| Tab {
            label: format!("{} · {n}", word(reader.locale, key)),
            href: self.href(PATH, name, ""),
            here: self.show == name,
        };
        let all = tab("", "all", overview.states.values().sum());
        let each = VIEWS.into_iter();
        let each = each.map(|(name, key, states)| tab(name, key, count(name, states)));
        std::iter::once(all).chain(each).collect()
    }

    /// Whether anything is filtered.
    pub fn is_set(&self) -> bool {
        [&self.q, &self.show, &self.from, &self.to, &self.customer_id]
            .iter()
            .any(|part| !part.is_empty())
    }

    /// Whether the period is about that.
    pub fn is_by(&self, by: &str) -> bool {
        self.by == by || self.by.is_empty() && by == "issued"
    }
}

/// What is found, in sums.
#[derive(Debug, Clone)]
pub struct Sums {
    pub count: i64,
    pub billed: String,
    pub settled: String,
    pub outstanding: String,
}

impl Sums {
    fn of(overview: &Overview) -> Self {
        Self {
            count: overview.count,
            billed: Rupiah(overview.billed).to_string(),
            settled: Rupiah(overview.settled).to_string(),
            outstanding: Rupiah(overview.outstanding).to_string(),
        }
    }
}

/// One invoice of a list.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: String,
    /// None before it is approved.
    pub number: Option<String>,
    pub stand: Stand,
    pub customer: String,
    pub ticket: String,
    pub total: String,
    /// What is still to be paid, when it is less than the total and more than nothing.
    pub left: Option<String>,
    /// When it is due, in words; and how late it is.
    pub due: Option<String>,
    pub issued: String,
}

impl Line {
    /// Where the invoice lives.
    pub fn href(&self) -> String {
        format!("{PATH}/{}", self.id)
    }

    /// As a list shows it.
    pub(crate) fn of(row: Row, reader: Reader) -> Self {
        let issued = row.approved_at.unwrap_or(row.created_at);
        let is_part = row.outstanding > 0 && row.outstanding < row.totals.total.0;
        Self {
            id: row.id.to_string(),
            number: row.number,
            stand: Stand {
                state: row.state,
                is_overdue: row.is_overdue,
            },
            customer: row.name,
            ticket: row.ticket.number(),
            total: row.totals.total.to_string(),
            left: is_part.then(|| Rupiah(row.outstanding).to_string()),
            due: row
                .due_date
                .filter(|_| row.state != Standing::Void)
                .map(|due: NaiveDate| reader.day(due)),
            issued: reader.day(reader.zone.date(issued)),
        }
    }
}

/// The list, or its rows and sums alone.
pub async fn show(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let filter = Filter::of(&asked);
    let cursor = asked.some("cursor");
    let wanted = filter.store(&state);
    let found = invoices::rows(&state.app, &wanted, Cut::parse(cursor.as_deref(), None)?).await?;
    let overview = invoices::overview(&state.app, &wanted).await?;
    let page = InvoicesPage {
        shell: visitor.shell(&state, Place::Invoices).await?,
        tabs: filter.tabs(&overview, visitor.reader),
        sums: Sums::of(&overview),
        invoices: lines(found.data, visitor.reader),
        pages: Pages::of(cursor.as_deref(), found.next_cursor.as_deref(), |at| {
            filter.href(PATH, &filter.show, at)
        }),
        sheet: filter.href("/panel/invoices.csv", &filter.show, ""),
        filter,
    };
    Ok(if visitor.wants_part {
        visitor.page(&page.as_invoices())
    } else {
        visitor.page(&page)
    })
}

/// Invoices as lines.
pub(crate) fn lines(rows: Vec<Row>, reader: Reader) -> Vec<Line> {
    rows.into_iter().map(|row| Line::of(row, reader)).collect()
}
