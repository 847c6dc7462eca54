//! The customer gets the link to his invoice, and gets it again.

use domain::ids::InvoiceId;
use domain::invoice::State;
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::deliveries::{self, About};
use crate::app::invoices::{Change, change, outstanding};
use crate::app::notices::bill::{self, Reach};
use crate::app::{App, Error, Refusal, contacts};
use crate::store::invoices::Invoice;
use crate::store::{self, Tx};

/// A message to a customer and how far it came.
pub use crate::app::deliveries::View as DeliveryView;

/// What a delivery is called that was never written: there was no way to the customer. The invoice's own link is
/// there to be copied.
const UNWRITTEN: &str = "0";

/// Sends an approved invoice to its customer; one that was sent is sent again. [`Refusal::InvoiceState`]: it is
/// not approved, or nothing is owed any more.
pub async fn send(app: &App, act: &Act, id: InvoiceId) -> Result<DeliveryView, Error> {
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let invoice = store::invoices::by_id_locked(tx, id)
                .await?
                .ok_or(Error::Missing)?;
            let (_, delivery) = send_in(&app_, tx, &by, &invoice).await?;
            Ok(delivery)
        }
        .boxed()
    })
    .await
}

/// Sends in this transaction; answers the invoice as it is now, too.
pub(crate) async fn send_in(
    app: &App,
    tx: &Tx,
    by: &Act,
    invoice: &Invoice,
) -> Result<(Invoice, DeliveryView), Error> {
    if !invoice.state.takes_payments() {
        return Err(Refusal::InvoiceState { now: invoice.state }.into());
    }
    // It may wait for its money without ever having been sent: it was paid before that, and the payment taken back.
    let is_first = invoice.sent_at.is_none();
    let payments = store::invoices::payments(tx, vec![invoice.id.0]).await?;
    let left = outstanding(invoice, &payments);
    let reach = bill::issued(app, tx, (invoice, left), by.at).await?;
    let sent = if is_first {
        first(tx, by, invoice).await?
    } else {
        let detail = json!({ "number": invoice.number, "told": reach.fault().is_none() });
        let subject = ("invoice", invoice.id.0);
        by.audit(tx, "invoice_resent", subject, Some(invoice.ticket), detail)
            .await?;
        invoice.clone()
    };
    let delivery = match (reach, reach.fault()) {
        (Reach::Told(id), _) => deliveries::one(tx, id).await?,
        (_, fault) => unwritten(by, &sent, fault.unwrap_or_default()),
    };
    tx.note_tickets();
    Ok((sent, delivery))
}

/// From now on it waits for its money, whether or not the customer could be told: the link can be copied.
async fn first(tx: &Tx, by: &Act, invoice: &Invoice) -> Result<Invoice, Error> {
    let sent = Invoice {
        state: State::Sent,
        sent_at: Some(by.at),
        ..invoice.clone()
    };
    let handed = Change {
        what: "sent",
        action: "invoice_sent",
        reason: None,
    };
    change(tx, by, &sent, handed).await
}

fn unwritten(by: &Act, invoice: &Invoice, fault: &str) -> DeliveryView {
    DeliveryView {
        id: UNWRITTEN.to_owned(),
        channel: contacts::CHANNEL.to_owned(),
        recipient: String::new(),
        about: Some(About {
            ticket_id: invoice.ticket.to_string(),
        }),
        kind: "bill_issued".to_owned(),
        state: "failed".to_owned(),
        attempts: 0,
        error: None,
        fault: Some(fault.to_owned()),
        created_at: by.at,
        updated_at: by.at,
    }
}
