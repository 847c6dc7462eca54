//! The quota of a date: shown live, and taken in the transaction that needs it.

use chrono::{Days, NaiveDate};
use domain::quota::{self, Hand, Standing};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::{App, Error, Refusal};
use crate::store::users::User;
use crate::store::{self, Tx, quotas};

/// How far ahead a free date is looked for, in days.
const SEARCH_DAYS: u64 = 60;
/// How many free dates are named.
const NAMED: usize = 3;

/// The quota of a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Quota)]
pub struct View {
    pub date: NaiveDate,
    pub capacity: i32,
    pub used: i32,
    /// Never below 0.
    pub available: i32,
    /// The next dates with a free place, the nearest first.
    pub next_available: Vec<NaiveDate>,
    pub technicians: Vec<Own>,
}

/// A technician's part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TechnicianQuota)]
pub struct Own {
    pub id: String,
    pub name: String,
    pub quota: i32,
    pub used: i32,
    pub on_duty: bool,
}

/// The quota of a date as it stands.
pub async fn find(app: &App, date: NaiveDate) -> Result<View, Error> {
    let people = store::users::technicians(&app.db).await?;
    let own_used = quotas::own_used(&app.db, date).await?;
    let standing = Standing {
        capacity: capacity(app, &people, date),
        used: quotas::company_used(&app.db, date, date)
            .await?
            .get(&date)
            .copied()
            .unwrap_or(0),
    };
    let technicians = people
        .iter()
        .map(|user| Own {
            id: user.id.to_string(),
            name: user.name.clone(),
            quota: quota::own(user.daily_quota, app.default_quota()),
            used: own_used.get(&user.id.0).copied().unwrap_or(0),
            on_duty: user.on_duty,
        })
        .collect();
    Ok(View {
        date,
        capacity: standing.capacity,
        used: standing.used,
        available: standing.available(),
        next_available: next_free(app, &people, date).await?,
        technicians,
    })
}

/// What is free on one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    pub capacity: i32,
    pub used: i32,
    /// Never below 0.
    pub available: i32,
}

/// Every date from `first` to `last` as it stands, by two queries however many they are.
pub async fn days(app: &App, first: NaiveDate, last: NaiveDate) -> Result<Vec<Day>, Error> {
    let people = store::users::technicians(&app.db).await?;
    let used = quotas::company_used(&app.db, first, last).await?;
    let dates = first.iter_days().take_while(|date| *date <= last);
    Ok(dates
        .map(|date| {
            let standing = Standing {
                capacity: capacity(app, &people, date),
                used: used.get(&date).copied().unwrap_or(0),
            };
            Day {
                date,
                capacity: standing.capacity,
                used: standing.used,
                available: standing.available(),
            }
        })
        .collect())
}

/// Takes one place of the company's date. What is free instead, [`explain`] says.
pub(crate) async fn take_company(app: &App, tx: &Tx, date: NaiveDate) -> Result<(), Error> {
    let people = store::users::technicians(tx).await?;
    match quotas::take_company(tx, date, capacity(app, &people, date)).await {
        Err(store::Error::Check(_)) => Err(Refusal::QuotaExhausted {
            date,
            next: Vec::new(),
        }
        .into()),
        other => Ok(other?),
    }
}

/// Takes one place of a technician's date. How full it is, [`explain`] says.
pub(crate) async fn take_own(app: &App, tx: &Tx, user: &User, date: NaiveDate) -> Result<(), Error> {
    let quota = quota::own(user.daily_quota, app.default_quota());
    match quotas::take_own(tx, user.id, date, quota).await {
        Err(store::Error::Check(_)) => {
            let (id, name) = (user.id, user.name.clone());
            Err(Refusal::OwnQuotaFull {
                id,
                name,
                used: quota,
                quota,
                date,
            }
            .into())
        }
        other => Ok(other?),
    }
}

/// Adds what a refusal about quotas should name. It is read after the transaction has ended, so that
/// nobody holds one connection while he waits for another.
pub(crate) async fn explain(app: &App, error: Error) -> Error {
    let read = async {
        Ok::<_, Error>(match &error {
            Error::Refused(Refusal::QuotaExhausted { date, .. }) => {
                let people = store::users::technicians(&app.db).await?;
                let next = next_free(app, &people, *date).await?;
                Some(Refusal::QuotaExhausted { date: *date, next })
            }
            Error::Refused(Refusal::OwnQuotaFull {
                id,
                name,
                quota,
                date,
                ..
            }) => {
                let used = quotas::own_used(&app.db, *date)
                    .await?
                    .get(&id.0)
                    .copied()
                    .unwrap_or(0);
                let (id, name) = (*id, name.clone());
                Some(Refusal::OwnQuotaFull {
                    id,
                    name,
                    used,
                    quota: *quota,
                    date: *date,
                })
            }
            _ => None,
        })
    };
    match read.await {
        Ok(Some(refusal)) => refusal.into(),
        // The refusal stands without its details.
        Ok(None) | Err(_) => error,
    }
}

/// What a technician may take on one date.
pub(crate) fn own_of(app: &App, user: &User) -> i32 {
    quota::own(user.daily_quota, app.default_quota())
}

fn capacity(app: &App, people: &[User], date: NaiveDate) -> i32 {
    let hands: Vec<Hand> = people.iter().map(User::hand).collect();
    quota::capacity(&hands, app.default_quota(), date == app.today())
}

async fn next_free(app: &App, people: &[User], date: NaiveDate) -> Result<Vec<NaiveDate>, Error> {
    let first = Ord::max(date.checked_add_days(Days::new(1)).unwrap_or(date), app.today());
    let last = first.checked_add_days(Days::new(SEARCH_DAYS)).unwrap_or(first);
    let used = quotas::company_used(&app.db, first, last).await?;
    let free = |day: &NaiveDate| {
        let used = used.get(day).copied().unwrap_or(0);
        Standing {
            capacity: capacity(app, people, *day),
            used,
        }
        .available()
            > 0
    };
    Ok(first
        .iter_days()
        .take_while(|day| *day <= last)
        .filter(free)
        .take(NAMED)
        .collect())
}
