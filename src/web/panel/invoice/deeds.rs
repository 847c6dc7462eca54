//! What is done from an invoice's page, and with a ticket's money from the ticket's.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::ids::{InvoiceId, PaymentId};
use domain::invalid::Invalid;
use domain::money::Rupiah;

use crate::app::invoices::{self, PaymentView, Receipt};
use crate::app::{Error, tickets};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::flash::Deed;
use crate::web::panel::form::{Form, Numbers};
use crate::web::panel::invoice::read::read;
use crate::web::panel::invoice::{again, invoice_id};
use crate::web::panel::shell::Flash;
use crate::web::panel::ticket::{refused as refused_ticket, ticket_id};
use crate::web::panel::visitor::Visitor;

/// Sends the customer the link, the first time or again.
pub async fn send(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let id = invoice_id(&id)?;
    let path = format!("/panel/invoices/{id}");
    match invoices::send(&state.app, &visitor.act(), id).await {
        // The link is good, whether or not a message could be written: the page says how to give it.
        Ok(sent) if sent.state == "failed" => Ok(Deed::InvoiceUnsent.tell_at(&path)),
        Ok(_) => Ok(Deed::InvoiceSent.tell_at(&path)),
        Err(error) => visitor.told_above(&path, error),
    }
}

/// Gives the invoice another link, and sends it when that is wanted.
pub async fn renew(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = invoice_id(&id)?;
    let path = format!("/panel/invoices/{id}");
    let wanted = form.is_ticked("send");
    match invoices::renew_link(&state.app, &visitor.act(), id, wanted).await {
        Ok(renewed) => Ok(match renewed.delivery {
            Some(sent) if sent.state == "failed" => Deed::LinkUnsent,
            Some(_) => Deed::LinkSent,
            None => Deed::LinkRenewed,
        }
        .tell_at(&path)),
        Err(error) => visitor.told_above(&path, error),
    }
}

/// Makes the invoice void.
pub async fn void(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = invoice_id(&id)?;
    match invoices::void(&state.app, &visitor.act(), id, form.value("reason")).await {
        Ok(void) => {
            let path = format!("/panel/invoices/{id}");
            Ok(Deed::InvoiceVoided(void.number.unwrap_or_default()).tell_at(&path))
        }
        Err(error) => refused(&state, &visitor, id, (form, "void".to_owned()), error).await,
    }
}

/// Records a payment.
pub async fn pay(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = invoice_id(&id)?;
    let (receipt, wrong) = receipt(&form);
    let done = invoices::pay(&state.app, &visitor.act(), id, receipt).await;
    let error = match done {
        Ok(paid) => return paid_in(&state, id, &paid).await,
        Err(Error::Invalid(mut invalid)) => {
            invalid
                .0
                .retain(|(field, _)| !wrong.0.iter().any(|(mine, _)| mine == field));
            Invalid([wrong.0, invalid.0].concat()).into()
        }
        Err(error) => error,
    };
    refused(&state, &visitor, id, (form, "pay".to_owned()), error).await
}

async fn paid_in(state: &web::State, id: InvoiceId, paid: &PaymentView) -> Result<Response, Failure> {
    let invoice = invoices::find(&state.app, id).await?;
    let deed = if invoice.outstanding == 0 {
        Deed::InvoicePaid(invoice.number.unwrap_or_default())
    } else {
        let both = paid.amount.saturating_add(paid.withheld);
        Deed::PaymentRecorded(Rupiah(both).to_string())
    };
    Ok(deed.tell_at(&format!("/panel/invoices/{id}")))
}

fn receipt(form: &Form) -> (Receipt, Invalid) {
    let mut numbers = Numbers::of(form);
    let receipt = Receipt {
        method: form.value("method").to_owned(),
        amount: numbers.price("amount"),
        paid_on: form.value("paid_on").to_owned(),
        withheld: if form.some("withheld").is_some() {
            numbers.price("withheld")
        } else {
            0
        },
        reference: form.some("reference"),
        proof: form.some("proof"),
    };
    (receipt, numbers.wrong)
}

/// Takes a payment back.
pub async fn reverse(
    State(state): State<web::State>,
    visitor: Visitor,
    Path((id, payment)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id = invoice_id(&id)?;
    let payment: PaymentId = payment.parse().map_err(|_| Error::Missing)?;
    let done = invoices::reverse(&state.app, &visitor.act(), (id, payment), form.value("reason")).await;
    match done {
        Ok(back) => {
            let both = Rupiah(back.amount.saturating_add(back.withheld));
            Ok(Deed::PaymentReversed(both.to_string()).tell_at(&format!("/panel/invoices/{id}")))
        }
        Err(error) => {
            let dialog = format!("reverse-{payment}");
            refused(&state, &visitor, id, (form, dialog), error).await
        }
    }
}

/// The page with the dialog that was refused, and why.
async fn refused(
    state: &web::State,
    visitor: &Visitor,
    id: InvoiceId,
    (form, dialog): (Form, String),
    error: Error,
) -> Answer {
    let form = visitor.told_on(form, error)?;
    let (mut invoice, draft) = read(state, visitor, id, None).await?;
    invoice.opened = Some(dialog.clone());
    if invoice.offers(&dialog) {
        return again(state, visitor, (invoice, draft), form, None).await;
    }
    // Meanwhile the dialog has no place any more: the refusal stands above the page.
    invoice.opened = None;
    let flash = Flash::refusal(&form);
    again(state, visitor, (invoice, draft), Form::default(), flash).await
}

/// The invoice of a ticket that is done; a new draft when it has none.
pub async fn open(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let id = ticket_id(&id)?;
    match invoices::open(&state.app, &visitor.act(), id).await {
        Ok((invoice, _)) => Ok(Redirect::to(&format!("/panel/invoices/{}", invoice.id)).into_response()),
        Err(error) => visitor.told_above(&format!("/panel/tickets/{id}"), error),
    }
}

/// Closes a ticket without charge.
pub async fn close(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = ticket_id(&id)?;
    match tickets::close(&state.app, &visitor.act(), id, form.value("reason")).await {
        Ok(ticket) => Ok(Deed::TicketClosed(ticket.number).tell_at(&format!("/panel/tickets/{id}"))),
        Err(error) => refused_ticket(&state, &visitor, id, (form, "close"), error).await,
    }
}

/// What is typed for a payment, before anyone types: all that is left, today.
pub(crate) fn first(today: &str, left: Rupiah, withheld: Option<i64>) -> Form {
    let held = Rupiah(withheld.unwrap_or(0).clamp(0, left.0.max(0)));
    let amount = Rupiah(left.0 - held.0);
    let form = Form::filled([
        ("method", "transfer".to_owned()),
        ("amount", amount.to_string()),
        ("paid_on", today.to_owned()),
    ]);
    if held.0 > 0 {
        form.with("withheld", held.to_string())
    } else {
        form
    }
}
