//! People who are served.

use chrono::{DateTime, Utc};
use domain::calendar::Zone;
use domain::customer::PhoneBy;
use domain::geo::Position;
use domain::ids::CustomerId;
use domain::phone::Phone;
use domain::ticket::Status;
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel,
    NotSet, QueryFilter, QueryOrder, QuerySelect, Set, Statement,
};

use crate::store::entity::customer::{ActiveModel, Column, Entity, Model};
use crate::store::entity::ticket;
use crate::store::page::oldest;
use crate::store::{Error, Source, Tx};

/// Sets these locks of PostgreSQL apart from any others.
const PHONES: i32 = 33;

/// Someone who is served.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    pub id: CustomerId,
    pub name: String,
    pub address: String,
    pub phone: Option<Phone>,
    /// Who says that the phone is this customer's; of no meaning without one.
    pub phone_by: PhoneBy,
    pub position: Option<Position>,
    pub timezone: Option<Zone>,
    pub withholds_pph23: bool,
    pub notes: Option<String>,
    /// `panel`, `whatsapp` or `import`.
    pub source: String,
    pub archived_at: Option<DateTime<Utc>>,
    pub erased_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub version: i32,
}

impl TryFrom<Model> for Customer {
    type Error = Error;
    fn try_from(row: Model) -> Result<Self, Error> {
        let unreadable = |what: &'static str| Error::Unreadable {
            what,
            value: format!("customer {}", row.id),
        };
        Ok(Self {
            id: CustomerId(row.id),
            phone: row
                .phone
                .as_deref()
                .map(Phone::vouched)
                .transpose()
                .map_err(|_| unreadable("phone"))?,
            // Nobody's word proves nothing.
            phone_by: row
                .phone_by
                .as_deref()
                .and_then(|by| by.parse().ok())
                .unwrap_or(PhoneBy::Chat),
            position: position(row.latitude, row.longitude),
            timezone: row
                .timezone
                .as_deref()
                .map(str::parse)
                .transpose()
                .map_err(|_| unreadable("timezone"))?,
            name: row.name,
            address: row.address,
            withholds_pph23: row.withholds_pph23,
            notes: row.notes,
            source: row.source,
            archived_at: row.archived_at,
            erased_at: row.erased_at,
            created_at: row.created_at,
            version: row.version,
        })
    }
}

/// Which customers to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub q: Option<String>,
    /// Archived ones too.
    pub archived: bool,
}

/// Adds a customer; the id and version are the database's.
pub async fn insert(source: &impl Source, customer: Customer) -> Result<Customer, Error> {
    let row = ActiveModel {
        id: NotSet,
        erasure_rules: NotSet,
        version: Set(1),
        ..fields(&customer)
    };
    row.insert(source.connection()).await?.try_into()
}

/// Writes a customer back, if nobody else has since `customer.version`. `None`: somebody has.
pub async fn update(source: &impl Source, customer: &Customer) -> Result<Option<Customer>, Error> {
    let row = ActiveModel {
        id: NotSet,
        erasure_rules: NotSet,
        version: Set(customer.version + 1),
        ..fields(customer)
    };
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(customer.id.0))
        .filter(Column::Version.eq(customer.version))
        .exec(source.connection())
        .await?;
    if done.rows_affected == 0 {
        return Ok(None);
    }
    Ok(Some(Customer {
        version: customer.version + 1,
        ..customer.clone()
    }))
}

/// Notes by which rules a customer is erased. `false`: he is not, or he was by these already.
pub async fn erased_by(tx: &Tx, id: CustomerId, rules: i32) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::ErasureRules, Expr::value(rules))
        .filter(Column::Id.eq(id.0))
        .filter(Column::ErasedAt.is_not_null())
        .filter(Column::ErasureRules.lt(rules))
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected > 0)
}

