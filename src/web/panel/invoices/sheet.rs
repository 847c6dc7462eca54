//! The list of invoices as a sheet.

use axum::extract::State;

use crate::app::audit::{Export, exported};
use crate::app::invoices::{self, Row};
use crate::web;
use crate::web::panel::answer::Answer;
use crate::web::panel::form::Form;
use crate::web::panel::invoice::standing::Stand;
use crate::web::panel::invoices::Filter;
use crate::web::panel::sheet::{self, Cells, Columns, date, day, plain};
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::Reader;
use crate::web::words::word;

const COLUMNS: Columns = &[
    "sheet-number",
    "sheet-state",
    "sheet-ticket",
    "sheet-customer-number",
    "sheet-customer",
    "sheet-drafted",
    "sheet-issued",
    "sheet-sent",
    "sheet-due",
    "sheet-subtotal",
    "sheet-discount",
    "sheet-tax-base",
    "sheet-vat",
    "sheet-total",
    "sheet-paid",
    "sheet-withheld",
    "sheet-outstanding",
    "sheet-paid-on",
];

/// All that the list shows with these filters, on every page of it.
pub async fn take(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let filter = Filter::of(&asked).store(&state);
    let count = invoices::overview(&state.app, &filter).await?.count;
    exported(&state.app, &visitor.act(), Export::Invoices, Some(count)).await?;
    let (app, reader) = (state.app.clone(), visitor.reader);
    let fetch = move |cut| {
        let (app, filter) = (app.clone(), filter.clone());
        async move {
            let page = invoices::rows(&app, &filter, cut).await?;
            Ok(page.map(|row| cells(&row, reader)))
        }
    };
    Ok(sheet::answer(&state.app, ("tagihan", COLUMNS), reader, fetch))
}

fn cells(row: &Row, reader: Reader) -> Cells {
    let stand = Stand {
        state: row.state,
        is_overdue: row.is_overdue,
    };
    vec![
        row.number.clone().unwrap_or_default(),
        word(reader.locale, stand.label()),
        row.ticket.number(),
        row.customer.number(),
        plain(&row.name),
        day(Some(row.created_at), reader),
        day(row.approved_at, reader),
        day(row.sent_at, reader),
        date(row.due_date),
        row.totals.subtotal.0.to_string(),
        row.totals.discount.0.to_string(),
        row.totals.tax_base.0.to_string(),
        row.totals.vat.0.to_string(),
        row.totals.total.0.to_string(),
        row.paid.to_string(),
        row.withheld.to_string(),
        row.outstanding.to_string(),
        date(row.paid_on),
    ]
}
