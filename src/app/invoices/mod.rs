//! Invoices: drafted when a job is done, priced by sales, paid by customers; every change is kept.

mod decide;
mod desk;
mod draft;
mod issuer;
mod link;
mod list;
mod owing;
mod page;
mod paper;
mod pay;
mod proof;
mod remind;
mod retax;
mod send;
mod submit;
mod view;

use chrono::NaiveDate;
use domain::invalid::Invalid;
use domain::invoice::{Discount, Line, Totals};
use domain::money::Rupiah;
use domain::tax::Vat;
use serde_json::{Value, json};

use crate::app::act::Act;
use crate::app::{App, Error};
use crate::store::Tx;
use crate::store::invoices::{self, Invoice, Revision};

pub use crate::app::invoices::decide::{Offer, approve, reject, revise};
pub(crate) use crate::app::invoices::decide::{approve_in, offered, reject_in, revise_in};
pub use crate::app::invoices::desk::{Desk, Payment, desk};
pub use crate::app::invoices::draft::{Edit, edit, may_bill, open, quote, void};
pub(crate) use crate::app::invoices::draft::{draft, forgo};
pub use crate::app::invoices::link::{Renewed, renew_link};
pub use crate::app::invoices::list::{Overview, Row, find, list, overview, rows, span, waiting};
pub(crate) use crate::app::invoices::owing::{owed, owing, prove_in_chat};
pub use crate::app::invoices::page::{Bill, Link, Page, Qris, REMEMBERED, Seller, by_token};
pub use crate::app::invoices::paper::{draw_papers, paper};
pub use crate::app::invoices::pay::{Receipt, pay, reverse};
pub(crate) use crate::app::invoices::proof::landed as proof_landed;
pub use crate::app::invoices::proof::{MOST as MOST_PROOFS, proofs, prove};
pub use crate::app::invoices::remind::remind;
pub(crate) use crate::app::invoices::retax::retaxed;
pub use crate::app::invoices::send::{DeliveryView, send};
pub(crate) use crate::app::invoices::submit::judges;
pub use crate::app::invoices::submit::submit;
pub use crate::app::invoices::view::{DiscountView, LineView, PaymentView, RevisionView, View};
pub use crate::store::invoices::{By, Filter};

/// What an invoice becomes, and why.
#[derive(Debug, Clone, Copy)]
struct Change<'a> {
    /// As it is kept among the revisions, e.g. `revised`.
    what: &'static str,
    /// As it is written into the audit, e.g. `invoice_revised`.
    action: &'static str,
    reason: Option<&'a str>,
}

/// Writes a changed invoice, keeps the revision, and tells the audit. [`Error::Stale`]: somebody was faster.
async fn change(tx: &Tx, by: &Act, invoice: &Invoice, change: Change<'_>) -> Result<Invoice, Error> {
    let changed = Invoice {
        updated_at: by.at,
        ..invoice.clone()
    };
    let changed = invoices::update(tx, &changed).await?.ok_or(Error::Stale)?;
    keep(tx, by, &changed, change).await?;
    Ok(changed)
}

async fn keep(tx: &Tx, by: &Act, invoice: &Invoice, change: Change<'_>) -> Result<(), Error> {
    let revision = Revision {
        invoice: invoice.id,
        version: invoice.version,
        at: by.at,
        by: by.actor,
        what: change.what.to_owned(),
        reason: change.reason.map(str::to_owned),
        sums: sums(invoice).to_string(),
    };
    invoices::revise(tx, revision).await?;
    let detail = json!({
        "number": invoice.number,
        "total": invoice.totals.total.0,
        "reason": change.reason,
    });
    let subject = ("invoice", invoice.id.0);
    by.audit(tx, change.action, subject, Some(invoice.ticket), detail)
        .await?;
    tx.note_tickets();
    Ok(())
}

/// What a revision keeps of an invoice.
fn sums(invoice: &Invoice) -> Value {
    json!({
        "lines": invoice.lines,
        "discount": invoice.discount,
        "subtotal": invoice.totals.subtotal.0,
        "discount_amount": invoice.totals.discount.0,
        "vat": invoice.totals.vat.0,
        "total": invoice.totals.total.0,
        "due_date": invoice.due_date,
    })
}

/// The tax that holds for an invoice.
fn vat_of(invoice: &Invoice) -> Option<Vat> {
    invoice.taxed_on.and_then(Vat::on)
}

/// The date whose tax holds today; `None`: the seller is not registered and charges none.
fn taxed(app: &App) -> Option<NaiveDate> {
    app.settings().company.vat_registered.then(|| app.today())
}

/// The sums of these lines today: a seller who is registered charges what the law says now.
fn priced(app: &App, invoice: &mut Invoice, lines: Vec<Line>, discount: Discount) -> Result<(), Error> {
    invoice.taxed_on = taxed(app);
    invoice.totals = totals(vat_of(invoice), &lines, discount)?;
    (invoice.lines, invoice.discount) = (lines, discount);
    Ok(())
}

fn totals(vat: Option<Vat>, lines: &[Line], discount: Discount) -> Result<Totals, Invalid> {
    Totals::of(lines, discount, vat).map_err(|fault| {
        // The lines alone tell whether they or the discount are wrong.
        let lines_are_wrong = Totals::of(lines, Discount::NONE, vat).is_err();
        Invalid::one(if lines_are_wrong { "lines" } else { "discount" }, fault)
    })
}

/// What is still to be paid.
fn outstanding(invoice: &Invoice, payments: &[invoices::Paid]) -> Rupiah {
    let counted: Vec<_> = payments.iter().map(invoices::Paid::counted).collect();
    domain::payment::outstanding(invoice.totals.total, &counted)
}
