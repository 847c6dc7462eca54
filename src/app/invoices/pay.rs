//! Payments: recorded, caught when there are too many, taken back.

use chrono::{Months, NaiveDate};
use dialogues::price::Price;
use domain::calendar;
use domain::ids::{DocumentId, InvoiceId, PaymentId};
use domain::invalid::{Fault, Invalid, line};
use domain::invoice::State;
use domain::money::Rupiah;
use domain::payment::{Method, Payment, PaymentFault};
use domain::tax::most_withheld;
use domain::ticket::{Status, reason};
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::invoices::view::{PaymentView, payment_view};
use crate::app::invoices::{Change, change, outstanding};
use crate::app::tickets::{People, settle_closed};
use crate::app::{App, Error, Refusal, notices};
use crate::store::invoices::{Invoice, Paid};
use crate::store::tickets::Ticket;
use crate::store::{self, Tx};

/// Payments older than this are typing mistakes.
const OLDEST: Months = Months::new(24);

/// A payment as it is typed.
#[derive(Debug, Clone, Default)]
pub struct Receipt {
    /// `transfer`, `qris`, `cash`, `card` or `other`.
    pub method: String,
    /// Whole rupiah.
    pub amount: i64,
    /// `YYYY-MM-DD`.
    pub paid_on: String,
    /// Income tax that the customer withheld, in whole rupiah.
    pub withheld: i64,
    pub reference: Option<String>,
    /// The id of a proof that the customer sent for this invoice.
    pub proof: Option<String>,
}

/// Records a payment. What reaches the total makes the invoice paid and closes its ticket.
pub async fn pay(app: &App, act: &Act, id: InvoiceId, receipt: Receipt) -> Result<PaymentView, Error> {
    let mut paid = read(app, act, id, receipt)?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let (invoice, ticket) = held(tx, id).await?;
            if !invoice.state.takes_payments() {
                return Err(Refusal::InvoiceState { now: invoice.state }.into());
            }
            if let Some(proof) = paid.proof {
                check_proof(tx, id, proof).await?;
            }
            let earlier = store::invoices::payments(tx, vec![id.0]).await?;
            if earlier.iter().any(|other| is_same(other, &paid)) {
                return Err(Refusal::PaidBefore.into());
            }
            let left = outstanding(&invoice, &earlier);
            check_withheld(&invoice, &earlier, &paid)?;
            Payment::new(paid.amount, paid.withheld, left).map_err(|fault| match fault {
                PaymentFault::Nothing => Error::from(Invalid::one("amount", Fault::OutOfRange)),
                PaymentFault::MoreThanOutstanding => Refusal::Overpaid { left }.into(),
            })?;
            paid = store::invoices::pay(tx, paid).await?;
            let detail = json!({ "amount": paid.amount.0, "withheld": paid.withheld.0,
                "method": paid.method.as_str() });
            let subject = ("invoice", id.0);
            by.audit(tx, "payment_recorded", subject, Some(invoice.ticket), detail)
                .await?;
            if left.0 == paid.counted().settles() {
                settle(&app_, tx, &by, (&invoice, &ticket)).await?;
            }
            tx.note_tickets();
            seen(tx, &paid).await
        }
        .boxed()
    })
    .await
}

/// An invoice and its ticket, both held until the commit: the ticket first, as by whoever closes it without charge.
async fn held(tx: &Tx, id: InvoiceId) -> Result<(Invoice, Ticket), Error> {
    let seen = store::invoices::by_id(tx, id).await?.ok_or(Error::Missing)?;
    let ticket = store::tickets::by_id_locked(tx, seen.ticket).await?;
    let invoice = store::invoices::by_id_locked(tx, id).await?;
    Ok((invoice.ok_or(Error::Missing)?, ticket.ok_or(Error::Missing)?))
}

fn read(app: &App, act: &Act, invoice: InvoiceId, receipt: Receipt) -> Result<Paid, Error> {
    let mut invalid = Invalid::default();
    let method = invalid.take("method", receipt.method.parse::<Method>());
    let paid_on = invalid.take("paid_on", paid_on(app, &receipt.paid_on));
    let amount = invalid.take("amount", Rupiah::price(receipt.amount));
    let withheld = invalid.take("withheld", Rupiah::price(receipt.withheld));
    let reference = receipt.reference.filter(|text| !text.trim().is_empty());
    let reference = reference.and_then(|text| invalid.take("reference", line(&text, 1, 100)));
    let proof = receipt.proof.filter(|text| !text.trim().is_empty());
    let proof = proof.and_then(|text| {
        let id = text.trim().parse::<DocumentId>().map_err(|_| Fault::Unknown);
        invalid.take("proof", id)
    });
    invalid.check()?;
    let (Some(method), Some(paid_on), Some(amount), Some(withheld)) = (method, paid_on, amount, withheld)
    else {
        return Err(Invalid::default().into());
    };
    Ok(Paid {
        id: PaymentId(0),
        invoice,
        method,
        amount,
        withheld,
        paid_on,
        reference,
        proof,
        by: act.actor,
        created_at: act.at,
        reversed_at: None,
        reversed_by: None,
        reverse_reason: None,
    })
}

