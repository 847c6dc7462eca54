//! The tax of an invoice is that of the day on which it is approved: one that waits across a change is priced anew,
//! and nobody approves what he did not see.

use dialogues::sheet::How;
use domain::ids::InvoiceId;
use domain::invoice::State;
use domain::tax::Vat;
use futures::FutureExt;

use crate::app::act::Act;
use crate::app::invoices::{Change, change, priced, submit, taxed, vat_of};
use crate::app::{App, Error};
use crate::store::approvals::Approval;
use crate::store::invoices::Invoice;
use crate::store::{self, Tx};

/// Whether an invoice is priced with the tax that holds today.
pub(crate) fn is_taxed_as_today(app: &App, invoice: &Invoice) -> bool {
    taxed(app).and_then(Vat::on) == vat_of(invoice)
}

/// Prices a submitted invoice anew where its tax has changed, and asks sales once more; whoever calls holds it.
/// `None`: it stands as it is. The deed is the system's: whoever happened to look did not set the price.
pub(crate) async fn retaxed(
    app: &App,
    tx: &Tx,
    act: &Act,
    invoice: &Invoice,
) -> Result<Option<(Invoice, Approval)>, Error> {
    if is_taxed_as_today(app, invoice) {
        return Ok(None);
    }
    let by = Act::system(act.at);
    let mut anew = invoice.clone();
    priced(app, &mut anew, invoice.lines.clone(), invoice.discount)?;
    let retaxed = Change {
        what: "retaxed",
        action: "invoice_retaxed",
        reason: None,
    };
    let anew = change(tx, &by, &anew, retaxed).await?;
    submit::take_back(app, tx, &by, &anew, How::Retaxed).await?;
    let judges = submit::judges(tx, &anew).await?;
    submit::ask(app, tx, &by, &anew, &judges).await?;
    let approval = store::approvals::of(tx, anew.id).await?.ok_or(Error::Missing)?;
    Ok(Some((anew, approval)))
}

/// The same before a decision by the API, in a transaction of its own: the decision is refused as one about an older
/// version, and what it should have been about stands.
pub(crate) async fn refreshed(app: &App, act: &Act, id: InvoiceId) -> Result<(), Error> {
    let seen = store::invoices::by_id(&app.db, id).await?;
    let waits = |invoice: &Invoice| invoice.state == State::Submitted;
    if seen.is_none_or(|seen| !waits(&seen) || is_taxed_as_today(app, &seen)) {
        return Ok(());
    }
    let (by, app_) = (act.clone(), app.clone());
    let done = app.db.write(move |tx| {
        async move {
            let invoice = store::invoices::by_id_locked(tx, id).await?;
            if let Some(invoice) = invoice.filter(waits) {
                retaxed(&app_, tx, &by, &invoice).await?;
            }
            Ok::<_, Error>(())
        }
        .boxed()
    });
    let ((), effects) = done.await?;
    app.tell(&effects);
    Ok(())
}
