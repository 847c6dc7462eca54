//! What sales decide: the first decision counts, and a decision about an older version decides nothing.

use chrono::{Datelike, Days};
use dialogues::sheet::How;
use domain::ids::InvoiceId;
use domain::invalid::Invalid;
use domain::invoice::{Discount, State, Totals};
use domain::money::Rupiah;
use domain::number;
pub use domain::offer::Offer;
use domain::ticket::reason;
use futures::FutureExt;

use crate::app::act::Act;
use crate::app::invoices::issuer::Issuer;
use crate::app::invoices::retax::{is_taxed_as_today, refreshed};
use crate::app::invoices::view::{View, views};
use crate::app::invoices::{Change, change, send, submit, taxed, vat_of};
use crate::app::{App, Error, Refusal, notices, secret};
use crate::store::invoices::Invoice;
use crate::store::numbers::Series;
use crate::store::{self, Tx};

/// The discount and the sums that an offer makes of an invoice.
pub(crate) fn offered(invoice: &Invoice, offer: Offer) -> Result<(Discount, Totals), Invalid> {
    let field = match offer {
        Offer::Discount(_) => "discount",
        Offer::Final(_) => "final_total",
    };
    let made = offer.of(&invoice.lines, vat_of(invoice));
    made.map_err(|fault| Invalid::one(field, fault))
}

