//! What is done from a ticket's page.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::{DeliveryId, TicketId};

use crate::app::{self, deliveries, tickets, visits};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::flash::Deed;
use crate::web::panel::form::Form;
use crate::web::panel::preferences::inside;
use crate::web::panel::shell::{Flash, Place};
use crate::web::panel::ticket::read::read;
use crate::web::panel::ticket::{TicketPage, ticket_id};
use crate::web::panel::visitor::Visitor;

/// Gives the ticket to the technician who was chosen.
pub async fn assign(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = ticket_id(&id)?;
    let done = tickets::assign(&state.app, &visitor.act(), id, form.value("technician_id")).await;
    after(&state, &visitor, id, done, (form, "assign"), Deed::TicketAssigned).await
}

/// Takes the ticket from its technician, for another or for the pool.
pub async fn replace(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = ticket_id(&id)?;
    let next = form.some("technician_id");
    let done = tickets::replace(
        &state.app,
        &visitor.act(),
        id,
        form.value("reason"),
        next.as_deref(),
    )
    .await;
    after(
        &state,
        &visitor,
        id,
        done,
        (form, "replace"),
        Deed::TicketReplaced,
    )
    .await
}

/// Cancels the ticket.
pub async fn cancel(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = ticket_id(&id)?;
    let done = tickets::cancel(&state.app, &visitor.act(), id, form.value("reason")).await;
    after(
        &state,
        &visitor,
        id,
        done,
        (form, "cancel"),
        Deed::TicketCancelled,
    )
    .await
}

/// Sends a failed message again.
pub async fn resend(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id: DeliveryId = id.parse().map_err(|_| app::Error::Missing)?;
    let back = inside(form.value("back"));
    match deliveries::retry(&state.app, &visitor.act(), id).await {
        Ok(_) => Ok(Deed::MessageQueued.tell_at(back)),
        Err(error) => visitor.told_above(back, error),
    }
}

/// Writes down the check-in of a technician who could not make it.
pub async fn record(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = ticket_id(&id)?;
    let done = visits::record(&state.app, &visitor.act(), id, form.value("reason")).await;
    after(
        &state,
        &visitor,
        id,
        done,
        (form, "record"),
        Deed::CheckInRecorded,
    )
    .await
}

async fn after(
    state: &web::State,
    visitor: &Visitor,
    id: TicketId,
    done: Result<tickets::View, app::Error>,
    (form, dialog): (Form, &'static str),
    deed: fn(String) -> Deed,
) -> Result<Response, Failure> {
    match done {
        Ok(ticket) => Ok(deed(ticket.number).tell_at(&format!("/panel/tickets/{id}"))),
        Err(error) => refused(state, visitor, id, (form, dialog), error).await,
    }
}

/// The page with the dialog that was refused, and why.
pub async fn refused(
    state: &web::State,
    visitor: &Visitor,
    id: TicketId,
    (form, dialog): (Form, &'static str),
    error: app::Error,
) -> Answer {
    let form = visitor.told_on(form, error)?;
    let mut ticket = Box::pin(read(state, visitor, id)).await?;
    let mut shell = visitor.shell(state, Place::Tickets).await?;
    ticket.opened = Some(dialog);
    if !ticket.offers(dialog) {
        // Meanwhile the dialog has no place any more: the refusal stands above the page.
        ticket.opened = None;
        shell.flash = Flash::refusal(&form);
    }
    Ok(visitor.again(&TicketPage {
        shell,
        ticket,
        form,
        is_part: false,
    }))
}
