//! Invoices as people and programs see them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::invoice::{Discount, Line};
use domain::money::Rupiah;
use serde::Serialize;
use serde_json::Number;
use utoipa::ToSchema;

use crate::app::invoices::outstanding;
use crate::app::tickets::{Named, People};
use crate::app::{App, Error};
use crate::store::invoices::{self, Invoice, Paid, Revision};
use crate::store::{self, Source};

/// What a customer owes for a job.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Invoice)]
pub struct View {
    pub id: String,
    /// `INV/2026/XI/0001`; `null` until it is approved.
    #[schema(required)]
    pub number: Option<String>,
    pub ticket_id: String,
    /// `draft`, `submitted`, `approved`, `sent`, `paid` or `void`.
    pub state: &'static str,
    pub version: i32,
    pub lines: Vec<LineView>,
    pub discount: DiscountView,
    /// Whole rupiah, as every amount here.
    pub subtotal: i64,
    pub discount_amount: i64,
    /// What the tax is computed of (DPP); 0 without tax.
    pub tax_base: i64,
    /// 0 when the company charges no tax.
    pub vat_percent: i64,
    pub vat: i64,
    pub total: i64,
    pub paid: i64,
    pub outstanding: i64,
    /// Income tax (PPh 23) that this customer may withhold; `null`: he does not.
    #[schema(required)]
    pub withholding: Option<i64>,
    /// The customer's page; `null` until it is approved.
    #[schema(required)]
    pub link: Option<String>,
    #[schema(required)]
    pub due_date: Option<NaiveDate>,
    pub revisions: Vec<RevisionView>,
    pub payments: Vec<PaymentView>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = InvoiceLine)]
pub struct LineView {
    pub description: String,
    #[schema(value_type = f64)]
    pub quantity: Number,
    pub unit: String,
    pub unit_price: i64,
    pub amount: i64,
}

/// What is taken off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = InvoiceDiscount)]
pub struct DiscountView {
    /// `amount` or `percent`.
    pub kind: &'static str,
    /// Rupiah or percent.
    #[schema(value_type = f64)]
    pub value: Number,
}

/// One change, with who made it and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = InvoiceRevision)]
pub struct RevisionView {
    pub version: i32,
    /// `null`: the system itself.
    #[schema(required)]
    pub by: Option<Named>,
    pub at: DateTime<Utc>,
    /// E.g. `drafted`, `edited`, `submitted`, `revised`, `approved`, `rejected`, `voided`.
    pub what: String,
    #[schema(required)]
    pub reason: Option<String>,
    /// The sums as they were then.
    #[schema(value_type = Object)]
    pub sums: serde_json::Value,
}

/// Money that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Payment)]
pub struct PaymentView {
    pub id: String,
    /// `transfer`, `qris`, `cash`, `card` or `other`.
    pub method: &'static str,
    pub amount: i64,
    /// Income tax that the customer withheld.
    pub withheld: i64,
    pub paid_on: NaiveDate,
    #[schema(required)]
    pub reference: Option<String>,
    /// The id of a document.
    #[schema(required)]
    pub proof: Option<String>,
    #[schema(required)]
    pub reversed_at: Option<DateTime<Utc>>,
    #[schema(required)]
    pub by: Option<Named>,
    pub created_at: DateTime<Utc>,
}

/// Invoices as people see them, with everything about them read in a few queries.
pub(crate) async fn views(app: &App, source: &impl Source, list: Vec<Invoice>) -> Result<Vec<View>, Error> {
    let ids: Vec<i64> = list.iter().map(|invoice| invoice.id.0).collect();
    let revisions = invoices::revisions(source, ids.clone()).await?;
    let payments = invoices::payments(source, ids).await?;
    let who = revisions.iter().filter_map(|revision| revision.by);
    let people = People::load(source, who.chain(payments.iter().filter_map(|paid| paid.by))).await?;
    let mut views = Vec::with_capacity(list.len());
    for invoice in list {
        let own: Vec<Paid> = payments
            .iter()
            .filter(|paid| paid.invoice == invoice.id)
            .cloned()
            .collect();
        let mut view = view(app, &invoice, &own, &people);
        view.revisions = revisions
            .iter()
            .filter(|revision| revision.invoice == invoice.id)
            .map(|revision| revision_view(revision, &people))
            .collect();
        view.withholding = withholding(source, &invoice).await?;
        views.push(view);
    }
    Ok(views)
}

