//! The recap: who got how many stars, how that was in the time before, and week by week.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use domain::ids::UserId;
use domain::rating::Stars;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::tickets::People;
use crate::app::{App, Error};
use crate::store::ratings::{self, Filter, Given};

/// A trend has at least so many weeks, the last of the time included, and at most [`MOST_WEEKS`].
const WEEKS: u64 = 8;
const MOST_WEEKS: u64 = 53;

/// The stars of a time, by person.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = RatingSummary)]
pub struct Summary {
    /// The best first.
    pub technicians: Vec<Person>,
    pub cs: Vec<Person>,
}

/// One person's stars.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = PersonRating)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub count: u32,
    /// To two places.
    pub average: f64,
    /// How many of each, from `1` to `5`.
    pub distribution: BTreeMap<String, u32>,
}

/// Who got how many stars.
pub async fn summary(app: &App, filter: &Filter) -> Result<Summary, Error> {
    let given = ratings::stars(&app.db, filter).await?;
    summed(app, given.iter()).await
}

/// So many stars from so many people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mean {
    pub count: u32,
    sum: u32,
}

impl Mean {
    fn add(&mut self, stars: Stars) {
        self.count += 1;
        self.sum += u32::from(stars.count());
    }

    /// To two places; `None`: nobody gave any.
    pub fn average(self) -> Option<f64> {
        (self.count > 0).then(|| average(self.sum, self.count))
    }
}

/// One week's stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    pub monday: NaiveDate,
    pub technicians: Mean,
    pub cs: Mean,
}

/// The stars of a time beside those of the time before, and the weeks that led there.
#[derive(Debug, Clone, PartialEq)]
pub struct Recap {
    pub now: Summary,
    /// Of as many days just before.
    pub before: Summary,
    /// How many ratings there are now, and were before.
    pub count: (usize, usize),
    /// The oldest first.
    pub weeks: Vec<Week>,
}

/// Which ratings a recap looks at.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// Both included.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Whose weeks; the sums are of everyone.
    pub technician: Option<UserId>,
    pub cs: Option<UserId>,
}

/// The recap of a time.
pub async fn recap(app: &App, scope: Scope) -> Result<Recap, Error> {
    let begin = |date: NaiveDate| app.zone().moment(date, NaiveTime::MIN);
    let end = begin(scope.to.checked_add_days(Days::new(1)).unwrap_or(scope.to));
    let days = (scope.to - scope.from).num_days().max(0).unsigned_abs() + 1;
    let before = scope.from.checked_sub_days(Days::new(days)).unwrap_or(scope.from);
    let mondays = mondays(scope);
    let first = mondays.first().copied().unwrap_or(before);
    let filter = Filter {
        from: Some(begin(before.min(first))),
        to: Some(end),
        ..Filter::default()
    };
    let all = ratings::stars(&app.db, &filter).await?;
    let within = |from: DateTime<Utc>, to: DateTime<Utc>| {
        let is_within = move |one: &&Given| one.at >= from && one.at < to;
        all.iter().filter(is_within).collect::<Vec<_>>()
    };
    let now = within(begin(scope.from), end);
    let then = within(begin(before), begin(scope.from));
    Ok(Recap {
        count: (now.len(), then.len()),
        now: summed(app, now.into_iter()).await?,
        before: summed(app, then.into_iter()).await?,
        weeks: mondays
            .into_iter()
            .map(|monday| week(app, scope, monday, &all))
            .collect(),
    })
}

/// The Mondays of the weeks up to the end of a time.
fn mondays(scope: Scope) -> Vec<NaiveDate> {
    let monday = |date: NaiveDate| date - Days::new(date.weekday().num_days_from_monday().into());
    let (last, first) = (monday(scope.to), monday(scope.from.min(scope.to)));
    let weeks = ((last - first).num_weeks().unsigned_abs() + 1).clamp(WEEKS, MOST_WEEKS);
    (0..weeks).rev().map(|n| last - Days::new(7 * n)).collect()
}

fn week(app: &App, scope: Scope, monday: NaiveDate, all: &[Given]) -> Week {
    let begin = |date: NaiveDate| app.zone().moment(date, NaiveTime::MIN);
    let last = (monday + Days::new(6)).min(scope.to);
    let (from, to) = (begin(monday), begin(last + Days::new(1)));
    let mut week = Week {
        monday,
        technicians: Mean::default(),
        cs: Mean::default(),
    };
    for one in all.iter().filter(|one| one.at >= from && one.at < to) {
        let is_asked = |who: Option<UserId>, id: UserId| who.is_none_or(|who| who == id);
        if let Some((id, stars)) = one.technician
            && is_asked(scope.technician, id)
        {
            week.technicians.add(stars);
        }
        if let Some((id, stars)) = one.cs
            && is_asked(scope.cs, id)
        {
            week.cs.add(stars);
        }
    }
    week
}

async fn summed(app: &App, given: impl Iterator<Item = &Given> + Clone) -> Result<Summary, Error> {
    let technicians: Vec<(UserId, Stars)> = given.clone().filter_map(|one| one.technician).collect();
    let cs: Vec<(UserId, Stars)> = given.filter_map(|one| one.cs).collect();
    let ids = technicians.iter().chain(&cs).map(|(id, _)| *id);
    let people = People::load(&app.db, ids).await?;
    Ok(Summary {
        technicians: of(&technicians, &people),
        cs: of(&cs, &people),
    })
}

fn average(sum: u32, count: u32) -> f64 {
    (f64::from(sum) / f64::from(count.max(1)) * 100.0).round() / 100.0
}

fn of(given: &[(UserId, Stars)], people: &People) -> Vec<Person> {
    let mut by_person: BTreeMap<UserId, [u32; 5]> = BTreeMap::new();
    for (id, stars) in given {
        let counts = by_person.entry(*id).or_default();
        counts[usize::from(stars.count()) - 1] += 1;
    }
    let mut all: Vec<Person> = by_person
        .into_iter()
        .map(|(id, counts)| {
            let count: u32 = counts.iter().sum();
            let sum: u32 = (1..=5).zip(counts).map(|(stars, n)| stars * n).sum();
            let named = people.named(id);
            Person {
                id: named.id,
                name: named.name,
                count,
                average: average(sum, count),
                distribution: (1..=5)
                    .zip(counts)
                    .map(|(stars, n)| (stars.to_string(), n))
                    .collect(),
            }
        })
        .collect();
    all.sort_by(|a, b| b.average.total_cmp(&a.average).then(b.count.cmp(&a.count)));
    all
}

impl Summary {
    /// Everyone's stars together.
    pub fn technicians(&self) -> Mean {
        total(&self.technicians)
    }

    /// The office's stars together.
    pub fn cs(&self) -> Mean {
        total(&self.cs)
    }
}

fn total(people: &[Person]) -> Mean {
    let mut mean = Mean::default();
    for person in people {
        for (stars, count) in (1..=5).zip(person.distribution.values()) {
            mean.count += count;
            mean.sum += stars * count;
        }
    }
    mean
}
