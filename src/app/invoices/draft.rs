//! The draft: begun from the price list, edited by admins, given up when nothing is charged.

use chrono::{DateTime, NaiveDate, Utc};
use dialogues::sheet::How;
use domain::calendar;
use domain::ids::{InvoiceId, TicketId};
use domain::invalid::{Fault, Invalid};
use domain::invoice::{Discount, Line, Quantity, State, Totals};
use domain::money::Rupiah;
use domain::tax::{ROUNDING, Vat};
use domain::ticket::{Status, reason};
use futures::FutureExt;

use crate::app::act::Act;
use crate::app::invoices::view::{View, views};
use crate::app::invoices::{Change, change, keep, priced, submit, taxed, totals};
use crate::app::{App, Error, Refusal, notices};
use crate::store::invoices::Invoice;
use crate::store::tickets::Ticket;
use crate::store::{self, Source, Tx};

/// What to change of a draft; `None` leaves it.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    pub version: Option<i32>,
    pub lines: Option<Vec<Line>>,
    pub discount: Option<Discount>,
    /// `YYYY-MM-DD`; `Some(None)`: by the company's terms.
    pub due_date: Option<Option<String>>,
}

/// The draft of a ticket that has just become done; sales are asked at once where the company wants that. Whoever
/// comes here holds the ticket.
pub(crate) async fn draft(app: &App, tx: &Tx, ticket: &Ticket, at: DateTime<Utc>) -> Result<Invoice, Error> {
    if let Some(live) = store::invoices::live_of(tx, ticket.id).await? {
        return Ok(live);
    }
    let (lines, by) = (listed(tx, ticket).await?, Act::system(at));
    let invoice = begun(app, tx, &by, ticket.id, (lines, Discount::NONE)).await?;
    if app.settings().billing.auto_submit && invoice.totals.total > Rupiah(0) {
        return match submit::hand_over(app, tx, &by, &invoice).await {
            // It stays a draft, for the admin to see why when he submits it himself.
            Err(Error::Refused(_)) => Ok(invoice),
            other => other,
        };
    }
    Ok(invoice)
}

/// What was done, by the price list.
async fn listed(tx: &Tx, ticket: &Ticket) -> Result<Vec<Line>, Error> {
    let service = store::services::by_id(tx, ticket.service).await?;
    let service = service.ok_or(Error::Missing)?;
    let line = Line {
        description: service.name,
        quantity: Quantity::ONE,
        unit: "unit".to_owned(),
        unit_price: service.base_price,
    };
    Ok(vec![line])
}

/// Another draft, to be corrected by whoever asked for it: as the void invoice before it was, if there is one.
async fn anew(app: &App, tx: &Tx, by: &Act, ticket: &Ticket) -> Result<Invoice, Error> {
    let void = store::invoices::last_of(tx, ticket.id).await?;
    let content = match void.filter(|void| !void.lines.is_empty()) {
        Some(void) => (void.lines, void.discount),
        None => (listed(tx, ticket).await?, Discount::NONE),
    };
    begun(app, tx, by, ticket.id, content).await
}

async fn begun(
    app: &App,
    tx: &Tx,
    by: &Act,
    ticket: TicketId,
    (lines, discount): (Vec<Line>, Discount),
) -> Result<Invoice, Error> {
    let mut blank = blank(ticket, by.at);
    priced(app, &mut blank, lines, discount)?;
    let invoice = store::invoices::insert(tx, blank).await?;
    let drafted = Change {
        what: "drafted",
        action: "invoice_drafted",
        reason: None,
    };
    keep(tx, by, &invoice, drafted).await?;
    Ok(invoice)
}

fn blank(ticket: TicketId, at: DateTime<Utc>) -> Invoice {
    let nothing = Rupiah(0);
    Invoice {
        id: InvoiceId(0),
        ticket,
        state: State::Draft,
        version: 1,
        number: None,
        lines: Vec::new(),
        discount: Discount::NONE,
        totals: Totals {
            subtotal: nothing,
            discount: nothing,
            net: nothing,
            tax_base: nothing,
            vat_percent: 0,
            vat: nothing,
            total: nothing,
        },
        rounding: ROUNDING,
        taxed_on: None,
        due_date: None,
        token: None,
        created_at: at,
        updated_at: at,
        submitted_at: None,
        approved_at: None,
        approved_by: None,
        sent_at: None,
        paid_at: None,
        withholds: None,
        issuer: None,
    }
}

/// Whether a ticket without a live invoice may have another: it is done, or it was closed by a payment that was taken
/// back since. What was closed without charge stays so.
pub async fn may_bill(app: &App, id: TicketId, status: Status) -> Result<bool, Error> {
    is_billable(&app.db, id, status).await
}

async fn is_billable(source: &impl Source, id: TicketId, status: Status) -> Result<bool, Error> {
    Ok(match status {
        Status::Done => true,
        Status::Closed => store::invoices::was_paid(source, id).await?,
        _ => false,
    })
}

