//! A ticket ended: cancelled before it is done, or closed without charge after.

use domain::ids::TicketId;
use domain::invalid::Invalid;
use domain::ticket::{Status, reason};
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::tickets::view::{View, views};
use crate::app::{App, Error, Refusal, documents, notices};
use crate::store::{self, quotas};

/// Cancels a ticket that is not done: its places are free again, and everyone who has it is told.
pub async fn cancel(app: &App, act: &Act, id: TicketId, why: &str) -> Result<View, Error> {
    let why = reason(why).map_err(|fault| Invalid::one("reason", fault))?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let ticket = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
            if !ticket.status.may_become(Status::Cancelled) {
                return Err(Refusal::WrongState { now: ticket.status }.into());
            }
            if !store::tickets::finish(tx, &ticket, Status::Cancelled, by.at).await? {
                return Err(Error::Stale);
            }
            if let Some(technician) = ticket.technician {
                quotas::free_own(tx, technician, ticket.visit_date).await?;
            }
            quotas::free_company(tx, ticket.visit_date).await?;
            documents::revoke(tx, id, by.at).await?;
            store::uploads::close_all(tx, id, by.at).await?;
            by.audit_ticket(tx, "ticket_cancelled", id, json!({ "reason": why }))
                .await?;
            notices::cancelled(&app_, tx, &ticket, by.at).await?;
            tx.note_tickets();
            let ended = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
            views(tx, vec![ended]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

/// Closes a ticket that is done, without charge.
pub async fn close(app: &App, act: &Act, id: TicketId, why: &str) -> Result<View, Error> {
    let why = reason(why).map_err(|fault| Invalid::one("reason", fault))?;
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            let ticket = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
            if !ticket.status.may_become(Status::Closed) {
                return Err(Refusal::WrongState { now: ticket.status }.into());
            }
            if !store::tickets::finish(tx, &ticket, Status::Closed, by.at).await? {
                return Err(Error::Stale);
            }
            store::uploads::close_all(tx, id, by.at).await?;
            by.audit_ticket(tx, "ticket_closed", id, json!({ "reason": why }))
                .await?;
            tx.note_tickets();
            let ended = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
            views(tx, vec![ended]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}
