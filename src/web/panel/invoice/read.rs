//! An invoice read for its page, from all the use cases that know something of it.

use domain::ids::InvoiceId;
use domain::invoice::State as Standing;
use domain::money::Rupiah;
use domain::payment::Method;

use crate::app::invoices::{self, Desk, PaymentView};
use crate::app::page::Cut;
use crate::app::tickets::{self, Detail};
use crate::app::{self, deliveries};
use crate::web;
use crate::web::panel::answer::Failure;
use crate::web::panel::delivery::Delivery;
use crate::web::panel::document::Document;
use crate::web::panel::invoice::deeds::first;
use crate::web::panel::invoice::past::{Past, past};
use crate::web::panel::invoice::{Draft, Invoice, Item, Job, Payment, Reversed, Stand, Sums};
use crate::web::panel::story;
use crate::web::panel::ticket::Customer;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::Reader;

/// The text key of a method.
pub(crate) const fn method_key(method: Method) -> &'static str {
    match method {
        Method::Transfer => "method-transfer",
        Method::Qris => "method-qris",
        Method::Cash => "method-cash",
        Method::Card => "method-card",
        Method::Other => "method-other",
    }
}

/// The invoice as its page shows it, and its draft; `seen`: the version that an open form was read from.
pub(crate) async fn read(
    state: &web::State,
    visitor: &Visitor,
    id: InvoiceId,
    seen: Option<i32>,
) -> Result<(Invoice, Draft), Failure> {
    let reader = visitor.reader;
    let desk = invoices::desk(&state.app, id).await?;
    let draft = Draft::of(&state.app, &desk);
    let ticket = desk.view.ticket_id.parse().map_err(|_| app::Error::Missing)?;
    let Detail { ticket, .. } = tickets::find(&state.app, ticket).await?;
    let past = past(&desk.view.revisions, reader);
    let overtaken = seen.filter(|seen| *seen != desk.view.version);
    let proofs = invoices::proofs(&state.app, id).await?.into_iter();
    let proofs = proofs.map(|file| Document::of(file, reader));
    let today = state.app.today().to_string();
    let held: i64 = desk.view.payments.iter().map(counted_withheld).sum();
    let withheld = desk.view.withholding.map(|expected| (expected - held).max(0));
    let is_part_paid = desk.view.paid > 0 && desk.view.outstanding > 0;
    let invoice = Invoice {
        number: desk.view.number.clone(),
        version: desk.view.version,
        stand: Stand {
            state: desk.state,
            is_overdue: desk.is_overdue,
        },
        items: desk.lines.iter().map(Item::of).collect(),
        sums: Sums::of(&desk.totals, desk.discount, desk.view.withholding.is_some()),
        due: desk.view.due_date.map(|date| reader.long_day(date)),
        link: desk.view.link.clone().filter(|_| desk.state.is_final()),
        paid: Rupiah(desk.view.paid).to_string(),
        outstanding: is_part_paid.then(|| Rupiah(desk.view.outstanding).to_string()),
        judges: desk.judges.clone(),
        returned: returned(&desk, &past),
        void_because: because(&desk, "voided"),
        overtaken: overtaken.and_then(|_| past.first().cloned()),
        seen: seen.unwrap_or(desk.view.version),
        keeps_form: seen.is_some(),
        payments: payments(&desk, reader)?,
        methods: Method::ALL
            .map(|method| (method.as_str(), method_key(method)))
            .to_vec(),
        receipt: first(&today, Rupiah(desk.view.outstanding), withheld),
        today,
        proofs: proofs.collect::<Result<_, _>>()?,
        deliveries: messages(state, &desk, reader).await?,
        past,
        opened: None,
        ticket: Job {
            id: ticket.id,
            number: ticket.number,
            problem: ticket.problem.lines().next().unwrap_or_default().to_owned(),
        },
        customer: Customer::of(ticket.customer),
        id: desk.view.id,
    };
    Ok((invoice, draft))
}

/// What was withheld with a payment that still counts.
fn counted_withheld(paid: &PaymentView) -> i64 {
    if paid.reversed_at.is_none() {
        paid.withheld
    } else {
        0
    }
}

/// That sales gave the draft back, when that is the last thing that was decided about it.
fn returned(desk: &Desk, past: &[Past]) -> Option<Past> {
    let mut newest_first = desk.view.revisions.iter().rev().zip(past);
    let (last, told) = newest_first.find(|(revision, _)| revision.what != "edited")?;
    (desk.state == Standing::Draft && last.what == "rejected").then(|| told.clone())
}

fn because(desk: &Desk, what: &str) -> Option<String> {
    let last = desk.view.revisions.last().filter(|last| last.what == what);
    last?.reason.clone()
}

fn payments(desk: &Desk, reader: Reader) -> Result<Vec<Payment>, Failure> {
    let one = |payment: &invoices::Payment| {
        let view = &payment.view;
        let method: Method = view.method.parse().map_err(|_| app::Error::Missing)?;
        Ok(Payment {
            id: view.id.clone(),
            method: method_key(method),
            amount: Rupiah(view.amount).to_string(),
            withheld: (view.withheld > 0).then(|| Rupiah(view.withheld).to_string()),
            paid_on: reader.day(view.paid_on),
            reference: view.reference.clone(),
            proof: view
                .proof
                .as_ref()
                .map(|id| format!("/panel/documents/{id}/content")),
            by: view.by.as_ref().map(|by| by.name.clone()),
            at: reader.clock(view.created_at),
            reversed: view.reversed_at.map(|at| Reversed {
                at: reader.clock(at),
                by: payment.reversed_by.clone(),
                reason: payment.reverse_reason.clone(),
            }),
        })
    };
    desk.payments.iter().map(one).collect()
}

/// The messages about this ticket's money.
async fn messages(state: &web::State, desk: &Desk, reader: Reader) -> Result<Vec<Delivery>, Failure> {
    let filter = deliveries::Filter {
        ticket: Some(desk.view.ticket_id.parse().map_err(|_| app::Error::Missing)?),
        ..deliveries::Filter::default()
    };
    let all = deliveries::list(&state.app, &filter, Cut::first(Cut::MOST)).await?;
    let money = all
        .data
        .into_iter()
        .filter(|message| story::is_of_money(&message.kind));
    Ok(story::deliveries(money.collect(), reader))
}
