//! The recap of ratings: who got how many stars in a time, and what was said (REP-001).

mod trend;

use askama::Template;
use axum::extract::State;
use chrono::{Days, NaiveDate, NaiveTime};
use domain::calendar;
use domain::person::Role;
use domain::rating::Stars;

use crate::app::page::Cut;
use crate::app::ratings::{self, Filter, Mean, Person, Recap, Scope, View};
use crate::app::users;
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::page::{Pages, Tab, query};
pub use crate::web::panel::ratings::trend::{Average, Bar, Line, Trend, decimal};
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::tickets::Choice;
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
    pub asked: Asked,
    /// Whom to choose from.
    pub people: (Vec<Choice>, Vec<Choice>),
    pub figures: Vec<Figure>,
    /// Only these are listed: a person's, or those of so many stars.
    pub who: Option<Who>,
    pub technicians: Vec<Score>,
    pub cs: Vec<Score>,
    pub trend: Trend,
    pub given: Vec<Given>,
    pub pages: Pages,
    /// Where the same list is as a sheet.
    pub sheet: String,
}

/// One number over the recap, and how it was in as many days before.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The key of what it is.
    pub label: &'static str,
    pub value: String,
    /// What it counts.
    pub href: String,
    pub change: Option<Change>,
}

/// `+0,12`, and whether that is better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub text: String,
    pub is_worse: bool,
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
    pub change: Option<Change>,
    /// Five to one.
    pub bars: Vec<Share>,
    /// This person's ratings.
    pub href: String,
    pub here: bool,
}

/// So many ratings of so many stars.
#[derive(Debug, Clone)]
pub struct Share {
    pub stars: u32,
    pub count: u32,
    /// Of a hundred.
    pub percent: u32,
    /// Those ratings.
    pub href: String,
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
#[derive(Debug, Clone)]
pub struct Asked {
    /// Both included.
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub technician: String,
    pub cs: String,
    technician_stars: String,
    cs_stars: String,
}

/// What may be asked for beside the time: the person, and the stars.
type More<'a> = [(&'static str, &'a str); 2];

impl Asked {
    pub(crate) fn of(form: &Form, reader: Reader) -> Self {
        let today = reader.zone.date(reader.now);
        let day = |name: &str| form.some(name).and_then(|text| calendar::date(&text).ok());
        let to = day("to").unwrap_or(today);
        let of = |name: &str| form.value(name).to_owned();
        Self {
            from: day("from").unwrap_or_else(|| back(to, USUAL)).min(to),
            to,
            technician: of("technician_id"),
            cs: of("cs_id"),
            technician_stars: of("technician_stars"),
            cs_stars: of("cs_stars"),
        }
    }

    /// The ratings that are listed.
    pub(crate) fn filter(&self, reader: Reader) -> Filter {
        let after = self.to.checked_add_days(Days::new(1)).unwrap_or(self.to);
        let stars = |text: &str| {
            text.parse::<u8>()
                .ok()
                .and_then(|count| Stars::try_from(count).ok())
        };
        Filter {
            technician: self.technician.parse().ok(),
            cs: self.cs.parse().ok(),
            customer: None,
            technician_stars: stars(&self.technician_stars),
            cs_stars: stars(&self.cs_stars),
            from: Some(reader.zone.moment(self.from, NaiveTime::MIN)),
            to: Some(reader.zone.moment(after, NaiveTime::MIN)),
        }
    }

    fn scope(&self) -> Scope {
        Scope {
            from: self.from,
            to: self.to,
            technician: self.technician.parse().ok(),
            cs: self.cs.parse().ok(),
        }
    }

    /// This time, of those alone.
    fn href(&self, more: More<'_>) -> String {
        during((self.from, self.to), &more)
    }

    /// The same list somewhere else.
    fn again(&self, path: &str, cursor: &str) -> String {
        let (from, to) = (self.from.to_string(), self.to.to_string());
        let mut parts = vec![("from", from.as_str()), ("to", &to)];
        parts.extend(self.own());
        parts.push(("cursor", cursor));
        query(path, &parts)
    }

