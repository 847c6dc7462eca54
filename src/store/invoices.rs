//! What customers owe. Every change is conditional on the version that was read.

mod links;
mod papers;
mod payments;
mod proofs;
mod reminders;
mod revisions;
mod search;

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{CustomerId, InvoiceId, TicketId, UserId};
use domain::invoice::{Discount, Line, State, Totals};
use domain::money::Rupiah;
use sea_orm::sea_query::{LockType, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, NotSet, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use crate::store::entity::invoice::{ActiveModel, Column, Entity, Model};
use crate::store::entity::ticket;
pub use crate::store::invoices::links::{by_old_token, replace_link};
pub use crate::store::invoices::papers::{is_paper, keep_paper, paper, without_paper};
pub use crate::store::invoices::payments::{Paid, pay, payment, payments, reverse};
pub use crate::store::invoices::proofs::{Proof, add_proof, proof, proofs};
pub use crate::store::invoices::reminders::{due_between, remind, reminded};
pub use crate::store::invoices::revisions::{Revision, revise, revisions, was_paid};
pub use crate::store::invoices::search::{By, Filter, Span, Tally, list, settled, tally, whose};
use crate::store::{Error, Source, Tx};

/// One invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    pub id: InvoiceId,
    pub ticket: TicketId,
    pub state: State,
    /// Counts changes: a decision about an older one decides nothing.
    pub version: i32,
    /// Given with the approval, never before.
    pub number: Option<String>,
    pub lines: Vec<Line>,
    pub discount: Discount,
    pub totals: Totals,
    /// The version of the rounding rule.
    pub rounding: i16,
    /// The date whose tax it is; `None`: the seller charges none.
    pub taxed_on: Option<NaiveDate>,
    pub due_date: Option<NaiveDate>,
    /// What the customer's link ends with.
    pub token: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub approved_at: Option<DateTime<Utc>>,
    pub approved_by: Option<UserId>,
    pub sent_at: Option<DateTime<Utc>>,
    pub paid_at: Option<DateTime<Utc>>,
    /// Whether the customer withheld when it was approved; `None` before that.
    pub withholds: Option<bool>,
    /// Who asked for the money when it was approved, as JSON.
    pub issuer: Option<String>,
}

impl TryFrom<Model> for Invoice {
    type Error = Error;
    fn try_from(row: Model) -> Result<Self, Error> {
        let unreadable = |what: &'static str| Error::Unreadable {
            what,
            value: format!("invoice {}", row.id),
        };
        let net = row.subtotal - row.discount_amount;
        Ok(Self {
            id: InvoiceId(row.id),
            ticket: TicketId(row.ticket_id),
            state: row.state.parse().map_err(|_| unreadable("invoice state"))?,
            version: row.version,
            lines: serde_json::from_str(&row.lines).map_err(|_| unreadable("invoice lines"))?,
            discount: match row.discount_kind.as_str() {
                "amount" => Discount::Amount(Rupiah(row.discount_value)),
                "percent" => Discount::Percent(row.discount_value),
                _ => return Err(unreadable("invoice discount")),
            },
            totals: Totals {
                subtotal: Rupiah(row.subtotal),
                discount: Rupiah(row.discount_amount),
                net: Rupiah(net),
                tax_base: Rupiah(row.tax_base),
                vat_percent: row.vat_percent,
                vat: Rupiah(row.vat),
                total: Rupiah(row.total),
            },
            number: row.number,
            rounding: row.rounding,
            taxed_on: row.taxed_on,
            due_date: row.due_date,
            token: row.token,
            created_at: row.created_at,
            updated_at: row.updated_at,
            submitted_at: row.submitted_at,
            approved_at: row.approved_at,
            approved_by: row.approved_by.map(UserId),
            sent_at: row.sent_at,
            paid_at: row.paid_at,
            withholds: row.withholds,
            issuer: row.issuer,
        })
    }
}

/// Adds an invoice; the id and version are the database's. [`Error::Taken`]: its ticket has a live one.
pub async fn insert(tx: &Tx, invoice: Invoice) -> Result<Invoice, Error> {
    let row = ActiveModel {
        id: NotSet,
        version: Set(1),
        ..fields(&invoice)
    };
    row.insert(&tx.inner).await?.try_into()
}

