//! The PDF of an invoice: drawn once in each language, kept, and from then on the same bytes.

use bytes::Bytes;
use domain::ids::InvoiceId;
use domain::person::Locale;
use futures::FutureExt;

use crate::app::documents::{self, Content};
use crate::app::invoices::issuer::Issuer;
use crate::app::invoices::page::{issued_on, qris, withholding};
use crate::app::{App, Error};
use crate::files::{Media, Variant, pdf};
use crate::store;
use crate::store::invoices::{self, Invoice};

/// How many are looked for at once.
const BATCH: u64 = 20;

/// The PDF of an approved invoice. [`Error::Missing`]: it is not approved.
pub async fn paper(app: &App, id: InvoiceId, locale: Locale) -> Result<Content, Error> {
    let invoice = invoices::by_id(&app.db, id).await?;
    let invoice = invoice
        .filter(|invoice| invoice.state.is_final())
        .ok_or(Error::Missing)?;
    let number = invoice.number.clone().unwrap_or_default();
    let (bytes, sha256) = match kept(app, id, locale).await? {
        Some(kept) => kept,
        None => drawn(app, &invoice, locale).await?,
    };
    Ok(Content {
        bytes,
        media_type: Media::Pdf.as_str().to_owned(),
        filename: format!("{}.pdf", number.replace('/', "-")),
        tag: sha256,
    })
}

/// Draws what is not drawn yet, so that an invoice stays what it was on the day it was approved.
pub async fn draw_papers(app: &App) -> Result<(), Error> {
    for locale in Locale::ALL {
        let mut after = 0;
        loop {
            let found = invoices::without_paper(&app.db, locale, after, BATCH).await?;
            let Some(last) = found.last() else { break };
            after = last.0;
            for id in found {
                match paper(app, id, locale).await {
                    Ok(_) | Err(Error::Missing) => {}
                    // The others must not wait for it; it is tried again soon.
                    Err(error) => tracing::error!(invoice = id.0, %error, "an invoice could not be drawn"),
                }
            }
        }
    }
    Ok(())
}

async fn kept(app: &App, id: InvoiceId, locale: Locale) -> Result<Option<(Bytes, String)>, Error> {
    let Some(sha256) = invoices::paper(&app.db, id, locale).await? else {
        return Ok(None);
    };
    let bytes = app.files.read(&sha256, Variant::Original).await?;
    if bytes.is_none() {
        tracing::error!(
            invoice = id.0,
            "the storage has lost an invoice's paper; it is drawn anew"
        );
    }
    Ok(bytes.map(|bytes| (bytes, sha256)))
}

/// Draws a paper and keeps it. Of two who do it at the same moment one is kept, and both give that one out.
async fn drawn(app: &App, invoice: &Invoice, locale: Locale) -> Result<(Bytes, String), Error> {
    let bill = bill(app, invoice, locale).await?;
    let file = documents::draw(move || pdf::draw(&bill)).await?;
    app.files.keep(&file).await?;
    let (id, sha256, at) = (invoice.id, file.sha256.clone(), app.now());
    let (first, _) = app
        .db
        .write(move |tx| {
            async move {
                invoices::keep_paper(tx, id, locale, &sha256, at).await?;
                Ok::<_, Error>(invoices::paper(tx, id, locale).await?)
            }
            .boxed()
        })
        .await?;
    // Whoever sweeps may have taken the bytes for forgotten ones in the moment before they counted.
    if app.files.find(&file.sha256).await?.is_none() {
        app.files.keep(&file).await?;
    }
    if let Some(first) = first.filter(|first| *first != file.sha256)
        && let Some(bytes) = app.files.read(&first, Variant::Original).await?
    {
        return Ok((bytes, first));
    }
    Ok((file.bytes, file.sha256))
}

async fn bill(app: &App, invoice: &Invoice, locale: Locale) -> Result<pdf::Bill, Error> {
    let ticket = store::tickets::by_id(&app.db, invoice.ticket)
        .await?
        .ok_or(Error::Missing)?;
    let customer = store::customers::by_id(&app.db, ticket.customer)
        .await?
        .ok_or(Error::Missing)?;
    let service = store::services::by_id(&app.db, ticket.service).await?;
    let issuer = Issuer::of(app, invoice);
    let total = invoice.totals.total;
    Ok(pdf::Bill {
        locale,
        number: invoice.number.clone().unwrap_or_default(),
        ticket: invoice.ticket.number(),
        service: service.map_or_else(String::new, |service| service.name),
        approved_at: invoice.approved_at.unwrap_or(invoice.updated_at),
        issued_on: issued_on(app, invoice),
        due_on: invoice.due_date,
        seller: issuer.name.clone(),
        seller_address: issuer.address.clone(),
        seller_phone: issuer.phone.clone(),
        tax_id: issuer.tax_id.clone(),
        withholding: withholding(invoice, &customer),
        customer: customer.name,
        address: customer.address,
        lines: invoice.lines.clone(),
        totals: invoice.totals,
        banks: issuer.banks.clone(),
        qris: qris(issuer.qris().as_ref(), total).map(|qris| (qris.code, qris.merchant)),
    })
}
