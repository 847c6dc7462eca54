//! A ticket changed: a new date takes its place before the old one is given back.

use chrono::{NaiveDate, TimeDelta};
use domain::alert::Resolution;
use domain::calendar::{self, plannable};
use domain::ids::{ServiceId, TicketId};
use domain::invalid::{Fault, Invalid};
use domain::ticket::{Status, problem};
use domain::visit::check_in_due;
use futures::FutureExt;
use serde_json::{Map, Value, json};

use crate::app::act::Act;
use crate::app::customers::site;
use crate::app::tickets::create::service;
use crate::app::tickets::view::{View, views};
use crate::app::{App, Error, Refusal, alerts, documents, notices, quota};
use crate::store::tickets::Ticket;
use crate::store::{self, Tx, quotas};

/// What to change of a ticket; `None` leaves it, `Some(None)` empties it.
#[derive(Debug, Clone, Default)]
pub struct Patch {
    pub version: Option<i32>,
    pub problem: Option<String>,
    pub service_id: Option<String>,
    pub visit_date: Option<String>,
    pub visit_time: Option<Option<String>>,
    pub latitude: Option<Option<f64>>,
    pub longitude: Option<Option<f64>>,
}

/// Changes a ticket that is not over.
pub async fn edit(app: &App, act: &Act, id: TicketId, patch: Patch) -> Result<View, Error> {
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let old = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
            if patch.version.is_some_and(|version| version != old.version) {
                return Err(Error::Stale);
            }
            if old.status.is_over() {
                return Err(Refusal::WrongState { now: old.status }.into());
            }
            let new = patched(&app_, tx, &old, patch).await?;
            if !store::tickets::edit(tx, &new).await? {
                return Err(Error::Stale);
            }
            if new.visit_date != old.visit_date {
                move_quota(&app_, tx, &old, new.visit_date).await?;
            }
            by.audit_ticket(tx, "ticket_changed", id, changes(&old, &new))
                .await?;
            if new.check_in_due_at.is_some_and(|due| due > by.at) {
                alerts::resolve(&app_, tx, &by, id, Resolution::Moved).await?;
            }
            // Every one of these stands in a letter; the page behind its code vouches for all of it.
            let says_another = changes(&old, &new) != json!({});
            if says_another && matches!(new.status, Status::Assigned | Status::InProgress) {
                documents::revoke_drawn(tx, &by, &new).await?;
            }
            notices::ticket_changed(&app_, tx, &new, by.at).await?;
            if (new.visit_date, new.visit_time) != (old.visit_date, old.visit_time) {
                notices::visit_moved(&app_, tx, &new, by.at).await?;
            }
            tx.note_tickets();
            let saved = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
            views(tx, vec![saved]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

async fn patched(app: &App, tx: &Tx, old: &Ticket, patch: Patch) -> Result<Ticket, Error> {
    let mut invalid = Invalid::default();
    let mut new = old.clone();
    if let Some(text) = patch.problem {
        new.problem = invalid.take("problem", problem(&text)).unwrap_or_default();
    }
    if let Some(id) = patch.service_id {
        let id = invalid.take("service_id", id.parse::<ServiceId>().map_err(|_| Fault::NotFound));
        // The service it has may stay, even when it is no longer offered.
        if id != Some(old.service)
            && let Some(service) = service(tx, id, &mut invalid).await?
        {
            new.service = service.id;
        }
    }
    if let Some(text) = patch.visit_date {
        let date = calendar::date(&text);
        // The date it has may stay, even when it has gone by.
        let date = date.and_then(|d| {
            if d == old.visit_date {
                Ok(d)
            } else {
                plannable(d, app.today())
            }
        });
        new.visit_date = invalid.take("visit_date", date).unwrap_or(old.visit_date);
    }
    if let Some(text) = patch.visit_time {
        let text = text.filter(|text| !text.trim().is_empty());
        new.visit_time = text.and_then(|text| invalid.take("visit_time", calendar::time(&text)));
    }
    let latitude = patch.latitude.unwrap_or(old.site.map(|s| s.latitude));
    let longitude = patch.longitude.unwrap_or(old.site.map(|s| s.longitude));
    new.site = site(latitude, longitude, &mut invalid);
    invalid.check()?;
    let is_moved = (new.visit_date, new.visit_time) != (old.visit_date, old.visit_time);
    // Otherwise it stays where an admin may have put it off to.
    if let Some(claimed_at) = new.claimed_at.filter(|_| is_moved) {
        new.check_in_due_at = Some(due(app, &new, claimed_at));
    }
    Ok(new)
}

/// When check-in is due for a claim at that moment.
pub(crate) fn due(
    app: &App,
    ticket: &Ticket,
    claimed_at: chrono::DateTime<chrono::Utc>,
) -> chrono::DateTime<chrono::Utc> {
    let settings = app.settings();
    let visit = &settings.visit;
    let grace = TimeDelta::minutes(i64::from(visit.checkin_grace_minutes));
    let (date, time) = (ticket.visit_date, ticket.visit_time);
    check_in_due(date, time, visit.workday_start, app.zone(), claimed_at, grace)
}

/// Moves the ticket's places to another date, the earlier date first, so that two moves in opposite
/// directions wait for each other instead of locking each other out.
async fn move_quota(app: &App, tx: &Tx, ticket: &Ticket, to: NaiveDate) -> Result<(), Error> {
    let from = ticket.visit_date;
    if let Some(technician) = ticket.technician {
        let user = store::users::by_id(tx, technician).await?.ok_or(Error::Missing)?;
        if from < to {
            quotas::free_own(tx, technician, from).await?;
            quota::take_own(app, tx, &user, to).await?;
        } else {
            quota::take_own(app, tx, &user, to).await?;
            quotas::free_own(tx, technician, from).await?;
        }
    }
    if from < to {
        quotas::free_company(tx, from).await?;
        quota::take_company(app, tx, to).await
    } else {
        quota::take_company(app, tx, to).await?;
        Ok(quotas::free_company(tx, from).await?)
    }
}

fn changes(old: &Ticket, new: &Ticket) -> Value {
    let mut detail = Map::new();
    if old.problem != new.problem {
        detail.insert("problem".to_owned(), json!(true));
    }
    if old.service != new.service {
        detail.insert("service_id".to_owned(), json!(new.service.to_string()));
    }
    if old.visit_date != new.visit_date {
        detail.insert("visit_date".to_owned(), json!(new.visit_date));
    }
    if old.visit_time != new.visit_time {
        detail.insert(
            "visit_time".to_owned(),
            json!(new.visit_time.map(calendar::time_text)),
        );
    }
    if old.site != new.site {
        detail.insert("location".to_owned(), json!(true));
    }
    Value::Object(detail)
}
