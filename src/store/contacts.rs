//! The chats of customers: who writes there, and how that chat stands.

mod aliases;
mod belongings;
mod silence;

use chrono::{DateTime, Utc};
use domain::ids::{ContactId, CustomerId};
use domain::person::Locale;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, NotSet, QueryFilter,
    QueryOrder, QuerySelect, Set, Statement,
};

pub use crate::store::contacts::aliases::{
    Alias, Kind, Origin, add, drop_all, drop_former, drop_names, forgive, former_owner, gave_up, of_contact,
    of_contacts, owner, pass_on, vouch,
};
pub use crate::store::contacts::belongings::pass_on_all;
pub use crate::store::contacts::silence::{is_remembered, remember};
use crate::store::entity::contact::{ActiveModel, Column, Entity, Model};
use crate::store::{Error, Source, Tx};

/// One chat of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub id: ContactId,
    /// `None`: nobody we know yet.
    pub customer: Option<CustomerId>,
    /// What the person calls himself.
    pub profile_name: Option<String>,
    pub locale: Locale,
    /// When the person last wrote, by the service's clock.
    pub last_inbound_at: Option<DateTime<Utc>>,
    /// Since when the person wants no more messages that nobody asked for.
    pub stopped_at: Option<DateTime<Utc>>,
    /// The office speaks until then, and the bot is silent.
    pub paused_until: Option<DateTime<Utc>>,
    /// Why nothing gets through, by code.
    pub unusable: Option<String>,
    /// The chat that took this one in.
    pub replaced_by: Option<ContactId>,
    pub created_at: DateTime<Utc>,
}

impl From<Model> for Contact {
    fn from(row: Model) -> Self {
        Self {
            id: ContactId(row.id),
            customer: row.customer_id.map(CustomerId),
            profile_name: row.profile_name,
            locale: row.locale.parse().unwrap_or_default(),
            last_inbound_at: row.last_inbound_at,
            stopped_at: row.stopped_at,
            paused_until: row.paused_until,
            unusable: row.unusable,
            replaced_by: row.replaced_by.map(ContactId),
            created_at: row.created_at,
        }
    }
}

/// Adds a chat of someone who has not written yet.
pub async fn insert(
    tx: &Tx,
    customer: Option<CustomerId>,
    locale: Locale,
    at: DateTime<Utc>,
) -> Result<Contact, Error> {
    let row = ActiveModel {
        id: NotSet,
        customer_id: Set(customer.map(|customer| customer.0)),
        profile_name: Set(None),
        locale: Set(locale.as_str().to_owned()),
        last_inbound_at: Set(None),
        stopped_at: Set(None),
        paused_until: Set(None),
        unusable: Set(None),
        replaced_by: Set(None),
        created_at: Set(at),
    };
    Ok(row.insert(&tx.inner).await?.into())
}

/// Takes back a chat that was added in this transaction.
pub async fn remove(tx: &Tx, id: ContactId) -> Result<(), Error> {
    drop_all(tx, id).await?;
    Entity::delete_by_id(id.0).exec(&tx.inner).await?;
    Ok(())
}

/// Writes a chat back, as it was read with [`by_id_held`] and changed.
pub async fn update(tx: &Tx, contact: &Contact) -> Result<(), Error> {
    let row = Model {
        id: contact.id.0,
        customer_id: contact.customer.map(|customer| customer.0),
        profile_name: contact.profile_name.clone(),
        locale: contact.locale.as_str().to_owned(),
        last_inbound_at: contact.last_inbound_at,
        stopped_at: contact.stopped_at,
        paused_until: contact.paused_until,
        unusable: contact.unusable.clone(),
        replaced_by: contact.replaced_by.map(|by| by.0),
        created_at: contact.created_at,
    };
    let row = ActiveModel {
        id: NotSet,
        ..row.into_active_model().reset_all()
    };
    Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(contact.id.0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// A customer wants no more messages that nobody asked for, in none of the chats.
pub async fn stop_all(tx: &Tx, customer: CustomerId, at: DateTime<Utc>) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::StoppedAt, Expr::value(at))
        .filter(Column::CustomerId.eq(customer.0))
        .filter(Column::StoppedAt.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// A customer wants messages again. Whether any chat was silent.
pub async fn start_all(tx: &Tx, customer: CustomerId) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::StoppedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::CustomerId.eq(customer.0))
        .filter(Column::StoppedAt.is_not_null())
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}

/// All chats that ever were a customer's and are nobody else's: also those that others took in, and those that a
/// registration or a request came from.
pub async fn ever_of(tx: &Tx, customer: CustomerId) -> Result<Vec<Contact>, Error> {
    // Chats take each other in one after the other: the chain is followed to its end.
    let sql = "WITH RECURSIVE own(id) AS ( \
            SELECT id FROM contacts WHERE customer_id = $1 \
            UNION SELECT contacts.id FROM contacts JOIN consents ON consents.contact_id = contacts.id \
                WHERE consents.customer_id = $1 AND contacts.customer_id IS NULL \
            UNION SELECT contacts.id FROM contacts JOIN requests ON requests.contact_id = contacts.id \
                WHERE requests.customer_id = $1 AND contacts.customer_id IS NULL \
            UNION SELECT contacts.id FROM contacts JOIN own ON contacts.replaced_by = own.id \
        ) SELECT id FROM own ORDER BY id";
    let statement = Statement::from_sql_and_values(tx.inner.get_database_backend(), sql, [customer.0.into()]);
    let rows = tx.inner.query_all_raw(statement).await?;
    let ids: Result<Vec<i64>, _> = rows.iter().map(|row| row.try_get_by_index(0)).collect();
    by_ids(tx, ids?).await
}

/// One chat.
pub async fn by_id(source: &impl Source, id: ContactId) -> Result<Option<Contact>, Error> {
    let row = Entity::find_by_id(id.0).one(source.connection()).await?;
    Ok(row.map(Into::into))
}

/// Several chats.
pub async fn by_ids(source: &impl Source, ids: Vec<i64>) -> Result<Vec<Contact>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(ids));
    let rows = rows.all(source.connection()).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// One chat, whose row nobody changes before this transaction ends; of one that was taken in by another, the
/// other. (SQLite has one writer.)
pub async fn by_id_held(tx: &Tx, id: ContactId) -> Result<Option<Contact>, Error> {
    let mut id = id;
    loop {
        let row = Entity::find_by_id(id.0).lock_exclusive().one(&tx.inner).await?;
        // Whoever waited for the row may find that the two have become one meanwhile.
        match row.as_ref().and_then(|row| row.replaced_by) {
            Some(next) => id = ContactId(next),
            None => return Ok(row.map(Into::into)),
        }
    }
}

/// The chat that stands for this one today: itself, or the one that took it in.
pub async fn standing(source: &impl Source, id: ContactId) -> Result<Option<Contact>, Error> {
    let mut found = by_id(source, id).await?;
    while let Some(next) = found.as_ref().and_then(|contact| contact.replaced_by) {
        found = by_id(source, next).await?;
    }
    Ok(found)
}

/// A customer's chats, the one that was written in last first.
pub async fn of_customer(source: &impl Source, customer: CustomerId) -> Result<Vec<Contact>, Error> {
    let rows = Entity::find()
        .filter(Column::CustomerId.eq(customer.0))
        .filter(Column::ReplacedBy.is_null())
        // Databases differ in where they sort what is not there.
        .order_by_desc(Expr::cust("CASE WHEN last_inbound_at IS NULL THEN 0 ELSE 1 END"))
        .order_by_desc(Column::LastInboundAt)
        .order_by_desc(Column::Id)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}
