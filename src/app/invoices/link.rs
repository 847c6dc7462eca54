//! Another link for an invoice whose link fell into wrong hands.

use domain::ids::InvoiceId;
use futures::FutureExt;

use crate::app::act::Act;
use crate::app::invoices::send::send_in;
use crate::app::invoices::view::{View, views};
use crate::app::invoices::{Change, DeliveryView, change};
use crate::app::notices::bill;
use crate::app::{App, Error, Refusal, secret};
use crate::store;
use crate::store::invoices::Invoice;

/// An invoice with its new link.
#[derive(Debug)]
pub struct Renewed {
    pub view: View,
    /// The message that takes the new link to the customer, when one was written.
    pub delivery: Option<DeliveryView>,
}

/// What is kept of the answer: the invoice alone.
#[derive(serde::Serialize)]
struct Kept {
    #[serde(flatten)]
    view: View,
    #[serde(skip)]
    delivery: Option<DeliveryView>,
}

/// Gives an approved invoice another link: the old one says from now on that it was replaced, and shows nothing.
/// Messages that have gone keep the old one; with `send` the customer is sent the new one. What was still to go with
/// the old one goes with the new one, whether or not that is asked for.
pub async fn renew_link(app: &App, act: &Act, id: InvoiceId, send: bool) -> Result<Renewed, Error> {
    let (by, app_) = (act.clone(), app.clone());
    let done = app.perform(act, move |tx| {
        async move {
            let invoice = store::invoices::by_id_locked(tx, id)
                .await?
                .ok_or(Error::Missing)?;
            if !invoice.state.is_final() {
                return Err(Refusal::InvoiceState { now: invoice.state }.into());
            }
            if let Some(old) = &invoice.token {
                store::invoices::replace_link(tx, id, old, by.at).await?;
            }
            let renewed = Invoice {
                token: Some(secret::token()),
                ..invoice
            };
            let anew = Change {
                what: "link_renewed",
                action: "invoice_link_renewed",
                reason: None,
            };
            let mut invoice = change(tx, &by, &renewed, anew).await?;
            let was_to_go = bill::hushed(&app_, tx, invoice.ticket, by.at).await? > 0;
            if bill::unsettled(&app_, tx, invoice.ticket, by.at).await? > 0 {
                bill::settled(&app_, tx, &invoice, by.at).await?;
            }
            let mut delivery = None;
            if (send || was_to_go) && invoice.state.takes_payments() {
                let (sent, written) = send_in(&app_, tx, &by, &invoice).await?;
                (invoice, delivery) = (sent, Some(written));
            }
            let view = views(&app_, tx, vec![invoice]).await?.pop();
            Ok(Kept {
                view: view.ok_or(Error::Missing)?,
                delivery,
            })
        }
        .boxed()
    });
    let Kept { view, delivery } = done.await?;
    Ok(Renewed { view, delivery })
}
