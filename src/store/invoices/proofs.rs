//! What customers send to prove that they paid: which file is for which invoice.

use chrono::{DateTime, Utc};
use domain::document::State;
use domain::ids::{ContactId, DocumentId, InvoiceId};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::store::documents::Document;
use crate::store::entity::{document, invoice_proof};
use crate::store::{Error, Source, Tx};

/// One file's purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    pub document: DocumentId,
    pub invoice: InvoiceId,
    /// The chat that it came in; `None`: the page.
    pub contact: Option<ContactId>,
}

/// Notes what a file is for.
pub async fn add_proof(tx: &Tx, proof: Proof, at: DateTime<Utc>) -> Result<(), Error> {
    let row = invoice_proof::ActiveModel {
        document_id: Set(proof.document.0),
        invoice_id: Set(proof.invoice.0),
        contact_id: Set(proof.contact.map(|id| id.0)),
        at: Set(at),
    };
    invoice_proof::Entity::insert(row)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(())
}

/// What a file is for, if it is a proof.
pub async fn proof(source: &impl Source, document: DocumentId) -> Result<Option<Proof>, Error> {
    let row = invoice_proof::Entity::find_by_id(document.0)
        .one(source.connection())
        .await?;
    Ok(row.map(|row| Proof {
        document: DocumentId(row.document_id),
        invoice: InvoiceId(row.invoice_id),
        contact: row.contact_id.map(ContactId),
    }))
}

/// The proofs of an invoice that count or still may, in the order in which they came.
pub async fn proofs(source: &impl Source, invoice: InvoiceId) -> Result<Vec<Document>, Error> {
    let mut own = Query::select();
    own.column(invoice_proof::Column::DocumentId)
        .from(invoice_proof::Entity)
        .and_where(invoice_proof::Column::InvoiceId.eq(invoice.0));
    let rows = document::Entity::find()
        .filter(document::Column::Id.in_subquery(own))
        .filter(document::Column::State.is_in([State::Waiting.as_str(), State::Ready.as_str()]))
        .order_by_asc(document::Column::Id)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}
