//! Looks at where someone was: written down, once for each person and ticket in a quarter of an hour.

use chrono::TimeDelta;
use domain::ids::TicketId;
use futures::FutureExt;
use serde_json::Value;

use crate::app::act::Act;
use crate::app::tickets::view::{Detail, View};
use crate::app::{App, Error};
use crate::store::{self, audit};

const ACTION: &str = "location_viewed";
/// A page that is open looks again and again: that is one look.
const ONE_LOOK: TimeDelta = TimeDelta::minutes(15);

/// Writes down that someone was shown where a technician has been.
pub async fn looked(app: &App, act: &Act, detail: &Detail) -> Result<(), Error> {
    let earlier = detail
        .visits
        .iter()
        .any(|visit| visit.check_in.latitude.is_some());
    let shown = earlier || shows_position(&detail.ticket);
    note(app, act, shown.then_some(&detail.ticket)).await
}

/// As [`looked`], for a page of tickets.
pub async fn looked_over(app: &App, act: &Act, tickets: &[View]) -> Result<(), Error> {
    note(app, act, tickets.iter().filter(|ticket| shows_position(ticket))).await
}

fn shows_position(ticket: &View) -> bool {
    ticket
        .check_in
        .as_ref()
        .is_some_and(|check_in| check_in.latitude.is_some())
}

async fn note(app: &App, act: &Act, shown: impl IntoIterator<Item = &View>) -> Result<(), Error> {
    let Some(actor) = act.actor else {
        return Ok(());
    };
    let mut shown: Vec<TicketId> = shown
        .into_iter()
        .filter_map(|ticket| ticket.id.parse().ok())
        .collect();
    shown.sort_unstable();
    let since = act.at - ONE_LOOK;
    let seen = audit::done_since(&app.db, actor, ACTION, since, &shown).await?;
    shown.retain(|ticket| !seen.contains(ticket));
    let Some(first) = shown.first().copied() else {
        return Ok(());
    };
    let by = act.clone();
    app.db
        .write(move |tx| {
            async move {
                // Two pages that open at once wait here for each other.
                store::tickets::by_id_locked(tx, first).await?;
                let seen = audit::done_since(tx, actor, ACTION, since, &shown).await?;
                for ticket in shown.into_iter().filter(|ticket| !seen.contains(ticket)) {
                    by.audit_ticket(tx, ACTION, ticket, Value::Null).await?;
                }
                Ok::<_, Error>(())
            }
            .boxed()
        })
        .await?;
    Ok(())
}
