//! The quota calendar: a month of dates with what is free on each, and the people of one of them.

use askama::Template;
use axum::extract::State;
use chrono::{Datelike, Days, Months, NaiveDate};
use domain::calendar;

use crate::app::quota;
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::hand::Load;
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::ticket_form::{Quota, read_quota};
use crate::web::panel::visitor::Visitor;

/// A month, and with `as_month` the part that changes by itself.
#[derive(Template)]
#[template(path = "panel/calendar.html", blocks = ["month"])]
pub struct CalendarPage {
    pub shell: Shell,
    /// `November 2026`.
    pub title: String,
    /// The page's own address with its month and date.
    pub here: String,
    pub previous: String,
    pub next: String,
    pub today: String,
    /// What the days of a week are called: in short and in full.
    pub weekdays: Vec<(String, String)>,
    /// Rows of seven; none where the date is of another month.
    pub weeks: Vec<Vec<Option<Day>>>,
    pub chosen: Chosen,
}

/// A date of the month.
#[derive(Debug, Clone)]
pub struct Day {
    pub number: u32,
    /// `Senin, 23 November 2026`.
    pub full: String,
    pub href: String,
    pub load: Load,
    pub left: i32,
    pub is_past: bool,
    pub is_today: bool,
    pub is_chosen: bool,
}

/// The date that is looked at closely.
#[derive(Debug, Clone)]
pub struct Chosen {
    pub date: String,
    pub quota: Quota,
    /// A ticket may still be made for it.
    pub is_open: bool,
}

impl Day {
    /// Whether nobody works on it.
    pub fn is_empty(&self) -> bool {
        self.load.quota == 0 && self.load.used == 0
    }

    /// Whether no place is left.
    pub fn is_full(&self) -> bool {
        self.left == 0
    }
}

/// A month: of the date that is asked for, of the month that is, or of today.
pub async fn show(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let reader = visitor.reader;
    let today = reader.zone.date(reader.now);
    let date = calendar::date(asked.value("date")).ok();
    let month = calendar::date(&format!("{}-01", asked.value("month"))).ok();
    let (first, chosen) = match (month, date) {
        (Some(first), Some(date)) if same_month(first, date) => (first, date),
        (Some(first), _) if same_month(first, today) => (first, today),
        (Some(first), _) => (first, first),
        (None, date) => {
            let date = date.unwrap_or(today);
            (date.with_day(1).unwrap_or(date), date)
        }
    };
    let page = draw(&state, &visitor, first, chosen).await?;
    if visitor.wants_part {
        return Ok(visitor.page(&page.as_month()));
    }
    Ok(visitor.page(&page))
}

async fn draw(
    state: &web::State,
    visitor: &Visitor,
    first: NaiveDate,
    chosen: NaiveDate,
) -> Result<CalendarPage, Failure> {
    let reader = visitor.reader;
    let today = reader.zone.date(reader.now);
    let following = first.checked_add_months(Months::new(1)).unwrap_or(first);
    let last = following.pred_opt().unwrap_or(first);
    let days = quota::days(&state.app, first, last).await?;
    let cells = days.into_iter().map(|day| {
        Some(Day {
            number: day.date.day(),
            full: reader.long_day(day.date),
            href: address(first, day.date),
            load: Load {
                used: day.used,
                quota: day.capacity,
            },
            left: day.available,
            is_past: day.date < today,
            is_today: day.date == today,
            is_chosen: day.date == chosen,
        })
    });
    let before = first.weekday().num_days_from_monday() as usize;
    let mut cells: Vec<Option<Day>> = std::iter::repeat_n(None, before).chain(cells).collect();
    cells.resize(cells.len().next_multiple_of(7), None);
    let month = |date: NaiveDate| format!("/panel/quota/calendar?month={}", date.format("%Y-%m"));
    let monday = first.checked_sub_days(Days::new(before as u64)).unwrap_or(first);
    Ok(CalendarPage {
        shell: visitor.shell(state, Place::Calendar).await?,
        title: reader.month(first),
        here: address(first, chosen),
        previous: month(first.checked_sub_months(Months::new(1)).unwrap_or(first)),
        next: month(following),
        today: month(today),
        weekdays: monday
            .iter_days()
            .take(7)
            .map(|day| reader.weekday(day))
            .collect(),
        weeks: cells.chunks(7).map(<[Option<Day>]>::to_vec).collect(),
        chosen: Chosen {
            date: chosen.to_string(),
            quota: read_quota(state, reader, chosen).await?,
            is_open: chosen >= today,
        },
    })
}

fn same_month(one: NaiveDate, other: NaiveDate) -> bool {
    (one.year(), one.month()) == (other.year(), other.month())
}

fn address(first: NaiveDate, date: NaiveDate) -> String {
    format!(
        "/panel/quota/calendar?month={}&date={date}",
        first.format("%Y-%m")
    )
}
