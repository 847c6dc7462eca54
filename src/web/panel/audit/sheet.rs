//! The audit as a sheet.

use axum::extract::State;

use crate::app::audit::{self, Export, Row};
use crate::web;
use crate::web::panel::answer::Answer;
use crate::web::panel::audit::{Entry, Filter};
use crate::web::panel::form::Form;
use crate::web::panel::sheet::{self, Cells, Columns, moment, plain};
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::Reader;
use crate::web::words::word;

const COLUMNS: Columns = &[
    "sheet-at",
    "audit-who",
    "audit-from-where",
    "audit-what",
    "audit-to-what",
    "sheet-ticket",
    "audit-more",
    "field-reason",
];

/// All that the list shows with these filters, on every page of it.
pub(crate) async fn take(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let reader = visitor.reader;
    let filter = Filter::of(&asked).store(reader);
    audit::exported(&state.app, &visitor.act(), Export::Audit, None).await?;
    let app = state.app.clone();
    let fetch = move |cut| {
        let (app, filter) = (app.clone(), filter.clone());
        async move {
            let page = audit::rows(&app, &filter, cut).await?;
            Ok(page.map(|row| cells(&row, reader)))
        }
    };
    Ok(sheet::answer(&state.app, ("audit", COLUMNS), reader, fetch))
}

fn cells(row: &Row, reader: Reader) -> Cells {
    let Entry { event, subject } = Entry::of(row, reader);
    vec![
        moment(row.view.at, reader),
        plain(&event.actor),
        word(reader.locale, event.channel.label()),
        event.title,
        plain(&subject.map(|subject| subject.label).unwrap_or_default()),
        row.ticket.map(domain::ids::TicketId::number).unwrap_or_default(),
        plain(&event.rest.unwrap_or_default()),
        plain(&event.note.unwrap_or_default()),
    ]
}