/// Approves an invoice as it is. [`Error::Stale`]: it has changed since that version; its tax, too, may have.
pub async fn approve(app: &App, act: &Act, id: InvoiceId, version: i32) -> Result<View, Error> {
    refreshed(app, act, id).await?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let invoice = approve_in(&app_, tx, &by, id, version).await?;
            views(&app_, tx, vec![invoice]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

/// Approves in this transaction.
pub(crate) async fn approve_in(
    app: &App,
    tx: &Tx,
    by: &Act,
    id: InvoiceId,
    version: i32,
) -> Result<Invoice, Error> {
    let invoice = priced_now(app, tx, id, version).await?;
    let limit = limit_of(tx, by).await?;
    if !invoice.totals.is_within(invoice.discount, limit) {
        return Err(Refusal::AboveLimit {
            limit: limit.unwrap_or_default(),
        }
        .into());
    }
    grant(app, tx, by, &invoice).await
}

/// Sets another price. Within the decider's limit it is approved at once; above it those who may decide.
pub async fn revise(app: &App, act: &Act, id: InvoiceId, version: i32, offer: Offer) -> Result<View, Error> {
    refreshed(app, act, id).await?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let invoice = revise_in(&app_, tx, &by, (id, version), offer).await?;
            views(&app_, tx, vec![invoice]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

/// Revises in this transaction.
pub(crate) async fn revise_in(
    app: &App,
    tx: &Tx,
    by: &Act,
    (id, version): (InvoiceId, i32),
    offer: Offer,
) -> Result<Invoice, Error> {
    let mut invoice = priced_now(app, tx, id, version).await?;
    (invoice.discount, invoice.totals) = offered(&invoice, offer)?;
    if invoice.totals.total <= Rupiah(0) {
        return Err(Refusal::NothingToCharge.into());
    }
    let is_within = invoice
        .totals
        .is_within(invoice.discount, limit_of(tx, by).await?);
    let judges = submit::judges(tx, &invoice).await?;
    if !is_within && judges.is_empty() {
        return Err(Refusal::NobodyMayApprove {
            share: invoice.totals.discount_share(),
        }
        .into());
    }
    let revised = Change {
        what: "revised",
        action: "invoice_revised",
        reason: None,
    };
    let invoice = change(tx, by, &invoice, revised).await?;
    if is_within {
        return grant(app, tx, by, &invoice).await;
    }
    submit::take_back(app, tx, by, &invoice, How::PassedOn).await?;
    submit::ask(app, tx, by, &invoice, &judges).await?;
    Ok(invoice)
}

/// Gives an invoice back to the admins.
pub async fn reject(app: &App, act: &Act, id: InvoiceId, version: i32, why: &str) -> Result<View, Error> {
    let why = reason(why).map_err(|fault| Invalid::one("reason", fault))?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let invoice = reject_in(&app_, tx, &by, (id, version), &why).await?;
            views(&app_, tx, vec![invoice]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

/// Rejects in this transaction.
pub(crate) async fn reject_in(
    app: &App,
    tx: &Tx,
    by: &Act,
    (id, version): (InvoiceId, i32),
    why: &str,
) -> Result<Invoice, Error> {
    let invoice = standing(tx, id, version).await?;
    let back = Invoice {
        state: State::Draft,
        ..invoice
    };
    let rejected = Change {
        what: "rejected",
        action: "invoice_rejected",
        reason: Some(why),
    };
    let back = change(tx, by, &back, rejected).await?;
    let reason = why.to_owned();
    submit::take_back(app, tx, by, &back, How::Rejected { reason }).await?;
    Ok(back)
}

/// The invoice, if it waits for a decision and is still what was looked at.
async fn standing(tx: &Tx, id: InvoiceId, version: i32) -> Result<Invoice, Error> {
    let invoice = store::invoices::by_id_locked(tx, id)
        .await?
        .ok_or(Error::Missing)?;
    if invoice.state != State::Submitted {
        return Err(Refusal::InvoiceState { now: invoice.state }.into());
    }
    if invoice.version != version {
        return Err(Error::Stale);
    }
    Ok(invoice)
}

/// The same, if its tax is that of today: what is approved is what the card showed.
async fn priced_now(app: &App, tx: &Tx, id: InvoiceId, version: i32) -> Result<Invoice, Error> {
    let invoice = standing(tx, id, version).await?;
    if is_taxed_as_today(app, &invoice) {
        return Ok(invoice);
    }
    Err(Error::Stale)
}

/// The discount in percent that whoever decides may give; `None`: any.
async fn limit_of(tx: &Tx, by: &Act) -> Result<Option<i64>, Error> {
    let Some(actor) = by.actor else { return Ok(None) };
    let user = store::users::by_id(tx, actor).await?.ok_or(Error::Missing)?;
    Ok(user.discount_limit_percent.map(i64::from))
}

/// The approval: the number, the link's token, the date when it is due, who asks whom for the money; and from now on
/// nothing changes.
async fn grant(app: &App, tx: &Tx, by: &Act, invoice: &Invoice) -> Result<Invoice, Error> {
    let today = app.today();
    let series = Series {
        kind: "invoice",
        year: today.year(),
        month: 0,
    };
    let serial = store::numbers::next(tx, series).await?;
    let terms = Days::new(app.settings().billing.due_days.into());
    // Where sales took longer than that, the terms count from now: nothing is late on the day it is issued.
    let due = invoice.due_date.filter(|due| *due >= today);
    let customer = match store::tickets::by_id(tx, invoice.ticket).await? {
        Some(ticket) => store::customers::by_id(tx, ticket.customer).await?,
        None => None,
    };
    let approved = Invoice {
        state: State::Approved,
        number: Some(number::invoice(today, serial)),
        token: Some(secret::token()),
        // The same tax as that of the day it was asked on: whoever decides has made sure of that.
        taxed_on: taxed(app),
        due_date: due.or_else(|| today.checked_add_days(terms)),
        approved_at: Some(by.at),
        approved_by: by.actor,
        withholds: customer.map(|customer| customer.withholds_pph23),
        issuer: Issuer::now(app).kept(),
        ..invoice.clone()
    };
    let granted = Change {
        what: "approved",
        action: "invoice_approved",
        reason: None,
    };
    let approved = change(tx, by, &approved, granted).await?;
    let number = approved.number.clone().unwrap_or_default();
    submit::take_back(app, tx, by, &approved, How::Approved { number }).await?;
    if app.settings().billing.auto_send {
        let (sent, delivery) = send::send_in(app, tx, by, &approved).await?;
        if let Some(why) = &delivery.fault {
            // Nobody of the office looks on as it sends itself.
            notices::bill::untold(tx, &sent, (why, false), by.at).await?;
        }
        return Ok(sent);
    }
    Ok(approved)
}