/// Writes an invoice back, if nobody else has since `invoice.version`. `None`: somebody has.
pub async fn update(tx: &Tx, invoice: &Invoice) -> Result<Option<Invoice>, Error> {
    let row = ActiveModel {
        id: NotSet,
        version: Set(invoice.version + 1),
        ..fields(invoice)
    };
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(invoice.id.0))
        .filter(Column::Version.eq(invoice.version))
        .exec(&tx.inner)
        .await?;
    Ok((done.rows_affected > 0).then(|| Invoice {
        version: invoice.version + 1,
        ..invoice.clone()
    }))
}

/// One invoice.
pub async fn by_id(source: &impl Source, id: InvoiceId) -> Result<Option<Invoice>, Error> {
    let row = Entity::find_by_id(id.0).one(source.connection()).await?;
    row.map(TryInto::try_into).transpose()
}

/// One invoice, held until the commit: payments that come together are counted one after the other.
pub async fn by_id_locked(tx: &Tx, id: InvoiceId) -> Result<Option<Invoice>, Error> {
    let row = Entity::find_by_id(id.0)
        .lock(LockType::NoKeyUpdate)
        .one(&tx.inner)
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// The invoice whose link ends with this.
pub async fn by_token(source: &impl Source, token: &str) -> Result<Option<Invoice>, Error> {
    let row = Entity::find()
        .filter(Column::Token.eq(token))
        .one(source.connection())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// The invoice of a ticket that is not void.
pub async fn live_of(source: &impl Source, ticket: TicketId) -> Result<Option<Invoice>, Error> {
    let row = Entity::find()
        .filter(Column::TicketId.eq(ticket.0))
        .filter(Column::State.ne(State::Void.as_str()))
        .one(source.connection())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// The newest invoice of a ticket, void or not.
pub async fn last_of(source: &impl Source, ticket: TicketId) -> Result<Option<Invoice>, Error> {
    let row = Entity::find()
        .filter(Column::TicketId.eq(ticket.0))
        .order_by_desc(Column::Id)
        .one(source.connection())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// What this customer got and has not paid, the oldest first.
pub async fn owed_by(source: &impl Source, customer: CustomerId, limit: u64) -> Result<Vec<Invoice>, Error> {
    let mut tickets = Query::select();
    tickets
        .column(ticket::Column::Id)
        .from(ticket::Entity)
        .and_where(ticket::Column::CustomerId.eq(customer.0));
    let rows = Entity::find()
        .filter(Column::State.eq(State::Sent.as_str()))
        .filter(Column::TicketId.in_subquery(tickets))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The live invoices of these tickets, as ids.
pub async fn live_ids(source: &impl Source, tickets: Vec<i64>) -> Result<Vec<(TicketId, InvoiceId)>, Error> {
    if tickets.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, i64)> = Entity::find()
        .select_only()
        .column(Column::TicketId)
        .column(Column::Id)
        .filter(Column::TicketId.is_in(tickets))
        .filter(Column::State.ne(State::Void.as_str()))
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(ticket, id)| (TicketId(ticket), InvoiceId(id)))
        .collect())
}

fn fields(invoice: &Invoice) -> ActiveModel {
    let (kind, value) = match invoice.discount {
        Discount::Amount(Rupiah(amount)) => ("amount", amount),
        Discount::Percent(hundredths) => ("percent", hundredths),
    };
    let row = Model {
        id: invoice.id.0,
        ticket_id: invoice.ticket.0,
        state: invoice.state.as_str().to_owned(),
        version: invoice.version,
        number: invoice.number.clone(),
        lines: serde_json::to_string(&invoice.lines).unwrap_or_default(),
        discount_kind: kind.to_owned(),
        discount_value: value,
        subtotal: invoice.totals.subtotal.0,
        discount_amount: invoice.totals.discount.0,
        tax_base: invoice.totals.tax_base.0,
        vat_percent: invoice.totals.vat_percent,
        vat: invoice.totals.vat.0,
        total: invoice.totals.total.0,
        rounding: invoice.rounding,
        taxed_on: invoice.taxed_on,
        due_date: invoice.due_date,
        token: invoice.token.clone(),
        created_at: invoice.created_at,
        updated_at: invoice.updated_at,
        submitted_at: invoice.submitted_at,
        approved_at: invoice.approved_at,
        approved_by: invoice.approved_by.map(|id| id.0),
        sent_at: invoice.sent_at,
        paid_at: invoice.paid_at,
        withholds: invoice.withholds,
        issuer: invoice.issuer.clone(),
    };
    row.into_active_model().reset_all()
}