fn view(app: &App, invoice: &Invoice, payments: &[Paid], people: &People) -> View {
    let left = outstanding(invoice, payments);
    let is_over = invoice.state == domain::invoice::State::Void;
    View {
        id: invoice.id.to_string(),
        number: invoice.number.clone(),
        ticket_id: invoice.ticket.to_string(),
        state: invoice.state.as_str(),
        version: invoice.version,
        lines: invoice.lines.iter().map(line_view).collect(),
        discount: discount_view(invoice.discount),
        subtotal: invoice.totals.subtotal.0,
        discount_amount: invoice.totals.discount.0,
        tax_base: invoice.totals.tax_base.0,
        vat_percent: invoice.totals.vat_percent,
        vat: invoice.totals.vat.0,
        total: invoice.totals.total.0,
        paid: invoice.totals.total.0 - left.0,
        outstanding: if is_over { 0 } else { left.0 },
        withholding: None,
        link: invoice.token.as_deref().map(|token| app.link("i", token)),
        due_date: invoice.due_date,
        revisions: Vec::new(),
        payments: payments.iter().map(|paid| payment_view(paid, people)).collect(),
        created_at: invoice.created_at,
        updated_at: invoice.updated_at,
    }
}

async fn withholding(source: &impl Source, invoice: &Invoice) -> Result<Option<i64>, Error> {
    let withholds = match (
        invoice.withholds,
        store::tickets::by_id(source, invoice.ticket).await?,
    ) {
        (Some(withholds), _) => withholds,
        (None, Some(ticket)) => {
            let customer = store::customers::by_id(source, ticket.customer).await?;
            customer.is_some_and(|customer| customer.withholds_pph23)
        }
        (None, None) => false,
    };
    Ok(withholds
        .then(|| domain::tax::pph_23(invoice.totals.net.0))
        .flatten())
}

fn line_view(line: &Line) -> LineView {
    LineView {
        description: line.description.clone(),
        quantity: parts(line.quantity.0, 1_000),
        unit: line.unit.clone(),
        unit_price: line.unit_price.0,
        amount: line.amount().map_or(0, |Rupiah(amount)| amount),
    }
}

fn discount_view(discount: Discount) -> DiscountView {
    match discount {
        Discount::Amount(Rupiah(amount)) => DiscountView {
            kind: "amount",
            value: amount.into(),
        },
        Discount::Percent(hundredths) => DiscountView {
            kind: "percent",
            value: parts(hundredths, 100),
        },
    }
}

/// So many parts of a whole as a number: whole where it is.
fn parts(count: i64, whole: i64) -> Number {
    if count % whole == 0 {
        return (count / whole).into();
    }
    let width = if whole == 100 { 2 } else { 3 };
    let text = format!("{}.{:0width$}", count / whole, count % whole);
    text.parse().unwrap_or_else(|_| (count / whole).into())
}

fn revision_view(revision: &Revision, people: &People) -> RevisionView {
    RevisionView {
        version: revision.version,
        by: revision.by.map(|id| people.named(id)),
        at: revision.at,
        what: revision.what.clone(),
        reason: revision.reason.clone(),
        sums: serde_json::from_str(&revision.sums).unwrap_or_default(),
    }
}

pub(crate) fn payment_view(paid: &Paid, people: &People) -> PaymentView {
    PaymentView {
        id: paid.id.to_string(),
        method: paid.method.as_str(),
        amount: paid.amount.0,
        withheld: paid.withheld.0,
        paid_on: paid.paid_on,
        reference: paid.reference.clone(),
        proof: paid.proof.map(|id| id.to_string()),
        reversed_at: paid.reversed_at,
        by: paid.by.map(|id| people.named(id)),
        created_at: paid.created_at,
    }
}
