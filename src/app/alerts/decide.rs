//! One decision counts, wherever it was taken: *Lanjut*, or *Ganti TS*.

use chrono::TimeDelta;
use domain::alert::{Decision, Extension, State};
use domain::ids::{AlertId, UserId};
use domain::invalid::{Fault, Invalid};
use domain::ticket::Status;
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::alerts::view::{View, one};
use crate::app::tickets::{replace_in, technician_for};
use crate::app::{App, Error, Refusal, notices};
use crate::store::alerts::{self, Alert, Decided};
use crate::store::tickets::Ticket;
use crate::store::{self, Tx};

/// What may be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The technician gets more time, from now on.
    Continue(Extension),
    /// The job goes to this one, or to the pool.
    Replace(Option<UserId>),
}

/// A decision as callers write it down.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pub decision: String,
    pub minutes: Option<i64>,
    pub technician_id: Option<String>,
}

impl Form {
    fn read(&self) -> Result<Choice, Error> {
        let mut invalid = Invalid::default();
        let decision = match self.decision.trim() {
            "" => Err(Fault::Required),
            text => text.parse::<Decision>(),
        };
        let decision = invalid.take("decision", decision);
        let next = self.technician_id.as_deref().filter(|id| !id.is_empty());
        let choice = match decision {
            Some(Decision::Continue) => {
                if next.is_some() {
                    invalid.note("technician_id", Fault::BadValue);
                }
                let minutes = self.minutes.ok_or(Fault::Required);
                invalid
                    .take("minutes", minutes.and_then(Extension::of))
                    .map(Choice::Continue)
            }
            Some(Decision::Replace) => {
                if self.minutes.is_some() {
                    invalid.note("minutes", Fault::BadValue);
                }
                let next = next.map(|id| id.parse::<UserId>().map_err(|_| Fault::NotFound));
                match next {
                    Some(id) => invalid
                        .take("technician_id", id)
                        .map(|id| Choice::Replace(Some(id))),
                    None => Some(Choice::Replace(None)),
                }
            }
            None => None,
        };
        invalid.check()?;
        choice.ok_or_else(|| Invalid::one("decision", Fault::Required).into())
    }
}

/// Decides an open emergency.
pub async fn decide(app: &App, act: &Act, id: AlertId, form: &Form) -> Result<View, Error> {
    let choice = form.read()?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let alert = decide_in(&app_, tx, &by, id, choice).await?;
            one(tx, alert).await
        }
        .boxed()
    })
    .await
}

/// The decision's transaction. [`Refusal::AlertOver`]: someone was first, or nobody needs to decide any more.
pub(crate) async fn decide_in(
    app: &App,
    tx: &Tx,
    by: &Act,
    id: AlertId,
    choice: Choice,
) -> Result<Alert, Error> {
    let seen = alerts::by_id(tx, id).await?.ok_or(Error::Missing)?;
    if seen.state != State::Open {
        return Err(over(app, tx, &seen).await?);
    }
    // In the order in which replacing from the ticket's page takes them.
    let next = match choice {
        Choice::Replace(Some(next)) => Some(technician_for(tx, next).await?),
        Choice::Replace(None) | Choice::Continue(_) => None,
    };
    let ticket = store::tickets::by_id_locked(tx, seen.ticket)
        .await?
        .ok_or(Error::Missing)?;
    // Whoever held the row may have settled it: a check-in that was committed before wins.
    let alert = alerts::by_id_locked(tx, id).await?.ok_or(Error::Missing)?;
    if alert.state != State::Open {
        return Err(over(app, tx, &alert).await?);
    }
    if ticket.status != Status::Assigned || ticket.epoch != alert.epoch {
        return Err(Refusal::WrongState { now: ticket.status }.into());
    }
    let decided = Decided {
        decision: match choice {
            Choice::Continue(_) => Decision::Continue,
            Choice::Replace(_) => Decision::Replace,
        },
        minutes: match choice {
            Choice::Continue(more) => i32::try_from(more.minutes()).ok(),
            Choice::Replace(_) => None,
        },
        next: next.as_ref().map(|next| next.id),
        by: by.actor,
        at: by.at,
    };
    let settled = Alert {
        state: State::Decided,
        decided: Some(decided),
        ..alert
    };
    match choice {
        Choice::Continue(more) => {
            if !alerts::decide(tx, id, decided).await? {
                return Err(Error::Stale);
            }
            put_off(app, tx, by, &ticket, (&settled, more)).await?;
            notices::alert::over(app, tx, &settled, by.at).await?;
        }
        Choice::Replace(_) => {
            let detail = json!({ "alert": id.to_string(), "technician": alert.technician.to_string() });
            replace_in(app, tx, by, &ticket, next, detail).await?;
        }
    }
    tx.note_tickets();
    Ok(settled)
}

/// The technician has more time, counted from the decision, and is told.
async fn put_off(
    app: &App,
    tx: &Tx,
    by: &Act,
    ticket: &Ticket,
    (alert, more): (&Alert, Extension),
) -> Result<(), Error> {
    let until = by.at + TimeDelta::minutes(more.minutes());
    // He is told at this moment: a reminder makes sense only when there is time in between.
    let remind_again = more.minutes() > i64::from(app.settings().visit.reminder_minutes);
    if !store::tickets::put_off(tx, ticket, until, remind_again).await? {
        return Err(Error::Stale);
    }
    let detail = json!({
        "alert": alert.id.to_string(),
        "minutes": more.minutes(),
        "until": until,
    });
    by.audit_ticket(tx, "check_in_put_off", ticket.id, detail).await?;
    let later = Ticket {
        check_in_due_at: Some(until),
        version: ticket.version + 1,
        ..ticket.clone()
    };
    notices::alert::more_time(app, tx, &later, (by, until)).await
}

/// Why it cannot be decided any more.
async fn over(app: &App, tx: &Tx, alert: &Alert) -> Result<Error, Error> {
    let by = match alert.decided.and_then(|decided| decided.by) {
        Some(by) => store::users::by_id(tx, by).await?.map(|user| user.name),
        None => None,
    };
    let decided_at = alert.decided.map(|decided| decided.at);
    let resolved_at = alert.resolved.map(|(_, at)| at);
    Ok(Refusal::AlertOver {
        by,
        at: decided_at.or(resolved_at).unwrap_or(alert.raised_at),
        zone: app.zone(),
    }
    .into())
}
