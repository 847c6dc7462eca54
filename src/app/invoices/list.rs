//! Looking at invoices: one, a page of them, and what they come to.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::ids::{CustomerId, InvoiceId, TicketId};
use domain::invoice::{State, Totals};

use crate::app::invoices::outstanding;
use crate::app::invoices::view::{View, views};
use crate::app::page::{Cut, Page};
use crate::app::{App, Error};
use crate::store;
use crate::store::invoices::{self, By, Filter, Invoice, Span};

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

/// One invoice as a list shows it; amounts in rupiah.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: InvoiceId,
    pub number: Option<String>,
    pub state: State,
    pub ticket: TicketId,
    pub customer: CustomerId,
    pub name: String,
    pub totals: Totals,
    /// Money that came, without what was withheld; of a time of payments that is asked for only what came in it.
    pub paid: i64,
    pub withheld: i64,
    /// What is still to be paid; nothing of what is not approved, or void.
    pub outstanding: i64,
    pub due_date: Option<NaiveDate>,
    pub is_overdue: bool,
    pub created_at: DateTime<Utc>,
    pub approved_at: Option<DateTime<Utc>>,
    pub sent_at: Option<DateTime<Utc>>,
    /// The day of the last payment that counts, as above.
    pub paid_on: Option<NaiveDate>,
}

/// What a filter finds, and how the whole divides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// How many are found, void ones too.
    pub count: i64,
    /// The totals of what is found and approved, in rupiah; then what came of it, in the time that payments are looked
    /// for in; and what did not come yet.
    pub billed: i64,
    pub settled: i64,
    pub outstanding: i64,
    /// How many stand where, whatever state is asked for.
    pub states: HashMap<State, i64>,
    /// How many are past their due date.
    pub overdue: i64,
}

/// A page of invoices with whom they are for, newest first.
pub async fn rows(app: &App, filter: &Filter, cut: Cut) -> Result<Page<Row>, Error> {
    let found = invoices::list(&app.db, filter, cut.cursor, cut.fetch()).await?;
    let page = cut.page(found, |invoice| invoice.id.0, |invoice| invoice);
    let ids = page.data.iter().map(|invoice| invoice.id.0).collect();
    let payments = invoices::payments(&app.db, ids).await?;
    let tickets = page.data.iter().map(|invoice| invoice.ticket.0).collect();
    let whose: HashMap<i64, CustomerId> = invoices::whose(&app.db, tickets)
        .await?
        .into_iter()
        .map(|(ticket, customer)| (ticket.0, customer))
        .collect();
    let customers = whose.values().map(|id| id.0).collect();
    let names: HashMap<i64, String> = store::customers::by_ids(&app.db, customers)
        .await?
        .into_iter()
        .map(|customer| (customer.id.0, customer.name))
        .collect();
    let row = |invoice: Invoice| {
        let customer = whose.get(&invoice.ticket.0).copied();
        let customer = customer.unwrap_or(CustomerId(0));
        let name = names.get(&customer.0).cloned().unwrap_or_default();
        row(app, invoice, (customer, name), (&payments, filter.span))
    };
    Ok(Page {
        data: page.data.into_iter().map(row).collect(),
        next_cursor: page.next_cursor,
    })
}

fn row(
    app: &App,
    invoice: Invoice,
    (customer, name): (CustomerId, String),
    (payments, span): (&[invoices::Paid], Option<Span>),
) -> Row {
    let own = payments.iter().filter(|paid| paid.invoice == invoice.id);
    let own: Vec<_> = own.cloned().collect();
    let left = if invoice.state.is_final() {
        outstanding(&invoice, &own).0
    } else {
        0
    };
    let counted = own.iter().filter(|paid| paid.reversed_at.is_none());
    let (mut paid, mut withheld, mut paid_on) = (0_i64, 0_i64, None);
    for payment in counted.filter(|paid| span.is_none_or(|span| span.takes(paid.paid_on))) {
        paid = paid.saturating_add(payment.amount.0);
        withheld = withheld.saturating_add(payment.withheld.0);
        paid_on = paid_on.max(Some(payment.paid_on));
    }
    let is_past = invoice.due_date.is_some_and(|due| due < app.today());
    Row {
        id: invoice.id,
        number: invoice.number,
        state: invoice.state,
        ticket: invoice.ticket,
        customer,
        name,
        totals: invoice.totals,
        paid,
        withheld,
        outstanding: left,
        due_date: invoice.due_date,
        is_overdue: is_past && invoice.state.takes_payments(),
        created_at: invoice.created_at,
        approved_at: invoice.approved_at,
        sent_at: invoice.sent_at,
        paid_on,
    }
}

/// What a filter finds in sums, and how many stand where without its state.
pub async fn overview(app: &App, filter: &Filter) -> Result<Overview, Error> {
    let anywhere = Filter {
        states: Vec::new(),
        overdue_on: None,
        ..filter.clone()
    };
    let overdue = Filter {
        overdue_on: Some(app.today()),
        ..anywhere.clone()
    };
    let found = invoices::tally(&app.db, filter).await?;
    let billed = found.iter().filter(|tally| tally.state.is_final());
    let billed = billed.fold(0_i64, |sum, tally| sum.saturating_add(tally.total));
    let settled = invoices::settled(&app.db, filter, true).await?;
    let ever = invoices::settled(&app.db, filter, false).await?;
    let states = invoices::tally(&app.db, &anywhere).await?;
    let late = invoices::tally(&app.db, &overdue).await?;
    Ok(Overview {
        count: found.iter().map(|tally| tally.count).sum(),
        billed,
        settled,
        outstanding: billed - ever,
        states: states
            .into_iter()
            .map(|tally| (tally.state, tally.count))
            .collect(),
        overdue: late.iter().map(|tally| tally.count).sum(),
    })
}

/// How many wait for the office: drafts to submit, and approved ones to send.
pub async fn waiting(app: &App) -> Result<u64, Error> {
    let filter = Filter {
        states: vec![State::Draft, State::Approved],
        ..Filter::default()
    };
    let count: i64 = invoices::tally(&app.db, &filter)
        .await?
        .iter()
        .map(|tally| tally.count)
        .sum();
    Ok(u64::try_from(count).unwrap_or(0))
}

/// A time between two dates where the company is, both included; none without any.
pub fn span(app: &App, by: By, first: Option<NaiveDate>, last: Option<NaiveDate>) -> Option<Span> {
    if first.is_none() && last.is_none() {
        return None;
    }
    let begin = |date| app.zone().moment(date, NaiveTime::MIN);
    let after = last.map(|last| last.checked_add_days(Days::new(1)).unwrap_or(last));
    Some(Span {
        by,
        dates: (first, last),
        moments: (first.map(begin), after.map(begin)),
    })
}
