//! An invoice as the office's page needs it: with its moments, who decides it, and why payments were taken back.

use chrono::{DateTime, Utc};
use domain::ids::InvoiceId;
use domain::invoice::{Discount, Line, State, Totals};

use crate::app::invoices::submit::judges_of;
use crate::app::invoices::view::{PaymentView, View, payment_view, views};
use crate::app::tickets::People;
use crate::app::{App, Error};
use crate::store::invoices::{self, Paid};

/// One invoice and what belongs to it.
#[derive(Debug, Clone)]
pub struct Desk {
    pub view: View,
    pub state: State,
    pub lines: Vec<Line>,
    pub discount: Discount,
    pub totals: Totals,
    pub submitted_at: Option<DateTime<Utc>>,
    pub approved_at: Option<DateTime<Utc>>,
    pub sent_at: Option<DateTime<Utc>>,
    pub paid_at: Option<DateTime<Utc>>,
    /// Approved or sent, and past its due date.
    pub is_overdue: bool,
    pub payments: Vec<Payment>,
    /// While it waits: the names of those who may approve it.
    pub judges: Vec<String>,
}

/// A payment, and who took it back why.
#[derive(Debug, Clone)]
pub struct Payment {
    pub view: PaymentView,
    pub reversed_by: Option<String>,
    pub reverse_reason: Option<String>,
}

/// One invoice for the office.
pub async fn desk(app: &App, id: InvoiceId) -> Result<Desk, Error> {
    let invoice = invoices::by_id(&app.db, id).await?.ok_or(Error::Missing)?;
    let paid = invoices::payments(&app.db, vec![id.0]).await?;
    let who: Vec<_> = paid.iter().flat_map(|paid| [paid.by, paid.reversed_by]).collect();
    let people = People::load(&app.db, who.into_iter().flatten()).await?;
    let payment = |paid: &Paid| Payment {
        view: payment_view(paid, &people),
        reversed_by: paid.reversed_by.map(|id| people.named(id).name),
        reverse_reason: paid.reverse_reason.clone(),
    };
    let judges = if invoice.state == State::Submitted {
        let judges = judges_of(&app.db, &invoice).await?;
        judges.into_iter().map(|user| user.name).collect()
    } else {
        Vec::new()
    };
    let is_past = invoice.due_date.is_some_and(|due| due < app.today());
    Ok(Desk {
        state: invoice.state,
        lines: invoice.lines.clone(),
        discount: invoice.discount,
        totals: invoice.totals,
        submitted_at: invoice.submitted_at,
        approved_at: invoice.approved_at,
        sent_at: invoice.sent_at,
        paid_at: invoice.paid_at,
        is_overdue: is_past && invoice.state.takes_payments(),
        payments: paid.iter().map(payment).collect(),
        judges,
        view: views(app, &app.db, vec![invoice])
            .await?
            .pop()
            .ok_or(Error::Missing)?,
    })
}