/// So many customers who were erased by earlier rules than these, and have no ticket under way.
pub async fn erased_before(source: &impl Source, rules: i32, limit: u64) -> Result<Vec<Customer>, Error> {
    let over = [Status::Closed, Status::Cancelled].map(Status::as_str);
    let live = Query::select()
        .column(ticket::Column::CustomerId)
        .from(ticket::Entity)
        .and_where(ticket::Column::Status.is_not_in(over))
        .take();
    let rows = Entity::find()
        .filter(Column::ErasedAt.is_not_null())
        .filter(Column::ErasureRules.lt(rules))
        .filter(Column::Id.not_in_subquery(live))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// One customer, archived or not.
pub async fn by_id(source: &impl Source, id: CustomerId) -> Result<Option<Customer>, Error> {
    Entity::find_by_id(id.0)
        .one(source.connection())
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// The customers with this number who were not removed.
pub async fn by_phone(source: &impl Source, phone: &Phone) -> Result<Vec<Customer>, Error> {
    let rows = Entity::find()
        .filter(Column::Phone.eq(phone.as_str()))
        .filter(Column::ArchivedAt.is_null())
        .order_by_asc(Column::Id)
        .limit(10)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The customers for whom the office wrote this number down and who were not removed: one, or two of more.
pub async fn written_down(source: &impl Source, phone: &Phone) -> Result<Vec<Customer>, Error> {
    let rows = Entity::find()
        .filter(Column::Phone.eq(phone.as_str()))
        .filter(Column::PhoneBy.eq(PhoneBy::Office.as_str()))
        .filter(Column::ArchivedAt.is_null())
        .order_by_asc(Column::Id)
        .limit(2)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Lets whoever writes the same number down at this moment wait until this transaction ends: the later one sees
/// the earlier. (SQLite has one writer.)
pub async fn hold_phone(tx: &Tx, phone: &Phone) -> Result<(), Error> {
    let backend = tx.inner.get_database_backend();
    if backend == DbBackend::Postgres {
        let lock = Statement::from_sql_and_values(
            backend,
            "SELECT pg_advisory_xact_lock($1, hashtext($2))",
            [PHONES.into(), phone.as_str().into()],
        );
        tx.inner.execute_raw(lock).await?;
    }
    Ok(())
}

/// The customers who were not removed and have one of these numbers, or one of these names and no number.
pub async fn alike(
    source: &impl Source,
    phones: Vec<String>,
    names: Vec<String>,
) -> Result<Vec<Customer>, Error> {
    let nameless = Condition::all()
        .add(Column::Phone.is_null())
        .add(Column::Name.is_in(names));
    let rows = Entity::find()
        .filter(Column::ArchivedAt.is_null())
        .filter(Condition::any().add(Column::Phone.is_in(phones)).add(nameless))
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// One customer, whose row nobody changes before this transaction ends. (SQLite has one writer.)
pub async fn by_id_held(source: &impl Source, id: CustomerId) -> Result<Option<Customer>, Error> {
    let row = Entity::find_by_id(id.0)
        .lock_shared()
        .one(source.connection())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// Customers with these ids.
pub async fn by_ids(source: &impl Source, ids: Vec<i64>) -> Result<Vec<Customer>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A page of customers by id, after `after`. `q` looks into name, address, phone and number.
pub async fn list(
    source: &impl Source,
    filter: &Filter,
    after: i64,
    limit: u64,
) -> Result<Vec<Customer>, Error> {
    let mut find = Entity::find();
    if !filter.archived {
        find = find.filter(Column::ArchivedAt.is_null());
    }
    if let Some(q) = &filter.q {
        find = find.filter(matching(q));
    }
    let rows = oldest(source, find, Column::Id, after, limit).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

fn matching(q: &str) -> Condition {
    let q = q.trim().to_lowercase();
    let mut any = Condition::any()
        .add(contains(Func::lower(Expr::col(Column::Name)).into(), &q))
        .add(contains(Func::lower(Expr::col(Column::Address)).into(), &q));
    let digits: String = q.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= 3 {
        any = any.add(contains(Expr::col(Column::Phone), digits.trim_start_matches('0')));
    }
    let number = q.strip_prefix("plg-").unwrap_or(&q);
    if let Ok(id) = number.parse::<CustomerId>() {
        any = any.add(Column::Id.eq(id.0));
    }
    any
}

/// `needle` stands somewhere in it, with `%` and `_` meaning themselves.
pub(crate) fn contains(haystack: Expr, needle: &str) -> Expr {
    // PostgreSQL takes no NUL in a text, and nobody's name holds any other of these.
    let needle: String = needle.chars().filter(|c| !c.is_control()).collect();
    let escaped = needle
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    haystack.like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
}

pub(crate) fn position(latitude: Option<f64>, longitude: Option<f64>) -> Option<Position> {
    Position::new(latitude?, longitude?).ok()
}

fn fields(customer: &Customer) -> ActiveModel {
    let row = Model {
        id: customer.id.0,
        name: customer.name.clone(),
        address: customer.address.clone(),
        phone: customer.phone.as_ref().map(|p| p.as_str().to_owned()),
        phone_by: customer
            .phone
            .as_ref()
            .map(|_| customer.phone_by.as_str().to_owned()),
        latitude: customer.position.map(|p| p.latitude),
        longitude: customer.position.map(|p| p.longitude),
        timezone: customer.timezone.map(|z| z.to_string()),
        withholds_pph23: customer.withholds_pph23,
        notes: customer.notes.clone(),
        source: customer.source.clone(),
        archived_at: customer.archived_at,
        erased_at: customer.erased_at,
        // Written by itself alone.
        erasure_rules: 0,
        created_at: customer.created_at,
        version: customer.version,
    };
    row.into_active_model().reset_all()
}
