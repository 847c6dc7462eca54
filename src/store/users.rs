//! People who sign in.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::person::{Locale, Role};
use domain::phone::Phone;
use domain::quota::Hand;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, NotSet, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::store::entity::user::{ActiveModel, Column, Entity, Model};
use crate::store::page::oldest;
use crate::store::{Error, Source};

/// A person with an account.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    pub id: UserId,
    pub username: String,
    pub name: String,
    pub role: Role,
    pub phone: Option<Phone>,
    pub telegram_id: Option<i64>,
    pub telegram_blocked_at: Option<DateTime<Utc>>,
    pub active: bool,
    pub on_duty: bool,
    pub daily_quota: Option<i32>,
    pub discount_limit_percent: Option<i32>,
    pub locale: Locale,
    pub password_hash: String,
    pub must_change_password: bool,
    pub created_at: DateTime<Utc>,
    pub version: i32,
}

impl User {
    /// Telegram is linked and has not blocked the bot.
    pub fn reachable(&self) -> bool {
        self.telegram_id.is_some() && self.telegram_blocked_at.is_none()
    }

    /// As far as capacity counts.
    pub fn hand(&self) -> Hand {
        Hand {
            daily_quota: self.daily_quota,
            on_duty: self.on_duty,
            reachable: self.reachable(),
        }
    }
}

impl TryFrom<Model> for User {
    type Error = Error;
    fn try_from(row: Model) -> Result<Self, Error> {
        let unreadable = |what, value: &str| Error::Unreadable {
            what,
            value: value.to_owned(),
        };
        Ok(Self {
            id: UserId(row.id),
            role: row.role.parse().map_err(|_| unreadable("role", &row.role))?,
            locale: row
                .locale
                .parse()
                .map_err(|_| unreadable("locale", &row.locale))?,
            phone: row
                .phone
                .map(|p| Phone::vouched(&p))
                .transpose()
                .map_err(|_| unreadable("phone", "…"))?,
            username: row.username,
            name: row.name,
            telegram_id: row.telegram_id,
            telegram_blocked_at: row.telegram_blocked_at,
            active: row.active,
            on_duty: row.on_duty,
            daily_quota: row.daily_quota,
            discount_limit_percent: row.discount_limit_percent,
            password_hash: row.password_hash,
            must_change_password: row.must_change_password,
            created_at: row.created_at,
            version: row.version,
        })
    }
}

/// Which people to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub role: Option<Role>,
    pub active: Option<bool>,
    pub q: Option<String>,
}

/// Adds a person; the id and version are the database's.
pub async fn insert(source: &impl Source, user: User) -> Result<User, Error> {
    let row = ActiveModel {
        id: NotSet,
        version: Set(1),
        ..fields(&user)
    };
    row.insert(source.connection()).await?.try_into()
}

/// Writes a person back, if nobody else has since `user.version`. `None`: somebody has. Whether Telegram
/// reaches him is not part of it: see [`set_blocked`] and [`set_reached`].
pub async fn update(source: &impl Source, user: &User) -> Result<Option<User>, Error> {
    let row = ActiveModel {
        id: NotSet,
        version: Set(user.version + 1),
        telegram_blocked_at: NotSet,
        telegram_reached_at: NotSet,
        ..fields(user)
    };
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(user.id.0))
        .filter(Column::Version.eq(user.version))
        .exec(source.connection())
        .await?;
    if done.rows_affected == 0 {
        return Ok(None);
    }
    Ok(Some(User {
        version: user.version + 1,
        ..user.clone()
    }))
}

