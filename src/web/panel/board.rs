//! The board: every ticket that is not over, in four columns, live.

use askama::Template;
use axum::extract::State;
use domain::address::area;
use domain::calendar;
use domain::ticket::Status;
use domain::visit::Verdict;

use crate::app::tickets::{self, View};
use crate::app::{self, deliveries, quarantine, quota};
use crate::web;
use crate::web::panel::alerts::{self, Alarm};
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::measure::length;
use crate::web::panel::page::query;
use crate::web::panel::shell::{Place, Shell, Tone};
use crate::web::panel::tickets::{Choice, technicians};
use crate::web::panel::visit;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::{Reader, When};
use crate::web::words::{about, counted, word};

/// The page, and with `as_board` the part that is fetched again after a change.
#[derive(Template)]
#[template(path = "panel/board.html", blocks = ["board"])]
pub struct BoardPage {
    pub shell: Shell,
    pub board: Board,
    /// Only the part is sent; what stands outside of it and changed goes along.
    pub is_part: bool,
}

/// What the board shows.
#[derive(Debug, Clone, Default)]
pub struct Board {
    pub filter: Filter,
    pub technicians: Vec<Choice>,
    /// On top of everything: what cannot wait.
    pub alarms: Vec<Alarm>,
    /// Emergencies that are not shown.
    pub more_alarms: u64,
    pub notices: Vec<Notice>,
    pub columns: Vec<Column>,
}

impl Board {
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.columns.iter().all(|column| column.count == 0)
    }
}

/// Which tickets the board shows; as typed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub q: String,
    pub date: String,
    pub technician_id: String,
}

impl Filter {
    /// Of an address.
    fn of(asked: &Form) -> Self {
        let of = |name: &str| asked.value(name).trim().to_owned();
        Self {
            q: of("q"),
            date: of("date"),
            technician_id: of("technician_id"),
        }
    }

    /// What to look for; what cannot be read filters nothing.
    fn store(&self) -> tickets::Filter {
        tickets::Filter {
            technician: self.technician_id.parse().ok(),
            date: calendar::date(&self.date).ok(),
            q: Some(self.q.clone()).filter(|q| !q.is_empty()),
            ..tickets::Filter::default()
        }
    }

    /// The board's own address.
    pub fn href(&self) -> String {
        self.at("/panel", "")
    }

    fn at(&self, path: &str, status: &str) -> String {
        let parts = [
            ("q", self.q.as_str()),
            ("status", status),
            ("date", &self.date),
            ("technician_id", &self.technician_id),
        ];
        query(path, &parts)
    }

    /// Whether anything is filtered.
    pub fn is_set(&self) -> bool {
        [&self.q, &self.date, &self.technician_id]
            .iter()
            .any(|part| !part.is_empty())
    }
}

/// Something that needs a person now.
#[derive(Debug, Clone)]
pub struct Notice {
    pub tone: Tone,
    pub text: String,
    pub href: String,
    pub verb: String,
}

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    pub status: Status,
    /// How many there are; more than are shown, perhaps.
    pub count: u64,
    pub jobs: Vec<Job>,
}

impl Column {
    /// The text key of what an empty column says.
    pub const fn blank(&self) -> &'static str {
        match self.status {
            Status::Open => "blank-open",
            Status::Assigned => "blank-assigned",
            Status::InProgress => "blank-in-progress",
            _ => "blank-done",
        }
    }

    /// The list of what is counted here.
    pub fn list(&self, filter: &Filter) -> String {
        filter.at("/panel/tickets", self.status.as_str())
    }

    /// How many are not shown, if any.
    pub fn rest(&self) -> Option<i64> {
        let shown = u64::try_from(self.jobs.len()).unwrap_or(u64::MAX);
        self.count
            .checked_sub(shown)
            .filter(|rest| *rest > 0)
            .and_then(|rest| i64::try_from(rest).ok())
    }
}

/// One card.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: String,
    pub number: String,
    /// Changes with the ticket; a card whose version changed lights up.
    pub version: i64,
    pub problem: String,
    pub service: String,
    pub customer: String,
    pub area: String,
    pub visit: When,
    /// The visit's time has gone by and nobody has begun.
    pub is_late: bool,
    pub technician: Option<String>,
    /// What its visit is worth so far.
    pub check: Option<Check>,
    /// How long it has been in this column.
    pub since: When,
}

