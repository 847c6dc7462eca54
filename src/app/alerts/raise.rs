//! What is overdue is raised, and what nobody decides is told again: the database knows when.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::TicketId;
use domain::ticket::Status;
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::{App, Error, notices};
use crate::store::alerts::{self, Alert, New};
use crate::store::{self, Tx};

/// Raises what is overdue and tells again what waits for too long; answers how many of both. It may run anywhere,
/// at any time and more than once.
pub async fn watch(app: &App) -> Result<usize, Error> {
    let now = app.now();
    let mut done = 0;
    for ticket in store::tickets::overdue(&app.db, now).await? {
        let app_ = app.clone();
        let raised = app.write(move |tx| raise(app_, tx, ticket, now).boxed()).await;
        done += usize::from(told(app, raised));
    }
    for alert in alerts::to_repeat(&app.db, now).await? {
        let app_ = app.clone();
        let repeated = app.write(move |tx| repeat(app_, tx, alert, now).boxed()).await;
        done += usize::from(told(app, repeated));
    }
    Ok(done)
}

fn told(app: &App, done: Result<(bool, store::Effects), Error>) -> bool {
    match done {
        Ok((done, effects)) => {
            app.tell(&effects);
            done
        }
        Err(error) => {
            // The others must not wait for it; it is tried again soon.
            tracing::warn!(%error, "an emergency could not be told");
            false
        }
    }
}

/// `false`: it is not overdue any more, or someone else has raised it.
async fn raise(app: App, tx: &Tx, id: TicketId, now: DateTime<Utc>) -> Result<bool, Error> {
    let Some(ticket) = store::tickets::by_id_locked(tx, id).await? else {
        return Ok(false);
    };
    let (Status::Assigned, Some(technician), Some(due_at)) =
        (ticket.status, ticket.technician, ticket.check_in_due_at)
    else {
        return Ok(false);
    };
    if due_at > now || alerts::open_of(tx, id).await?.is_some() {
        return Ok(false);
    }
    let new = New {
        ticket: id,
        epoch: ticket.epoch,
        technician,
        due_at,
        raised_at: now,
        next_at: again(&app, now),
    };
    let alert = alerts::insert(tx, new).await?;
    let detail = json!({
        "alert": alert.id.to_string(),
        "technician": technician.to_string(),
        "due_at": due_at,
    });
    Act::system(now)
        .audit_ticket(tx, "alert_raised", id, detail)
        .await?;
    notices::alert::raised(&app, tx, &alert, &ticket, now).await?;
    tx.note_tickets();
    Ok(true)
}

/// `false`: someone else has told it, or it is over.
async fn repeat(app: App, tx: &Tx, alert: Alert, now: DateTime<Utc>) -> Result<bool, Error> {
    let Some(ticket) = store::tickets::by_id_locked(tx, alert.ticket).await? else {
        return Ok(false);
    };
    let next_at = again(&app, now);
    if !alerts::note_repeat(tx, &alert, next_at).await? {
        return Ok(false);
    }
    let repeated = Alert {
        repeats: alert.repeats.saturating_add(1),
        next_at,
        ..alert
    };
    notices::alert::raised(&app, tx, &repeated, &ticket, now).await?;
    tx.note_tickets();
    Ok(true)
}

fn again(app: &App, now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::minutes(i64::from(app.settings().visit.alert_repeat_minutes))
}
