//! What customers wrote, as the office reads it, and what they agreed to.

use chrono::{DateTime, Utc};
use domain::geo::Position;
use domain::ids::{ContactId, CustomerId};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::store::customers::position;
use crate::store::entity::{consent, message};
use crate::store::{Error, Source, Tx};

/// One message of a customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub id: i64,
    pub contact: ContactId,
    pub external_id: String,
    /// `text`, `press`, `place`, `file`, `contacts`, `gesture`, `order` or `other`.
    pub kind: String,
    pub words: Option<String>,
    pub position: Option<Position>,
    /// By the service's clock.
    pub sent_at: DateTime<Utc>,
    pub changed_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// What a customer agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub customer: CustomerId,
    pub contact: ContactId,
    /// Which words were agreed to.
    pub version: String,
    /// The service's id of the message that agreed.
    pub message: String,
    /// The registration's own number.
    pub draft: i64,
    pub at: DateTime<Utc>,
}

/// Keeps a message; the same one once.
pub async fn keep(tx: &Tx, new: Message) -> Result<(), Error> {
    let row = message::ActiveModel {
        id: NotSet,
        contact_id: Set(new.contact.0),
        external_id: Set(new.external_id),
        kind: Set(new.kind),
        words: Set(new.words),
        latitude: Set(new.position.map(|p| p.latitude)),
        longitude: Set(new.position.map(|p| p.longitude)),
        sent_at: Set(new.sent_at),
        changed_at: Set(None),
        revoked_at: Set(None),
    };
    let known = OnConflict::column(message::Column::ExternalId)
        .do_nothing()
        .to_owned();
    message::Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(())
}

/// Notes that its sender changed a message, or (`revoked`) took it back.
pub async fn note(
    tx: &Tx,
    contact: ContactId,
    external_id: &str,
    revoked: bool,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let column = if revoked {
        message::Column::RevokedAt
    } else {
        message::Column::ChangedAt
    };
    message::Entity::update_many()
        .col_expr(column, Expr::value(at))
        .filter(message::Column::ContactId.eq(contact.0))
        .filter(message::Column::ExternalId.eq(external_id))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// The newest messages of these chats, newest first.
pub async fn newest(source: &impl Source, contacts: &[ContactId], limit: u64) -> Result<Vec<Message>, Error> {
    let rows = message::Entity::find()
        .filter(message::Column::ContactId.is_in(contacts.iter().map(|id| id.0)))
        .order_by_desc(message::Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?;
    let of = |row: message::Model| Message {
        id: row.id,
        contact: ContactId(row.contact_id),
        external_id: row.external_id,
        kind: row.kind,
        words: row.words,
        position: position(row.latitude, row.longitude),
        sent_at: row.sent_at,
        changed_at: row.changed_at,
        revoked_at: row.revoked_at,
    };
    Ok(rows.into_iter().map(of).collect())
}

/// Drops what was written in these chats.
pub async fn erase(tx: &Tx, contacts: &[ContactId]) -> Result<(), Error> {
    message::Entity::delete_many()
        .filter(message::Column::ContactId.is_in(contacts.iter().map(|id| id.0)))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Keeps what a customer agreed to.
pub async fn agreed(tx: &Tx, consent: Consent) -> Result<(), Error> {
    let row = consent::ActiveModel {
        id: NotSet,
        customer_id: Set(consent.customer.0),
        contact_id: Set(consent.contact.0),
        version: Set(consent.version),
        message: Set(consent.message),
        draft: Set(consent.draft),
        at: Set(consent.at),
    };
    consent::Entity::insert(row)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(())
}

/// Who a chat's registration with this number made a customer.
pub async fn registered_by(
    source: &impl Source,
    contact: ContactId,
    draft: i64,
) -> Result<Option<CustomerId>, Error> {
    let row = consent::Entity::find()
        .filter(consent::Column::ContactId.eq(contact.0))
        .filter(consent::Column::Draft.eq(draft))
        .one(source.connection())
        .await?;
    Ok(row.map(|row| CustomerId(row.customer_id)))
}

/// Erases the places that were sent before then; answers how many.
pub async fn erase_places(tx: &Tx, before: DateTime<Utc>) -> Result<u64, Error> {
    let done = message::Entity::update_many()
        .col_expr(message::Column::Latitude, Expr::value(None::<f64>))
        .col_expr(message::Column::Longitude, Expr::value(None::<f64>))
        .filter(message::Column::SentAt.lt(before))
        .filter(message::Column::Latitude.is_not_null())
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected)
}
