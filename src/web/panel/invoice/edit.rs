//! A draft written on its page: computed while it is typed, saved, and handed over to sales.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::InvoiceId;
use domain::invoice::State as Standing;

use crate::app::invoices::{self, Desk, Edit};
use crate::app::{Error, Refusal};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::flash::Deed;
use crate::web::panel::form::Form;
use crate::web::panel::invoice::draft::{Draft, DraftPart};
use crate::web::panel::invoice::read::read;
use crate::web::panel::invoice::{InvoicePage, again, invoice_id};
use crate::web::panel::shell::Place;
use crate::web::panel::visitor::Visitor;
use crate::web::problem;
use crate::web::words::word;

/// What the draft comes to as it is typed: the sums and the lines' amounts alone.
pub async fn sums(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let desk = invoices::desk(&state.app, invoice_id(&id)?).await?;
    let part = DraftPart {
        draft: Draft {
            is_apart: true,
            ..Draft::typed(&state.app, &desk, &form)
        },
    };
    Ok(visitor.page(&part.as_sums()))
}

/// Saves the draft, submits it, or only shows it with a line more or less.
pub async fn save(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = invoice_id(&id)?;
    let desk = invoices::desk(&state.app, id).await?;
    let mut draft = Draft::typed(&state.app, &desk, &form);
    if is_looking(&form) {
        return look(&state, &visitor, id, draft, &form).await;
    }
    let Some(read) = draft.read(&state.app) else {
        return refused(&state, &visitor, id, draft, false).await;
    };
    let edit = Edit {
        version: Some(read.version.unwrap_or_default()),
        lines: Some(read.lines),
        discount: Some(read.discount),
        due_date: Some(read.due_date),
    };
    let done = invoices::edit(&state.app, &visitor.act(), id, edit).await;
    if let Err(error) = done {
        let is_stale = matches!(error, Error::Stale);
        let draft = told_on(&visitor, draft, error)?;
        return refused(&state, &visitor, id, draft, is_stale).await;
    }
    let (path, number) = (draft.href(), ticket_number(&desk)?);
    if !form.chose("intent", "submit") {
        return Ok(Deed::InvoiceSaved(number).tell_at(&path));
    }
    match invoices::submit(&state.app, &visitor.act(), id).await {
        Ok(_) => Ok(Deed::InvoiceSubmitted(number).tell_at(&path)),
        Err(error) => {
            // What was typed is kept by now; only the handing over was refused.
            let desk = invoices::desk(&state.app, id).await?;
            let draft = told_on(&visitor, Draft::of(&state.app, &desk), error)?;
            refused(&state, &visitor, id, draft, false).await
        }
    }
}

fn ticket_number(desk: &Desk) -> Result<String, Failure> {
    let id: domain::ids::TicketId = desk.view.ticket_id.parse().map_err(|_| Error::Missing)?;
    Ok(id.number())
}

/// The form asks for another look at itself, and saves nothing.
fn is_looking(form: &Form) -> bool {
    form.has("remove") || form.chose("intent", "add") || form.chose("intent", "look")
}

async fn look(
    state: &web::State,
    visitor: &Visitor,
    id: InvoiceId,
    mut draft: Draft,
    form: &Form,
) -> Result<Response, Failure> {
    if let Ok(n) = form.value("remove").parse() {
        draft.remove(&state.app, n);
    } else if form.chose("intent", "add") && draft.has_room() {
        draft.add();
    }
    if visitor.wants_part {
        draft.is_apart = true;
        return Ok(visitor.page(&DraftPart { draft }.as_lines()));
    }
    let (invoice, _) = read(state, visitor, id, None).await?;
    let shell = visitor.shell(state, Place::Invoices).await?;
    Ok(visitor.page(&InvoicePage {
        shell,
        invoice,
        draft,
        form: Form::default(),
    }))
}

/// The page with what was typed and what is wrong with it, whatever the invoice has become meanwhile.
async fn refused(
    state: &web::State,
    visitor: &Visitor,
    id: InvoiceId,
    mut draft: Draft,
    is_stale: bool,
) -> Answer {
    let seen = draft.version.parse().unwrap_or_default();
    let (invoice, _) = read(state, visitor, id, Some(seen)).await?;
    let now = invoice.stand.state;
    if is_stale && now == Standing::Draft {
        // What someone else wrote stands on this page: saved once more, this takes its place knowingly.
        draft.version = invoice.version.to_string();
    } else if is_stale {
        let why = Refusal::InvoiceState { now };
        draft.refusal = Some(problem::refusal(visitor.reader.locale, &why));
    }
    again(state, visitor, (invoice, draft), Form::default(), None).await
}

fn told_on(visitor: &Visitor, mut draft: Draft, error: Error) -> Result<Draft, Failure> {
    match error {
        Error::Invalid(invalid) => draft.wrong(invalid),
        Error::Refused(refusal) => {
            draft.refusal = Some(problem::refusal(visitor.reader.locale, &refusal));
        }
        Error::Stale => draft.refusal = Some(word(visitor.reader.locale, "inv-stale")),
        other => return Err(other.into()),
    }
    Ok(draft)
}
