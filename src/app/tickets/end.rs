//! A ticket ended: cancelled before it is done, or closed without charge after.

use domain::alert::Resolution;
use domain::ids::TicketId;
use domain::invalid::Invalid;
use domain::ticket::{Status, reason};
use futures::FutureExt;
use serde_json::{Value, json};

use crate::app::act::Act;
use crate::app::tickets::view::{View, views};
use crate::app::{App, Error, Refusal, alerts, documents, invoices, notices, ratings};
use crate::store::tickets::Ticket;
use crate::store::{self, Tx, quotas};

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
            alerts::resolve(&app_, tx, &by, id, Resolution::Cancelled).await?;
            documents::revoke(tx, id, by.at).await?;
            store::uploads::close_all(tx, id, by.at).await?;
            by.audit_ticket(tx, "ticket_cancelled", id, json!({ "reason": why }))
                .await?;
            notices::cancelled(&app_, tx, &ticket, by.at).await?;
            notices::customer::cancelled(&app_, tx, &ticket, by.at).await?;
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
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            // Held: nobody begins an invoice, or is paid, while it closes.
            let ticket = store::tickets::by_id_locked(tx, id)
                .await?
                .ok_or(Error::Missing)?;
            if !ticket.status.may_become(Status::Closed) {
                return Err(Refusal::WrongState { now: ticket.status }.into());
            }
            invoices::forgo(&app_, tx, &by, id, &why).await?;
            settle_closed(&app_, tx, &by, &ticket, json!({ "reason": why })).await?;
            let ended = store::tickets::by_id(tx, id).await?.ok_or(Error::Missing)?;
            views(tx, vec![ended]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

/// A done ticket is closed: paid in full, or without charge. [`Error::Stale`]: it has changed meanwhile.
pub(crate) async fn settle_closed(
    app: &App,
    tx: &Tx,
    by: &Act,
    ticket: &Ticket,
    detail: Value,
) -> Result<(), Error> {
    if !store::tickets::finish(tx, ticket, Status::Closed, by.at).await? {
        return Err(Error::Stale);
    }
    store::uploads::close_all(tx, ticket.id, by.at).await?;
    by.audit_ticket(tx, "ticket_closed", ticket.id, detail).await?;
    ratings::open(app, tx, by, ticket).await?;
    tx.note_tickets();
    Ok(())
}
