//! Looking at invoices.

use domain::ids::InvoiceId;

use crate::app::invoices::view::{View, views};
use crate::app::page::{Cut, Page};
use crate::app::{App, Error};
use crate::store::invoices::{self, Filter};

/// One invoice.
pub async fn find(app: &App, id: InvoiceId) -> Result<View, Error> {
    let invoice = invoices::by_id(&app.db, id).await?.ok_or(Error::Missing)?;
    let view = views(app, &app.db, vec![invoice]).await?.pop();
    view.ok_or(Error::Missing)
}

/// A page of invoices, newest first.
pub async fn list(app: &App, filter: &Filter, cut: Cut) -> Result<Page<View>, Error> {
    let rows = invoices::list(&app.db, filter, cut.cursor, cut.fetch()).await?;
    let page = cut.page(rows, |invoice| invoice.id.0, |invoice| invoice);
    Ok(Page {
        data: views(app, &app.db, page.data).await?,
        next_cursor: page.next_cursor,
    })
}
