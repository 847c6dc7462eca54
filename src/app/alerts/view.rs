//! Emergencies as admins and programs see them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::{DateTime, NaiveDate, Utc};
use dialogues::emergency::{Emergency, LateLine};
use dialogues::text::Moment;
use domain::alert::{Decision, State};
use domain::ids::TicketId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::page::{Cut, Page};
use crate::app::quota::{self, Own};
use crate::app::tickets::{self, Named, People};
use crate::app::{App, Error};
pub use crate::store::alerts::Filter;
use crate::store::alerts::{self, Alert};
use crate::store::{self, Source};

/// How many emergencies are shown on top of a page.
const SHOWN: u64 = 20;

/// An assignment whose check-in is overdue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Alert)]
pub struct View {
    pub id: String,
    pub ticket_id: String,
    /// Whose check-in it is.
    pub technician: Named,
    pub due_at: DateTime<Utc>,
    pub raised_at: DateTime<Utc>,
    /// How often it was told again.
    pub repeats: i32,
    /// `open`, `decided` or `resolved`.
    pub state: &'static str,
    /// `continue` or `replace`; `null` unless decided.
    #[schema(required)]
    pub decision: Option<&'static str>,
    /// How much more time was given.
    #[schema(required)]
    pub minutes: Option<i32>,
    /// Who has the ticket instead; `null` after `replace`: it went to the pool.
    #[schema(required)]
    pub next_technician: Option<Named>,
    #[schema(required)]
    pub decided_by: Option<Named>,
    #[schema(required)]
    pub decided_at: Option<DateTime<Utc>>,
    /// Why nobody needed to decide: `checked_in`, `released`, `cancelled` or `moved`; `null` unless resolved.
    #[schema(required)]
    pub resolution: Option<&'static str>,
    #[schema(required)]
    pub resolved_at: Option<DateTime<Utc>>,
}

/// An open emergency with what is needed to decide it.
#[derive(Debug, Clone)]
pub struct Urgent {
    pub alert: View,
    pub ticket: tickets::View,
    /// The technician's own number, in E.164.
    pub phone: Option<String>,
    /// Telegram reaches the technician.
    pub reachable: bool,
}

/// A page of emergencies, newest first.
pub async fn list(app: &App, filter: Filter, cut: Cut) -> Result<Page<View>, Error> {
    let rows = alerts::list(&app.db, filter, cut.cursor, cut.fetch()).await?;
    let page = cut.page(rows, |row| row.id.0, |row| row);
    Ok(Page {
        data: views(&app.db, page.data).await?,
        next_cursor: page.next_cursor,
    })
}

/// How many wait for a decision.
pub async fn count(app: &App) -> Result<u64, Error> {
    Ok(alerts::count_open(&app.db).await?)
}

/// The emergencies that wait for a decision, the longest overdue first.
pub async fn urgent(app: &App) -> Result<Vec<Urgent>, Error> {
    urgents(app, alerts::open(&app.db, SHOWN).await?).await
}

/// A ticket's open emergency, if it has one.
pub async fn urgent_of(app: &App, ticket: TicketId) -> Result<Option<Urgent>, Error> {
    let open = alerts::open_of(&app.db, ticket).await?;
    Ok(urgents(app, open.into_iter().collect()).await?.pop())
}

/// Quotas of days that were read already: of many emergencies at once most are of one day.
#[derive(Debug, Default)]
pub struct Days(HashMap<NaiveDate, Vec<Own>>);

/// Who could take a job instead of whoever has it: everyone whose quota of that day counts, but for those who had it
/// before.
pub async fn hands(app: &App, ticket: &tickets::View, days: &mut Days) -> Result<Vec<Own>, Error> {
    let Ok(id) = ticket.id.parse() else {
        return Ok(Vec::new());
    };
    let barred = store::tickets::excluded(&app.db, id).await?;
    let mut barred: Vec<String> = barred.iter().map(ToString::to_string).collect();
    barred.extend(ticket.technician.as_ref().map(|holder| holder.id.clone()));
    let day = match days.0.entry(ticket.visit_date) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(unknown) => unknown.insert(quota::find(app, ticket.visit_date).await?.technicians),
    };
    let free = day.iter().filter(|own| !barred.contains(&own.id));
    Ok(free.cloned().collect())
}

