//! Payments of invoices, and their reversals.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{DocumentId, InvoiceId, PaymentId, UserId};
use domain::money::Rupiah;
use domain::payment::{Method, Payment};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, Set};

use crate::store::entity::payment::{ActiveModel, Column, Entity, Model};
use crate::store::{Error, Source, Tx};

/// One payment as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    pub id: PaymentId,
    pub invoice: InvoiceId,
    pub method: Method,
    pub amount: Rupiah,
    /// Income tax that the customer withheld.
    pub withheld: Rupiah,
    pub paid_on: NaiveDate,
    pub reference: Option<String>,
    pub proof: Option<DocumentId>,
    pub by: Option<UserId>,
    pub created_at: DateTime<Utc>,
    pub reversed_at: Option<DateTime<Utc>>,
    pub reversed_by: Option<UserId>,
    pub reverse_reason: Option<String>,
}

impl Paid {
    /// As far as the sum counts.
    pub fn counted(&self) -> Payment {
        Payment {
            amount: self.amount,
            withheld: self.withheld,
            is_reversed: self.reversed_at.is_some(),
        }
    }
}

impl TryFrom<Model> for Paid {
    type Error = Error;
    fn try_from(row: Model) -> Result<Self, Error> {
        let method = row.method.parse().map_err(|_| Error::Unreadable {
            what: "payment method",
            value: row.method.clone(),
        })?;
        Ok(Self {
            id: PaymentId(row.id),
            invoice: InvoiceId(row.invoice_id),
            method,
            amount: Rupiah(row.amount),
            withheld: Rupiah(row.withheld),
            paid_on: row.paid_on,
            reference: row.reference,
            proof: row.proof_id.map(DocumentId),
            by: row.user_id.map(UserId),
            created_at: row.created_at,
            reversed_at: row.reversed_at,
            reversed_by: row.reversed_by.map(UserId),
            reverse_reason: row.reverse_reason,
        })
    }
}

/// Records a payment; the id is the database's.
pub async fn pay(tx: &Tx, paid: Paid) -> Result<Paid, Error> {
    let row = ActiveModel {
        id: NotSet,
        invoice_id: Set(paid.invoice.0),
        method: Set(paid.method.as_str().to_owned()),
        amount: Set(paid.amount.0),
        withheld: Set(paid.withheld.0),
        paid_on: Set(paid.paid_on),
        reference: Set(paid.reference),
        proof_id: Set(paid.proof.map(|id| id.0)),
        user_id: Set(paid.by.map(|id| id.0)),
        created_at: Set(paid.created_at),
        reversed_at: Set(None),
        reversed_by: Set(None),
        reverse_reason: Set(None),
    };
    row.insert(&tx.inner).await?.try_into()
}

/// One payment.
pub async fn payment(source: &impl Source, id: PaymentId) -> Result<Option<Paid>, Error> {
    let row = Entity::find_by_id(id.0).one(source.connection()).await?;
    row.map(TryInto::try_into).transpose()
}

/// The payments of these invoices, oldest first, reversed ones too.
pub async fn payments(source: &impl Source, invoices: Vec<i64>) -> Result<Vec<Paid>, Error> {
    if invoices.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::InvoiceId.is_in(invoices))
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Takes a payment back. `false`: it was before.
pub async fn reverse(
    tx: &Tx,
    id: PaymentId,
    by: Option<UserId>,
    why: &str,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::ReversedAt, Expr::value(at))
        .col_expr(Column::ReversedBy, Expr::value(by.map(|id| id.0)))
        .col_expr(Column::ReverseReason, Expr::value(why))
        .filter(Column::Id.eq(id.0))
        .filter(Column::ReversedAt.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}