/// A visit in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub tone: &'static str,
    pub icon: &'static str,
    pub text: String,
}

/// The board, or its part that changed.
pub async fn show(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let board = read(&state, visitor.reader, Filter::of(&asked)).await?;
    let page = BoardPage {
        shell: visitor.shell(&state, Place::Board).await?,
        board,
        is_part: visitor.wants_part,
    };
    Ok(if visitor.wants_part {
        visitor.page(&page.as_board())
    } else {
        visitor.page(&page)
    })
}

async fn read(state: &web::State, reader: Reader, filter: Filter) -> Result<Board, Failure> {
    let columns = app::board::columns(&state.app, &filter.store()).await?;
    let columns = columns.into_iter().map(|column| Column {
        status: column.status,
        count: u64::try_from(column.count).unwrap_or(0),
        jobs: column
            .tickets
            .iter()
            .map(|ticket| job(ticket, column.status, reader))
            .collect(),
    });
    let alarms = alerts::all(state, reader).await?;
    let shown = u64::try_from(alarms.len()).unwrap_or(u64::MAX);
    Ok(Board {
        columns: columns.collect(),
        more_alarms: app::alerts::count(&state.app).await?.saturating_sub(shown),
        alarms,
        notices: notices(state, reader).await?,
        technicians: technicians(state).await?,
        filter,
    })
}

async fn notices(state: &web::State, reader: Reader) -> Result<Vec<Notice>, Failure> {
    let mut notices = Vec::new();
    let held = quarantine::held(&state.app).await? + deliveries::failures(&state.app).await?;
    if held > 0 {
        notices.push(Notice {
            tone: Tone::Warn,
            text: counted(
                reader.locale,
                "notice-held",
                i64::try_from(held).unwrap_or(i64::MAX),
            ),
            href: "/panel/held".to_owned(),
            verb: word(reader.locale, "notice-held-verb"),
        });
    }
    if quota::find(&state.app, state.app.today()).await?.capacity == 0 {
        notices.push(Notice {
            tone: Tone::Warn,
            text: word(reader.locale, "notice-no-hands"),
            href: "/panel/users?role=technician".to_owned(),
            verb: word(reader.locale, "notice-no-hands-verb"),
        });
    }
    Ok(notices)
}

fn job(ticket: &View, status: Status, reader: Reader) -> Job {
    let time = ticket
        .visit_time
        .as_deref()
        .and_then(|time| calendar::time(time).ok());
    let begins = time.map(|time| reader.zone.moment(ticket.visit_date, time));
    let is_late = match status {
        Status::Open => {
            begins.is_some_and(|at| at < reader.now) || ticket.visit_date < reader.zone.date(reader.now)
        }
        Status::Assigned => ticket.check_in_due_at.is_some_and(|at| at < reader.now),
        _ => false,
    };
    Job {
        id: ticket.id.clone(),
        number: ticket.number.clone(),
        version: ticket.version.into(),
        problem: ticket.problem.lines().next().unwrap_or_default().to_owned(),
        service: ticket.service.name.clone(),
        customer: ticket.customer.name.clone(),
        area: area(&ticket.customer.address).unwrap_or_default(),
        visit: reader.visit(Some(ticket.visit_date), time),
        is_late,
        technician: ticket
            .technician
            .as_ref()
            .map(|technician| technician.name.clone()),
        check: check(ticket, reader),
        since: reader.age(ticket.changed_at),
    }
}

/// The check-in's verdict; and what is missing, once the first of it has come.
fn check(ticket: &View, reader: Reader) -> Option<Check> {
    let check_in = ticket.check_in.as_ref()?;
    let verdict: Verdict = check_in.verdict.parse().ok()?;
    let (tone, icon) = visit::tone(verdict);
    let mut text = word(reader.locale, visit::label(verdict));
    if let (Verdict::Outside, Some(metres)) = (verdict, check_in.distance_meters) {
        text = format!("{text}, {}", length(reader.locale, metres));
    }
    if (1..3).contains(&ticket.missing.len()) {
        let missing = ticket.missing.iter().map(|step| {
            let key = match *step {
                "evidence" => "step-evidence",
                "bast" => "step-bast",
                _ => "step-check-out",
            };
            word(reader.locale, key)
        });
        let missing: Vec<String> = missing.collect();
        let missing = about(reader.locale, "still-missing", &missing.join(", "));
        text = format!("{text} · {missing}");
    }
    Some(Check { tone, icon, text })
}
