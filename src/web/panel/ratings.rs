//! The recap of ratings: who got how many stars in a time, and what was said (REP-001).

use askama::Template;
use axum::extract::State;
use chrono::{Days, NaiveDate, NaiveTime};
use domain::calendar;
use domain::ids::UserId;

use crate::app::page::Cut;
use crate::app::ratings::{self, Filter, Person, View};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::page::{Pages, Tab, query};
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::{Reader, When};
use crate::web::words::word;

const PATH: &str = "/panel/ratings";
/// How many days a period has that is one click away.
const PERIODS: [(u64, &str); 3] = [
    (7, "ratings-week"),
    (30, "ratings-month"),
    (90, "ratings-quarter"),
];
/// Shown when no period is asked for.
const USUAL: u64 = 30;

/// The page.
#[derive(Template)]
#[template(path = "panel/ratings.html")]
pub struct RatingsPage {
    pub shell: Shell,
    pub tabs: Vec<Tab>,
    /// `YYYY-MM-DD`, both included.
    pub from: String,
    pub to: String,
    /// Only this person's ratings are listed.
    pub who: Option<Who>,
    pub technicians: Vec<Score>,
    pub cs: Vec<Score>,
    pub given: Vec<Given>,
    pub pages: Pages,
}

/// Whose ratings are listed.
#[derive(Debug, Clone)]
pub struct Who {
    pub name: String,
    /// The list of everyone's.
    pub all: String,
}

/// One person's stars.
#[derive(Debug, Clone)]
pub struct Score {
    pub name: String,
    /// `4,62`.
    pub average: String,
    pub count: u32,
    /// Five to one: how many, and their share of a hundred.
    pub bars: Vec<(u32, u32, u32)>,
    /// This person's ratings.
    pub href: String,
    pub here: bool,
}

/// One rating.
#[derive(Debug, Clone)]
pub struct Given {
    pub ticket_id: String,
    pub technician: Option<String>,
    pub technician_stars: Option<u8>,
    pub cs: Option<String>,
    pub cs_stars: Option<u8>,
    pub comment: Option<String>,
    pub at: When,
}

impl Given {
    /// Whether someone should look at it.
    pub fn is_low(&self) -> bool {
        [self.technician_stars, self.cs_stars]
            .into_iter()
            .flatten()
            .any(|stars| stars <= 2)
    }
}

/// What is asked for in the address.
struct Asked {
    from: NaiveDate,
    to: NaiveDate,
    technician: String,
    cs: String,
}

impl Asked {
    fn of(form: &Form, reader: Reader) -> Self {
        let today = reader.zone.date(reader.now);
        let day = |name: &str| form.some(name).and_then(|text| calendar::date(&text).ok());
        let to = day("to").unwrap_or(today);
        Self {
            from: day("from").unwrap_or_else(|| back(to, USUAL)),
            to,
            technician: form.value("technician_id").to_owned(),
            cs: form.value("cs_id").to_owned(),
        }
    }

    fn filter(&self, reader: Reader) -> Filter {
        let after = self.to.checked_add_days(Days::new(1)).unwrap_or(self.to);
        Filter {
            from: Some(reader.zone.moment(self.from, NaiveTime::MIN)),
            to: Some(reader.zone.moment(after, NaiveTime::MIN)),
            ..Filter::default()
        }
    }

    fn href(&self, more: &[(&str, &str)]) -> String {
        let (from, to) = (self.from.to_string(), self.to.to_string());
        let mut parts = vec![("from", from.as_str()), ("to", to.as_str())];
        parts.extend(more);
        query(PATH, &parts)
    }
}

/// So many days, of which `to` is the last.
fn back(to: NaiveDate, days: u64) -> NaiveDate {
    to.checked_sub_days(Days::new(days - 1)).unwrap_or(to)
}

/// The recap.
pub async fn show(State(state): State<web::State>, visitor: Visitor, form: Form) -> Answer {
    let reader = visitor.reader;
    let asked = Asked::of(&form, reader);
    let cursor = form.some("cursor");
    let summary = ratings::summary(&state.app, &asked.filter(reader)).await?;
    let filter = Filter {
        technician: asked.technician.parse::<UserId>().ok(),
        cs: asked.cs.parse::<UserId>().ok(),
        ..asked.filter(reader)
    };
    let found = ratings::list(&state.app, &filter, Cut::parse(cursor.as_deref(), None)?).await?;
    let of = |person: &Person, name: &'static str, chosen: &str| {
        let here = person.id == chosen;
        score(person, asked.href(&[(name, &person.id)]), here, reader)
    };
    let technicians: Vec<Score> = summary
        .technicians
        .iter()
        .map(|person| of(person, "technician_id", &asked.technician))
        .collect();
    let cs: Vec<Score> = summary
        .cs
        .iter()
        .map(|person| of(person, "cs_id", &asked.cs))
        .collect();
    let who = technicians.iter().chain(&cs).find(|score| score.here);
    let own = [("technician_id", asked.technician.as_str()), ("cs_id", &asked.cs)];
    let next = found
        .next_cursor
        .map(|next| asked.href(&[own[0], own[1], ("cursor", &next)]));
    let page = RatingsPage {
        shell: visitor.shell(&state, Place::Ratings).await?,
        tabs: tabs(&asked, reader),
        from: asked.from.to_string(),
        to: asked.to.to_string(),
        who: who.map(|score| Who {
            name: score.name.clone(),
            all: asked.href(&[]),
        }),
        given: found
            .data
            .into_iter()
            .filter_map(|view| given(view, reader))
            .collect(),
        pages: Pages {
            first: cursor.map(|_| asked.href(&own)),
            next,
        },
        technicians,
        cs,
    };
    Ok::<_, Failure>(visitor.page(&page))
}

fn tabs(asked: &Asked, reader: Reader) -> Vec<Tab> {
    let today = reader.zone.date(reader.now);
    let tab = |(days, key): (u64, &'static str)| {
        let from = back(today, days);
        Tab {
            label: word(reader.locale, key),
            href: query(PATH, &[("from", &from.to_string()), ("to", &today.to_string())]),
            here: asked.from == from && asked.to == today,
        }
    };
    PERIODS.map(tab).to_vec()
}

fn score(person: &Person, href: String, here: bool, reader: Reader) -> Score {
    let share = |n: u32| n.saturating_mul(100) / person.count.max(1);
    let bars = (1..=5).rev().map(|stars: u32| {
        let n = person.distribution.get(&stars.to_string()).copied().unwrap_or(0);
        (stars, n, share(n))
    });
    let average = format!("{:.2}", person.average);
    Score {
        name: person.name.clone(),
        average: match reader.locale {
            domain::person::Locale::Id => average.replace('.', ","),
            domain::person::Locale::En => average,
        },
        count: person.count,
        bars: bars.collect(),
        href,
        here,
    }
}

fn given(view: View, reader: Reader) -> Option<Given> {
    Some(Given {
        ticket_id: view.ticket_id,
        technician: view.technician.map(|person| person.name),
        technician_stars: view.technician_stars,
        cs: view.cs.map(|person| person.name),
        cs_stars: view.cs_stars,
        comment: view.comment,
        at: reader.clock(view.at?),
    })
}
