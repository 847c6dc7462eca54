//! The board: every ticket that is not over, in four columns, live.

use askama::Template;
use domain::ticket::Status;

use crate::web::panel::filters;
use crate::web::panel::shell::{Shell, Tone};
use crate::web::panel::when::When;

/// The page, and with `as_board` the part that is fetched again after a change.
#[derive(Template)]
#[template(path = "panel/board.html", blocks = ["board"])]
pub struct BoardPage {
    pub shell: Shell,
    pub board: Board,
}

/// What the board shows.
#[derive(Debug, Clone, Default)]
pub struct Board {
    pub notices: Vec<Notice>,
    pub columns: Vec<Column>,
}

impl Board {
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.columns.iter().all(|column| column.count == 0)
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
    /// How long it has been in this column.
    pub since: When,
}