    fn own(&self) -> [(&'static str, &str); 4] {
        [
            ("technician_id", &self.technician),
            ("cs_id", &self.cs),
            ("technician_stars", &self.technician_stars),
            ("cs_stars", &self.cs_stars),
        ]
    }

    /// Whether not everyone's are listed.
    fn is_narrow(&self) -> bool {
        self.own().iter().any(|(_, value)| !value.is_empty())
    }
}

fn during((from, to): (NaiveDate, NaiveDate), more: &[(&str, &str)]) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    let time = [("from", from.as_str()), ("to", to.as_str())];
    query(
        PATH,
        &time.into_iter().chain(more.iter().copied()).collect::<Vec<_>>(),
    )
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
    let recap = ratings::recap(&state.app, asked.scope()).await?;
    let cut = Cut::parse(cursor.as_deref(), None)?;
    let found = ratings::list(&state.app, &asked.filter(reader), cut).await?;
    let technicians = scores(
        &asked,
        "technician",
        (&recap.now.technicians, &recap.before.technicians),
        reader,
    );
    let cs = scores(&asked, "cs", (&recap.now.cs, &recap.before.cs), reader);
    let who = technicians.iter().chain(&cs).find(|score| score.here);
    let shows = (asked.cs.is_empty(), asked.technician.is_empty());
    let own = asked.own();
    let page = RatingsPage {
        shell: visitor.shell(&state, Place::Ratings).await?,
        tabs: tabs(&asked, reader),
        people: (
            of_role(&state, Role::Technician).await?,
            of_role(&state, Role::Admin).await?,
        ),
        figures: figures(&asked, &recap, reader),
        who: asked.is_narrow().then(|| Who {
            name: who.map_or_else(|| word(reader.locale, "ratings-some"), |score| score.name.clone()),
            all: asked.href([("", ""), ("", "")]),
        }),
        trend: Trend::of(&recap.weeks, shows, reader, |from, to| {
            during((from, to), &own[..2])
        }),
        given: found
            .data
            .into_iter()
            .filter_map(|view| given(view, reader))
            .collect(),
        pages: Pages::of(cursor.as_deref(), found.next_cursor.as_deref(), |at| {
            asked.again(PATH, at)
        }),
        sheet: asked.again("/panel/ratings.csv", ""),
        technicians,
        cs,
        asked,
    };
    Ok::<_, Failure>(visitor.page(&page))
}

async fn of_role(state: &web::State, role: Role) -> Result<Vec<Choice>, Failure> {
    let filter = users::Filter {
        role: Some(role),
        ..users::Filter::default()
    };
    let page = users::list(&state.app, &filter, Cut::first(Cut::MOST)).await?;
    let choice = |user: users::View| Choice {
        id: user.id,
        name: user.name,
    };
    Ok(page.data.into_iter().map(choice).collect())
}

fn tabs(asked: &Asked, reader: Reader) -> Vec<Tab> {
    let today = reader.zone.date(reader.now);
    let tab = |(days, key): (u64, &'static str)| {
        let from = back(today, days);
        Tab {
            label: word(reader.locale, key),
            href: during((from, today), &asked.own()),
            here: asked.from == from && asked.to == today,
        }
    };
    PERIODS.map(tab).to_vec()
}

fn figures(asked: &Asked, recap: &Recap, reader: Reader) -> Vec<Figure> {
    let mean = |label, now: Mean, before: Mean| Figure {
        label,
        value: Average::of(now, reader.locale).map_or_else(|| "–".to_owned(), |one| one.average),
        href: asked.href([("", ""), ("", "")]),
        change: change(now.average(), before.average(), 2, reader),
    };
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    vec![
        mean(
            "ratings-technicians",
            recap.now.technicians(),
            recap.before.technicians(),
        ),
        mean("ratings-cs", recap.now.cs(), recap.before.cs()),
        Figure {
            label: "ratings-given",
            value: recap.count.0.to_string(),
            href: asked.href([("", ""), ("", "")]),
            change: change(Some(count(recap.count.0)), Some(count(recap.count.1)), 0, reader),
        },
    ]
}

/// `+0,12`; what had no value before has not changed.
fn change(now: Option<f64>, before: Option<f64>, places: usize, reader: Reader) -> Option<Change> {
    let by = now? - before?;
    let text = format!("{by:+.places$}").replace('-', "−");
    let text = match reader.locale {
        domain::person::Locale::Id => text.replace('.', ","),
        domain::person::Locale::En => text,
    };
    let is_worse = by < 0.0 && text.contains(|c: char| ('1'..='9').contains(&c));
    Some(Change { text, is_worse })
}

fn scores(asked: &Asked, kind: &str, (now, before): (&[Person], &[Person]), reader: Reader) -> Vec<Score> {
    let (name, stars, chosen): (_, _, &str) = if kind == "cs" {
        ("cs_id", "cs_stars", &asked.cs)
    } else {
        ("technician_id", "technician_stars", &asked.technician)
    };
    let score = |person: &Person| {
        let earlier = before.iter().find(|one| one.id == person.id);
        let bars = (1..=5).rev().map(|n: u32| {
            let text = n.to_string();
            let count = person.distribution.get(&text).copied().unwrap_or(0);
            Share {
                stars: n,
                count,
                percent: count.saturating_mul(100) / person.count.max(1),
                href: asked.href([(name, &person.id), (stars, &text)]),
            }
        });
        Score {
            name: person.name.clone(),
            average: decimal(person.average, reader.locale),
            count: person.count,
            change: change(Some(person.average), earlier.map(|one| one.average), 2, reader),
            bars: bars.collect(),
            href: asked.href([(name, &person.id), ("", "")]),
            here: person.id == chosen,
        }
    };
    now.iter().map(score).collect()
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