/// The live invoice of a ticket that is done; a new draft when it has none. `true`: it is new.
pub async fn open(app: &App, act: &Act, id: TicketId) -> Result<(View, bool), Error> {
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let ticket = store::tickets::by_id_locked(tx, id)
                .await?
                .ok_or(Error::Missing)?;
            let live = store::invoices::live_of(tx, id).await?;
            if live.is_none() && !is_billable(tx, id, ticket.status).await? {
                return Err(Refusal::WrongState { now: ticket.status }.into());
            }
            let is_new = live.is_none();
            let invoice = match live {
                Some(live) => live,
                None => anew(&app_, tx, &by, &ticket).await?,
            };
            Ok(Opened {
                view: views(&app_, tx, vec![invoice])
                    .await?
                    .pop()
                    .ok_or(Error::Missing)?,
                is_new,
            })
        }
        .boxed()
    })
    .await
    .map(|opened| (opened.view, opened.is_new))
}

/// As [`View`] in the answer that is kept.
#[derive(serde::Serialize)]
struct Opened {
    #[serde(flatten)]
    view: View,
    #[serde(skip)]
    is_new: bool,
}

/// Changes a draft.
pub async fn edit(app: &App, act: &Act, id: InvoiceId, edit: Edit) -> Result<View, Error> {
    let due_date = edit.due_date.map(|date| due(app, date.as_deref())).transpose()?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let mut invoice = store::invoices::by_id(tx, id).await?.ok_or(Error::Missing)?;
            if edit.version.is_some_and(|version| version != invoice.version) {
                return Err(Error::Stale);
            }
            if invoice.state != State::Draft {
                return Err(Refusal::InvoiceState { now: invoice.state }.into());
            }
            let before = invoice.clone();
            let lines = edit.lines.unwrap_or_else(|| invoice.lines.clone());
            let discount = edit.discount.unwrap_or(invoice.discount);
            priced(&app_, &mut invoice, lines, discount)?;
            if let Some(date) = due_date {
                invoice.due_date = date;
            }
            if invoice == before {
                // Nothing was changed: no revision, and nobody else's form grows old of it.
                return views(&app_, tx, vec![invoice]).await?.pop().ok_or(Error::Missing);
            }
            let edited = Change {
                what: "edited",
                action: "invoice_changed",
                reason: None,
            };
            let invoice = change(tx, &by, &invoice, edited).await?;
            views(&app_, tx, vec![invoice]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

/// What these lines come to today, without writing anything.
pub fn quote(app: &App, lines: &[Line], discount: Discount) -> Result<Totals, Invalid> {
    totals(taxed(app).and_then(Vat::on), lines, discount)
}

fn due(app: &App, date: Option<&str>) -> Result<Option<NaiveDate>, Error> {
    let Some(text) = date else { return Ok(None) };
    let wrong = |fault: Fault| Invalid::one("due_date", fault);
    let date = calendar::date(text).map_err(wrong)?;
    Ok(Some(calendar::plannable(date, app.today()).map_err(wrong)?))
}

/// Voids an invoice that nobody has paid; a ticket that is done may then have a new one.
pub async fn void(app: &App, act: &Act, id: InvoiceId, why: &str) -> Result<View, Error> {
    let why = reason(why).map_err(|fault| Invalid::one("reason", fault))?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            let invoice = store::invoices::by_id_locked(tx, id)
                .await?
                .ok_or(Error::Missing)?;
            if !invoice.state.may_become(State::Void) {
                return Err(Refusal::InvoiceState { now: invoice.state }.into());
            }
            let payments = store::invoices::payments(tx, vec![id.0]).await?;
            if payments.iter().any(|paid| paid.reversed_at.is_none()) {
                return Err(Refusal::HasPayments.into());
            }
            let invoice = make_void(&app_, tx, &by, &invoice, &why).await?;
            views(&app_, tx, vec![invoice]).await?.pop().ok_or(Error::Missing)
        }
        .boxed()
    })
    .await
}

async fn make_void(app: &App, tx: &Tx, by: &Act, invoice: &Invoice, why: &str) -> Result<Invoice, Error> {
    let was_submitted = invoice.state == State::Submitted;
    let void = Invoice {
        state: State::Void,
        ..invoice.clone()
    };
    let voided = Change {
        what: "voided",
        action: "invoice_voided",
        reason: Some(why),
    };
    let void = change(tx, by, &void, voided).await?;
    if was_submitted {
        let reason = why.to_owned();
        submit::take_back(app, tx, by, &void, How::Voided { reason }).await?;
    }
    if invoice.state == State::Sent {
        notices::bill::hushed(app, tx, void.ticket, by.at).await?;
    }
    Ok(void)
}

/// A ticket is closed without charge: its draft goes; an invoice that sales approved must be voided first.
pub(crate) async fn forgo(app: &App, tx: &Tx, by: &Act, ticket: TicketId, why: &str) -> Result<(), Error> {
    match store::invoices::live_of(tx, ticket).await? {
        None => Ok(()),
        Some(invoice) if invoice.state.is_final() => Err(Refusal::HasInvoice.into()),
        Some(invoice) => make_void(app, tx, by, &invoice, why).await.map(drop),
    }
}