/// Money has come when it is recorded: never tomorrow, and not years ago.
fn paid_on(app: &App, text: &str) -> Result<NaiveDate, Fault> {
    let (date, today) = (calendar::date(text)?, app.today());
    if date > today {
        return Err(Fault::TooFar);
    }
    match today.checked_sub_months(OLDEST) {
        Some(oldest) if date < oldest => Err(Fault::Past),
        _ => Ok(date),
    }
}

/// The same money written down twice: the same amount with the same reference, or, where there is none, everything
/// that is known of it.
fn is_same(earlier: &Paid, new: &Paid) -> bool {
    let reference = |paid: &Paid| paid.reference.as_deref().map(str::to_lowercase);
    let facts = |paid: &Paid| (paid.method, paid.withheld, paid.paid_on);
    let is_named = new.reference.is_some();
    let is_alike = earlier.amount == new.amount && reference(earlier) == reference(new);
    earlier.reversed_at.is_none() && is_alike && (is_named || facts(earlier) == facts(new))
}

/// A proof is one that the customer sent for this very invoice.
async fn check_proof(tx: &Tx, invoice: InvoiceId, proof: DocumentId) -> Result<(), Error> {
    let known = store::invoices::proof(tx, proof).await?;
    if known.is_some_and(|known| known.invoice == invoice) {
        return Ok(());
    }
    Err(Invalid::one("proof", Fault::Unknown).into())
}

/// More than any law lets a customer withhold is a slip: perhaps the two amounts changed places.
fn check_withheld(invoice: &Invoice, earlier: &[Paid], new: &Paid) -> Result<(), Error> {
    let standing = earlier.iter().filter(|paid| paid.reversed_at.is_none());
    let withheld = standing.fold(new.withheld.0, |sum, paid| sum.saturating_add(paid.withheld.0));
    if withheld > most_withheld(invoice.totals.net.0) {
        return Err(Invalid::one("withheld", Fault::OutOfRange).into());
    }
    Ok(())
}

/// Everything is paid: the ticket closes.
async fn settle(app: &App, tx: &Tx, by: &Act, (invoice, ticket): (&Invoice, &Ticket)) -> Result<(), Error> {
    let paid = Invoice {
        state: State::Paid,
        paid_at: Some(by.at),
        ..invoice.clone()
    };
    let settled = Change {
        what: "paid",
        action: "invoice_paid",
        reason: None,
    };
    let paid = change(tx, by, &paid, settled).await?;
    // Before the ticket closes, which asks for the rating.
    notices::bill::settled(app, tx, &paid, by.at).await?;
    // It was closed before where a payment was taken back and comes again.
    if ticket.status != Status::Done {
        return Ok(());
    }
    settle_closed(app, tx, by, ticket, json!({ "invoice": invoice.number })).await
}

/// Takes a payment back: a paid invoice waits for its money again, and its ticket stays closed.
pub async fn reverse(
    app: &App,
    act: &Act,
    (id, payment): (InvoiceId, PaymentId),
    why: &str,
) -> Result<PaymentView, Error> {
    let why = reason(why).map_err(|fault| Invalid::one("reason", fault))?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let invoice = store::invoices::by_id_locked(tx, id)
                .await?
                .ok_or(Error::Missing)?;
            let found = store::invoices::payment(tx, payment).await?;
            let paid = found.filter(|paid| paid.invoice == id).ok_or(Error::Missing)?;
            if !store::invoices::reverse(tx, payment, by.actor, &why, by.at).await? {
                return Err(Refusal::NotNow.into());
            }
            let detail = json!({ "amount": paid.amount.0, "withheld": paid.withheld.0, "reason": why });
            by.audit(
                tx,
                "payment_reversed",
                ("invoice", id.0),
                Some(invoice.ticket),
                detail,
            )
            .await?;
            let payments = store::invoices::payments(tx, vec![id.0]).await?;
            let left = outstanding(&invoice, &payments);
            tell_reversed(tx, &by, &invoice, (paid.amount, left), &why).await?;
            if invoice.state == State::Paid {
                notices::bill::unsettled(&app_, tx, invoice.ticket, by.at).await?;
                let open = Invoice {
                    state: State::Sent,
                    paid_at: None,
                    ..invoice
                };
                let reopened = Change {
                    what: "reopened",
                    action: "invoice_reopened",
                    reason: Some(&why),
                };
                change(tx, &by, &open, reopened).await?;
            }
            tx.note_tickets();
            let paid = store::invoices::payment(tx, payment)
                .await?
                .ok_or(Error::Missing)?;
            seen(tx, &paid).await
        }
        .boxed()
    })
    .await
}

/// Every admin hears of money that is missing again.
async fn tell_reversed(
    tx: &Tx,
    by: &Act,
    invoice: &Invoice,
    (amount, left): (Rupiah, Rupiah),
    why: &str,
) -> Result<(), Error> {
    let who = match by.actor {
        Some(actor) => store::users::by_id(tx, actor).await?.map(|user| user.name),
        None => None,
    };
    let text = Price::PaymentReversed {
        ticket: invoice.ticket,
        number: invoice.number.clone().unwrap_or_default(),
        amount,
        left,
        by: who.unwrap_or_default(),
        reason: why.to_owned(),
    };
    notices::to_admins(tx, Some(invoice.ticket), &text.into(), by.at).await
}

async fn seen(tx: &Tx, paid: &Paid) -> Result<PaymentView, Error> {
    let people = People::load(tx, paid.by.into_iter()).await?;
    Ok(payment_view(paid, &people))
}
