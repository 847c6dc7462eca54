//! Links that were replaced by others.

use chrono::{DateTime, Utc};
use domain::ids::InvoiceId;
use sea_orm::{EntityTrait, Set};

use crate::store::entity::invoice_link::{ActiveModel, Entity};
use crate::store::{Error, Source, Tx};

/// Notes that an invoice's link ended with this, and no longer does.
pub async fn replace_link(tx: &Tx, id: InvoiceId, token: &str, at: DateTime<Utc>) -> Result<(), Error> {
    let row = ActiveModel {
        token: Set(token.to_owned()),
        invoice_id: Set(id.0),
        replaced_at: Set(at),
    };
    Entity::insert(row).exec_without_returning(&tx.inner).await?;
    Ok(())
}

/// The invoice whose link once ended with this.
pub async fn by_old_token(source: &impl Source, token: &str) -> Result<Option<InvoiceId>, Error> {
    let row = Entity::find_by_id(token.to_owned())
        .one(source.connection())
        .await?;
    Ok(row.map(|row| InvoiceId(row.invoice_id)))
}
