//! The list of invoices as a sheet (CSV, RFC 4180), made while it is sent.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use futures::{Stream, stream};

use crate::app::invoices::{self, Row};
use crate::app::page::Cut;
use crate::app::{self, App};
use crate::web;
use crate::web::panel::answer::Answer;
use crate::web::panel::form::Form;
use crate::web::panel::invoice::standing::Stand;
use crate::web::panel::invoices::Filter;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::Reader;
use crate::web::words::word;

/// The columns, by the keys of their names.
const COLUMNS: [&str; 18] = [
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
    invoices::exported(&state.app, &visitor.act(), count).await?;
    let reader = visitor.reader;
    let name = format!("attachment; filename=\"tagihan-{}.csv\"", state.app.today());
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, name),
    ];
    let body = Body::from_stream(rows(state.app.clone(), filter, reader));
    Ok((headers, body).into_response())
}

/// Where the sheet is.
enum Next {
    Head,
    After(Option<String>),
    End,
}

fn rows(app: App, filter: invoices::Filter, reader: Reader) -> impl Stream<Item = Result<Bytes, app::Error>> {
    stream::try_unfold((app, filter, Next::Head), move |(app, filter, next)| async move {
        let cursor = match next {
            Next::End => return Ok(None),
            Next::Head => {
                let head = COLUMNS.map(|key| word(reader.locale, key));
                // The mark tells spreadsheets that this is UTF-8.
                let head = ["\u{feff}".as_bytes(), &written([head])].concat();
                return Ok(Some((head.into(), (app, filter, Next::After(None)))));
            }
            Next::After(cursor) => cursor,
        };
        let cut = Cut::parse(cursor.as_deref(), Some(Cut::MOST))?;
        let page = invoices::rows(&app, &filter, cut).await?;
        let lines = page.data.iter().map(|row| cells(row, reader));
        let next = page.next_cursor.map_or(Next::End, |next| Next::After(Some(next)));
        Ok(Some((written(lines).into(), (app, filter, next))))
    })
}

fn written(lines: impl IntoIterator<Item = [String; COLUMNS.len()]>) -> Vec<u8> {
    let mut sheet = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for line in lines {
        // Writing to memory does not fail, and all lines are equally long.
        if let Err(error) = sheet.write_record(&line) {
            tracing::error!(%error, "sheet.write");
        }
    }
    sheet.into_inner().unwrap_or_default()
}

fn cells(row: &Row, reader: Reader) -> [String; COLUMNS.len()] {
    let date = |at: Option<chrono::DateTime<chrono::Utc>>| {
        at.map(|at| reader.zone.date(at).to_string()).unwrap_or_default()
    };
    let stand = Stand {
        state: row.state,
        is_overdue: row.is_overdue,
    };
    [
        row.number.clone().unwrap_or_default(),
        word(reader.locale, stand.label()),
        row.ticket.number(),
        row.customer.number(),
        plain(&row.name),
        date(Some(row.created_at)),
        date(row.approved_at),
        date(row.sent_at),
        row.due_date.map(|due| due.to_string()).unwrap_or_default(),
        row.totals.subtotal.0.to_string(),
        row.totals.discount.0.to_string(),
        row.totals.tax_base.0.to_string(),
        row.totals.vat.0.to_string(),
        row.totals.total.0.to_string(),
        row.paid.to_string(),
        row.withheld.to_string(),
        row.outstanding.to_string(),
        row.paid_on.map(|date| date.to_string()).unwrap_or_default(),
    ]
}

/// What people typed, where a spreadsheet must not take it for a formula.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::web::panel::invoices::sheet::{COLUMNS, plain, written};

    #[test]
    fn what_people_typed_is_no_formula_and_no_column() {
        assert_eq!(plain("=1+1"), "'=1+1");
        assert_eq!(plain("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(plain("Bapak Hartono"), "Bapak Hartono");
        let mut line = [(); COLUMNS.len()].map(|()| String::new());
        "Toko \"Maju\", Bandung".clone_into(&mut line[0]);
        let sheet = String::from_utf8(written([line])).unwrap();
        assert!(sheet.starts_with("\"Toko \"\"Maju\"\", Bandung\",,"), "{sheet}");
        assert!(sheet.ends_with(",\r\n"), "{sheet}");
    }
}
