//! Another link for an invoice whose link fell into wrong hands.

use domain::ids::InvoiceId;
use futures::FutureExt;

use crate::app::act::Act;
use crate::app::invoices::view::{View, views};
use crate::app::invoices::{Change, change};
use crate::app::{App, Error, Refusal, secret};
use crate::store;
use crate::store::invoices::Invoice;

/// Gives an approved invoice another link: the old one leads nowhere from now on, and nobody is told by itself.
pub async fn renew_link(app: &App, act: &Act, id: InvoiceId) -> Result<View, Error> {
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let invoice = store::invoices::by_id_locked(tx, id)
                .await?
                .ok_or(Error::Missing)?;
            if !invoice.state.is_final() {
                return Err(Refusal::InvoiceState { now: invoice.state }.into());
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
            let invoice = change(tx, &by, &renewed, anew).await?;
            views(&app_, tx, vec![invoice]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}