async fn urgents(app: &App, rows: Vec<Alert>) -> Result<Vec<Urgent>, Error> {
    let mut found = Vec::with_capacity(rows.len());
    let mut tickets = Vec::with_capacity(rows.len());
    for row in &rows {
        tickets.extend(store::tickets::by_id(&app.db, row.ticket).await?);
    }
    let ids = rows.iter().map(|row| row.technician.0).collect();
    let people = store::users::by_ids(&app.db, ids).await?;
    let tickets = tickets::views(&app.db, tickets).await?;
    let technicians: Vec<_> = rows.iter().map(|row| row.technician).collect();
    let views = views(&app.db, rows).await?;
    for (alert, technician) in views.into_iter().zip(technicians) {
        let Some(ticket) = tickets.iter().find(|ticket| ticket.id == alert.ticket_id) else {
            continue;
        };
        let person = people.iter().find(|person| person.id == technician);
        found.push(Urgent {
            ticket: ticket.clone(),
            phone: person.and_then(|person| Some(person.phone.as_ref()?.as_str().to_owned())),
            reachable: person.is_some_and(store::users::User::reachable),
            alert,
        });
    }
    Ok(found)
}

/// The open emergencies in a line each, and whether there are more.
pub(crate) async fn lines(
    source: &impl Source,
    now: DateTime<Utc>,
    most: usize,
) -> Result<(Vec<(Alert, LateLine)>, bool), Error> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    let mut open = alerts::open(source, limit.saturating_add(1)).await?;
    let more = open.len() > most;
    open.truncate(most);
    let people = People::load(source, open.iter().map(|alert| alert.technician)).await?;
    let line = |alert: Alert| {
        let line = LateLine {
            ticket: alert.ticket,
            technician: people.named(alert.technician).name,
            minutes: (now - alert.due_at).num_minutes().max(0),
        };
        (alert, line)
    };
    Ok((open.into_iter().map(line).collect(), more))
}

/// How an emergency ended, in the chats' words; `None`: it is open.
pub(crate) async fn outcome(
    app: &App,
    source: &impl Source,
    alert: &Alert,
) -> Result<Option<Emergency>, Error> {
    let moment = |at| Moment { at, zone: app.zone() };
    let decided = alert.decided;
    let who = [
        Some(alert.technician),
        decided.and_then(|decided| decided.by),
        decided.and_then(|decided| decided.next),
    ];
    let people = People::load(source, who.into_iter().flatten()).await?;
    let (ticket, technician) = (alert.ticket, people.named(alert.technician).name);
    if let Some((why, at)) = alert.resolved {
        let at = moment(at);
        return Ok(Some(Emergency::Resolved {
            ticket,
            technician,
            why,
            at,
        }));
    }
    let Some(decided) = decided else { return Ok(None) };
    let company = || app.settings().company.name.clone();
    let by = decided.by.map_or_else(company, |by| people.named(by).name);
    let at = moment(decided.at);
    Ok(Some(match decided.decision {
        Decision::Continue => {
            let minutes = decided.minutes.unwrap_or_default();
            Emergency::Continued {
                ticket,
                technician,
                minutes,
                until: moment(decided.at + chrono::TimeDelta::minutes(i64::from(minutes))),
                by,
                at,
            }
        }
        Decision::Replace => Emergency::Replaced {
            ticket,
            technician,
            next: decided.next.map(|next| people.named(next).name),
            by,
            at,
        },
    }))
}

pub(crate) async fn one(source: &impl Source, alert: Alert) -> Result<View, Error> {
    views(source, vec![alert]).await?.pop().ok_or(Error::Missing)
}

async fn views(source: &impl Source, rows: Vec<Alert>) -> Result<Vec<View>, Error> {
    let mut who = Vec::new();
    for row in &rows {
        who.push(row.technician);
        who.extend(row.decided.and_then(|decided| decided.by));
        who.extend(row.decided.and_then(|decided| decided.next));
    }
    let people = People::load(source, who.into_iter()).await?;
    Ok(rows.into_iter().map(|row| view(&row, &people)).collect())
}

fn view(row: &Alert, people: &People) -> View {
    let decided = row.decided.filter(|_| row.state == State::Decided);
    View {
        id: row.id.to_string(),
        ticket_id: row.ticket.to_string(),
        technician: people.named(row.technician),
        due_at: row.due_at,
        raised_at: row.raised_at,
        repeats: row.repeats,
        state: row.state.as_str(),
        decision: decided.map(|decided| decided.decision.as_str()),
        minutes: decided.and_then(|decided| decided.minutes),
        next_technician: decided.and_then(|decided| Some(people.named(decided.next?))),
        decided_by: decided.and_then(|decided| Some(people.named(decided.by?))),
        decided_at: decided.map(|decided| decided.at),
        resolution: row.resolved.map(|(why, _)| why.as_str()),
        resolved_at: row.resolved.map(|(_, at)| at),
    }
}
