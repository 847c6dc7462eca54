//! An emergency that is over by what happened to its ticket.

use domain::alert::{Decision, Resolution};
use domain::ids::{TicketId, UserId};
use serde_json::json;

use crate::app::act::Act;
use crate::app::{App, Error, notices};
use crate::store::Tx;
use crate::store::alerts::{self, Alert, Decided};

/// Nobody needs to decide any more. The caller has changed the ticket's row in this transaction.
pub(crate) async fn resolve(
    app: &App,
    tx: &Tx,
    act: &Act,
    ticket: TicketId,
    why: Resolution,
) -> Result<(), Error> {
    let Some(alert) = alerts::open_of(tx, ticket).await? else {
        return Ok(());
    };
    if !alerts::resolve(tx, alert.id, why, act.at).await? {
        return Ok(());
    }
    let detail = json!({ "alert": alert.id.to_string(), "why": why.as_str() });
    act.audit_ticket(tx, "alert_resolved", ticket, detail).await?;
    let over = Alert {
        resolved: Some((why, act.at)),
        ..alert
    };
    notices::alert::over(app, tx, &over, act.at).await
}

/// Someone replaced the technician without looking at the emergency: that was the decision.
pub(crate) async fn replaced(
    app: &App,
    tx: &Tx,
    act: &Act,
    ticket: TicketId,
    next: Option<UserId>,
) -> Result<(), Error> {
    let Some(alert) = alerts::open_of(tx, ticket).await? else {
        return Ok(());
    };
    let decided = Decided {
        decision: Decision::Replace,
        minutes: None,
        next,
        by: act.actor,
        at: act.at,
    };
    if !alerts::decide(tx, alert.id, decided).await? {
        return Ok(());
    }
    let over = Alert {
        decided: Some(decided),
        ..alert
    };
    notices::alert::over(app, tx, &over, act.at).await
}
