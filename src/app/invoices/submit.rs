//! Handing a draft over to sales, and taking it back.

use dialogues::sheet::How;
use domain::ids::InvoiceId;
use domain::invalid::{Fault, Invalid};
use domain::invoice::State;
use domain::money::Rupiah;
use domain::person::Role;
use futures::FutureExt;

use crate::app::act::Act;
use crate::app::invoices::view::{View, views};
use crate::app::invoices::{Change, change, priced};
use crate::app::{App, Error, Refusal, approvals, notices};
use crate::store::invoices::Invoice;
use crate::store::users::User;
use crate::store::{self, Source, Tx};

/// Submits a draft: those who may approve its discount decide.
pub async fn submit(app: &App, act: &Act, id: InvoiceId) -> Result<View, Error> {
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let mut invoice = store::invoices::by_id(tx, id).await?.ok_or(Error::Missing)?;
            if invoice.state != State::Draft {
                return Err(Refusal::InvoiceState { now: invoice.state }.into());
            }
            // The tax is that of today, whenever the draft was written.
            let (lines, discount) = (invoice.lines.clone(), invoice.discount);
            priced(&app_, &mut invoice, lines, discount)?;
            if invoice.due_date.is_some_and(|due| due < app_.today()) {
                // It was a day to come when the draft was written.
                return Err(Invalid::one("due_date", Fault::Past).into());
            }
            let invoice = hand_over(&app_, tx, &by, &invoice).await?;
            views(&app_, tx, vec![invoice]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

/// Submits a priced draft in this transaction.
pub(crate) async fn hand_over(app: &App, tx: &Tx, by: &Act, invoice: &Invoice) -> Result<Invoice, Error> {
    if invoice.totals.total <= Rupiah(0) {
        return Err(Refusal::NothingToCharge.into());
    }
    let judges = judges(tx, invoice).await?;
    if judges.is_empty() {
        return Err(Refusal::NobodyMayApprove {
            share: invoice.totals.discount_share(),
        }
        .into());
    }
    let submitted = Invoice {
        state: State::Submitted,
        submitted_at: Some(by.at),
        ..invoice.clone()
    };
    let handed = Change {
        what: "submitted",
        action: "invoice_submitted",
        reason: None,
    };
    let submitted = change(tx, by, &submitted, handed).await?;
    ask(app, tx, by, &submitted, &judges).await?;
    Ok(submitted)
}

/// The sales people whose limit allows the discount.
pub(crate) async fn judges(tx: &Tx, invoice: &Invoice) -> Result<Vec<User>, Error> {
    judges_of(tx, invoice).await
}

/// As [`judges`], for who only looks.
pub(crate) async fn judges_of(source: &impl Source, invoice: &Invoice) -> Result<Vec<User>, Error> {
    let sales = store::users::active(source, Role::Sales).await?;
    Ok(sales
        .into_iter()
        .filter(|user| {
            invoice
                .totals
                .is_within(invoice.discount, user.discount_limit_percent.map(i64::from))
        })
        .collect())
}

/// Asks those who may decide: each in a card of this request.
pub(crate) async fn ask(
    app: &App,
    tx: &Tx,
    by: &Act,
    invoice: &Invoice,
    judges: &[User],
) -> Result<(), Error> {
    let remind_at = approvals::remind_at(app, by.at);
    let approval = store::approvals::ask(tx, invoice.id, by.at, remind_at).await?;
    notices::price::asked(app, tx, by, (invoice, &approval), judges).await
}

/// The request no longer stands: whoever was asked sees how it ended, and the admins hear of what sales decided.
pub(crate) async fn take_back(
    app: &App,
    tx: &Tx,
    by: &Act,
    invoice: &Invoice,
    how: How,
) -> Result<(), Error> {
    let Some(approval) = store::approvals::end(tx, invoice.id, by.at).await? else {
        return Ok(());
    };
    notices::price::ended(app, tx, by, (invoice, &approval), how).await
}