/// One person.
pub async fn by_id(source: &impl Source, id: UserId) -> Result<Option<User>, Error> {
    Entity::find_by_id(id.0)
        .one(source.connection())
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// One person, whose row nobody changes before this transaction ends. (SQLite has one writer.)
pub async fn by_id_held(source: &impl Source, id: UserId) -> Result<Option<User>, Error> {
    let row = Entity::find_by_id(id.0)
        .lock_shared()
        .one(source.connection())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// The person with this sign-in name.
pub async fn by_username(source: &impl Source, username: &str) -> Result<Option<User>, Error> {
    let found = Entity::find()
        .filter(Column::Username.eq(username))
        .one(source.connection())
        .await?;
    found.map(TryInto::try_into).transpose()
}

/// The person linked to this Telegram account.
pub async fn by_telegram(source: &impl Source, telegram_id: i64) -> Result<Option<User>, Error> {
    let found = Entity::find()
        .filter(Column::TelegramId.eq(telegram_id))
        .one(source.connection())
        .await?;
    found.map(TryInto::try_into).transpose()
}

/// People with these ids, for names beside facts.
pub async fn by_ids(source: &impl Source, ids: Vec<i64>) -> Result<Vec<User>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A page of people by id, after `after`.
pub async fn list(source: &impl Source, filter: &Filter, after: i64, limit: u64) -> Result<Vec<User>, Error> {
    let mut find = Entity::find();
    if let Some(role) = filter.role {
        find = find.filter(Column::Role.eq(role.as_str()));
    }
    if let Some(active) = filter.active {
        find = find.filter(Column::Active.eq(active));
    }
    if let Some(q) = &filter.q {
        let q = q.to_lowercase();
        let name = Expr::expr(sea_orm::sea_query::Func::lower(Expr::col(Column::Name)));
        find = find.filter(
            Condition::any()
                .add(crate::store::customers::contains(name, &q))
                .add(crate::store::customers::contains(Expr::col(Column::Username), &q)),
        );
    }
    let rows = oldest(source, find, Column::Id, after, limit).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Every active technician with a linked Telegram account: those whom capacity counts.
pub async fn technicians(source: &impl Source) -> Result<Vec<User>, Error> {
    let rows = Entity::find()
        .filter(Column::Role.eq(Role::Technician.as_str()))
        .filter(Column::Active.eq(true))
        .filter(Column::TelegramId.is_not_null())
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Everyone active of a role, whether Telegram reaches them or not.
pub async fn active(source: &impl Source, role: Role) -> Result<Vec<User>, Error> {
    let rows = Entity::find()
        .filter(Column::Role.eq(role.as_str()))
        .filter(Column::Active.eq(true))
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Active admins whom Telegram reaches.
pub async fn reachable_admins(source: &impl Source) -> Result<Vec<User>, Error> {
    let rows = Entity::find()
        .filter(Column::Role.eq(Role::Admin.as_str()))
        .filter(Column::Active.eq(true))
        .filter(Column::TelegramId.is_not_null())
        .filter(Column::TelegramBlockedAt.is_null())
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How many active admins there are, other than this one. In a transaction on PostgreSQL the rows are
/// locked, so that two admins cannot demote each other at the same moment.
pub async fn other_admins(source: &impl Source, than: UserId) -> Result<u64, Error> {
    let others = Entity::find()
        .filter(Column::Role.eq(Role::Admin.as_str()))
        .filter(Column::Active.eq(true))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(source.connection())
        .await?;
    Ok(others.iter().filter(|row| row.id != than.0).map(|_| 1).sum())
}

/// How many accounts there are.
pub async fn count(source: &impl Source) -> Result<u64, Error> {
    Ok(Entity::find().count(source.connection()).await?)
}

/// Replaces a password's hash, if it still is `old`.
pub async fn rehash(source: &impl Source, id: UserId, old: String, new: String) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(new))
        .filter(Column::Id.eq(id.0))
        .filter(Column::PasswordHash.eq(old))
        .exec(source.connection())
        .await?;
    Ok(())
}

/// Notes that Telegram reaches this account from `at` on. Answers whether that was news.
pub async fn set_reached(source: &impl Source, telegram_id: i64, at: DateTime<Utc>) -> Result<bool, Error> {
    let note = || {
        Entity::update_many()
            .col_expr(Column::TelegramReachedAt, Expr::value(at))
            .filter(Column::TelegramId.eq(telegram_id))
    };
    let again = note()
        .col_expr(Column::TelegramBlockedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::TelegramBlockedAt.is_not_null())
        .exec(source.connection())
        .await?;
    if again.rows_affected > 0 {
        return Ok(true);
    }
    note().exec(source.connection()).await?;
    Ok(false)
}

/// Notes that Telegram does not reach this account, unless that was found out before it let the bot in
/// again. Answers whether it was news.
pub async fn set_blocked(
    source: &impl Source,
    telegram_id: i64,
    since: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let reached = Column::TelegramReachedAt;
    let done = Entity::update_many()
        .col_expr(Column::TelegramBlockedAt, Expr::value(at))
        .filter(Column::TelegramId.eq(telegram_id))
        .filter(Column::TelegramBlockedAt.is_null())
        .filter(reached.is_null().or(reached.lte(since)))
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Whether this account let the bot in after `at`, and has not shut it out since.
pub async fn was_reached_after(
    source: &impl Source,
    telegram_id: i64,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let row = Entity::find()
        .filter(Column::TelegramId.eq(telegram_id))
        .filter(Column::TelegramReachedAt.gt(at))
        .filter(Column::TelegramBlockedAt.is_null())
        .one(source.connection())
        .await?;
    Ok(row.is_some())
}

fn fields(user: &User) -> ActiveModel {
    let row = Model {
        id: user.id.0,
        username: user.username.clone(),
        name: user.name.clone(),
        role: user.role.as_str().to_owned(),
        phone: user.phone.as_ref().map(|p| p.as_str().to_owned()),
        telegram_id: user.telegram_id,
        telegram_blocked_at: user.telegram_blocked_at,
        telegram_reached_at: None,
        active: user.active,
        on_duty: user.on_duty,
        daily_quota: user.daily_quota,
        discount_limit_percent: user.discount_limit_percent,
        locale: user.locale.as_str().to_owned(),
        password_hash: user.password_hash.clone(),
        must_change_password: user.must_change_password,
        created_at: user.created_at,
        version: user.version,
    };
    row.into_active_model().reset_all()
}
