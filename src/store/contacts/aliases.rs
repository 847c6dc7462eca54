//! The names that a service knows a person by: a phone, and ids towards our business.

use chrono::{DateTime, Utc};
use domain::ids::{ContactId, CustomerId};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement};

use crate::store::entity::contact;
use crate::store::entity::contact_alias::{Column, Entity, Model};
use crate::store::{Error, Source, Tx};

/// What kind of name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// E.164.
    Phone,
    /// The person's id towards our business.
    User,
    /// The same above several businesses.
    Parent,
}

impl Kind {
    /// The stable name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::User => "user",
            Self::Parent => "parent",
        }
    }
}

/// Who said that a name is this person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The service, with a message.
    Webhook,
    /// The service, with what became of a message of ours.
    Status,
    /// The person's own card, as the service vouches for it.
    Contact,
    /// Someone in the office typed it.
    Office,
}

impl Origin {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Status => "status",
            Self::Contact => "contact",
            Self::Office => "office",
        }
    }

    /// Whether the service vouches for it.
    pub const fn vouches(self) -> bool {
        !matches!(self, Self::Office)
    }
}

/// One name of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    pub contact: ContactId,
    pub kind: Kind,
    pub value: String,
    /// Since when the service vouches for it.
    pub verified_at: Option<DateTime<Utc>>,
}

/// Whose name this is at present.
pub async fn owner(source: &impl Source, kind: Kind, value: &str) -> Result<Option<Alias>, Error> {
    let row = Entity::find()
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::Value.eq(value))
        .filter(Column::Active.eq(true))
        .one(source.connection())
        .await?;
    Ok(row.and_then(alias))
}

/// Whose name this was last, when it is nobody's at present.
pub async fn former_owner(source: &impl Source, kind: Kind, value: &str) -> Result<Option<ContactId>, Error> {
    let row = Entity::find()
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::Value.eq(value))
        .order_by_desc(Column::Id)
        .one(source.connection())
        .await?;
    Ok(row.map(|row| ContactId(row.contact_id)))
}

/// The customer's chat that went by this phone once and does no more, if there is one.
pub async fn gave_up(
    source: &impl Source,
    customer: CustomerId,
    phone: &str,
) -> Result<Option<ContactId>, Error> {
    let row = Entity::find()
        .filter(former_phone(customer, phone))
        .order_by_desc(Column::Id)
        .one(source.connection())
        .await?;
    Ok(row.map(|row| ContactId(row.contact_id)))
}

/// Forgets that a customer went by this phone once.
pub async fn forgive(tx: &Tx, customer: CustomerId, phone: &str) -> Result<(), Error> {
    Entity::delete_many()
        .filter(former_phone(customer, phone))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

fn former_phone(customer: CustomerId, phone: &str) -> Condition {
    let chats = Query::select()
        .column(contact::Column::Id)
        .from(contact::Entity)
        .and_where(contact::Column::CustomerId.eq(customer.0))
        .to_owned();
    Condition::all()
        .add(Column::ContactId.in_subquery(chats))
        .add(Column::Kind.eq(Kind::Phone.as_str()))
        .add(Column::Value.eq(phone))
        .add(Column::Active.eq(false))
        // What was never vouched for was only a slip of the pen.
        .add(Column::VerifiedAt.is_not_null())
}

/// The present names of a person: the vouched ones first, the newest of them first.
pub async fn of_contact(source: &impl Source, id: ContactId) -> Result<Vec<Alias>, Error> {
    let rows = Entity::find()
        .filter(Column::ContactId.eq(id.0))
        .filter(Column::Active.eq(true))
        .order_by_asc(Expr::cust("CASE WHEN verified_at IS NULL THEN 1 ELSE 0 END"))
        .order_by_desc(Column::Id)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().filter_map(alias).collect())
}

/// The present names of several people: the vouched ones last.
pub async fn of_contacts(source: &impl Source, ids: Vec<i64>) -> Result<Vec<Alias>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::ContactId.is_in(ids))
        .filter(Column::Active.eq(true))
        .order_by_asc(Expr::cust("CASE WHEN verified_at IS NULL THEN 0 ELSE 1 END"))
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().filter_map(alias).collect())
}

/// Gives a person a name, if nobody has it. `false`: somebody has.
pub async fn add(
    tx: &Tx,
    (contact, kind, value): (ContactId, Kind, &str),
    origin: Origin,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    // Two transactions may meet here: the second waits for the first, and then adds nothing.
    let statement = Statement::from_sql_and_values(
        tx.inner.get_database_backend(),
        "INSERT INTO contact_aliases (contact_id, kind, value, source, verified_at, active, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        [
            contact.0.into(),
            kind.as_str().into(),
            value.into(),
            origin.as_str().into(),
            origin.vouches().then_some(at).into(),
            true.into(),
            at.into(),
        ],
    );
    Ok(tx.inner.execute_raw(statement).await?.rows_affected() > 0)
}

/// Notes that the service vouches for a name.
pub async fn vouch(
    tx: &Tx,
    (contact, kind, value): (ContactId, Kind, &str),
    origin: Origin,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::VerifiedAt, Expr::value(at))
        .col_expr(Column::Source, Expr::value(origin.as_str()))
        .filter(Column::ContactId.eq(contact.0))
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::Value.eq(value))
        .filter(Column::Active.eq(true))
        .filter(Column::VerifiedAt.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Lets go of a person's other names of this kind: a newer one was vouched for.
pub async fn drop_former(tx: &Tx, (contact, kind, value): (ContactId, Kind, &str)) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Active, Expr::value(false))
        .filter(Column::ContactId.eq(contact.0))
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::Value.ne(value))
        .filter(Column::Active.eq(true))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// None of a person's names leads to him any more.
pub async fn drop_names(tx: &Tx, contact: ContactId) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Active, Expr::value(false))
        .filter(Column::ContactId.eq(contact.0))
        .filter(Column::Active.eq(true))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// All names of one chat go to another.
pub async fn pass_on(tx: &Tx, from: ContactId, to: ContactId) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::ContactId, Expr::value(to.0))
        .filter(Column::ContactId.eq(from.0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Erases all names of a chat.
pub async fn drop_all(tx: &Tx, contact: ContactId) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::ContactId.eq(contact.0))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// A kind that a newer version knows is passed over.
fn alias(row: Model) -> Option<Alias> {
    let kind = [Kind::Phone, Kind::User, Kind::Parent]
        .into_iter()
        .find(|kind| kind.as_str() == row.kind)?;
    Some(Alias {
        contact: ContactId(row.contact_id),
        kind,
        value: row.value,
        verified_at: row.verified_at,
    })
}
