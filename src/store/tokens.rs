//! Sessions, API tokens and invites, found by their hash.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::store::entity::auth_token::{ActiveModel, Column, Entity};
use crate::store::{Error, Source};

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The panel's cookie.
    Session,
    /// The API's bearer token.
    Api,
    /// Links a Telegram account, once.
    Invite,
    /// Signs in once, from the demo's start page.
    Login,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Api => "api",
            Self::Invite => "invite",
            Self::Login => "login",
        }
    }
}

/// A token as stored.
#[derive(Debug, Clone)]
pub struct Token {
    pub id: i64,
    pub user: UserId,
    pub expires_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
    /// Used up, signed out or revoked.
    pub ended_at: Option<DateTime<Utc>>,
}

/// What to store of a new token.
#[derive(Debug, Clone)]
pub struct NewToken {
    pub user: UserId,
    pub kind: Kind,
    /// SHA-256 of the token, in hex.
    pub hash: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub ip: Option<String>,
    pub user_agent: Option<String>,
}

/// Stores a token.
pub async fn insert(source: &impl Source, token: NewToken) -> Result<i64, Error> {
    let row = ActiveModel {
        id: NotSet,
        user_id: Set(token.user.0),
        kind: Set(token.kind.as_str().to_owned()),
        hash: Set(token.hash),
        created_at: Set(token.created_at),
        last_used_at: Set(None),
        expires_at: Set(token.expires_at),
        ended_at: Set(None),
        ip: Set(token.ip),
        user_agent: Set(token.user_agent),
    };
    Ok(row.insert(source.connection()).await?.id)
}

/// The token with this hash, ended or not.
pub async fn by_hash(source: &impl Source, kind: Kind, hash: &str) -> Result<Option<Token>, Error> {
    let row = Entity::find()
        .filter(Column::Hash.eq(hash))
        .filter(Column::Kind.eq(kind.as_str()))
        .one(source.connection())
        .await?;
    Ok(row.map(|row| Token {
        id: row.id,
        user: UserId(row.user_id),
        expires_at: row.expires_at,
        last_used_at: row.last_used_at,
        ended_at: row.ended_at,
    }))
}

/// A token that lets someone in, as people look at it.
#[derive(Debug, Clone)]
pub struct Standing {
    pub is_api: bool,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
    pub ip: Option<String>,
    pub user_agent: Option<String>,
}

/// Where someone is signed in, the newest first.
pub async fn standing(
    source: &impl Source,
    user: UserId,
    now: DateTime<Utc>,
    most: u64,
) -> Result<Vec<Standing>, Error> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(user.0))
        .filter(Column::Kind.is_in([Kind::Session.as_str(), Kind::Api.as_str()]))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .order_by_desc(Column::Id)
        .limit(most)
        .all(source.connection())
        .await?;
    let standing = rows.into_iter().map(|row| Standing {
        is_api: row.kind == Kind::Api.as_str(),
        created_at: row.created_at,
        last_used_at: row.last_used_at,
        ip: row.ip,
        user_agent: row.user_agent,
    });
    Ok(standing.collect())
}

/// Ends a token, if it stands. Answers whether it did: of two who use an invite, one hears `true`.
pub async fn end(source: &impl Source, id: i64, at: DateTime<Utc>) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null())
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Ends all tokens of these kinds that a person has, but for one.
pub async fn end_all(
    source: &impl Source,
    user: UserId,
    kinds: &[Kind],
    but: Option<i64>,
    at: DateTime<Utc>,
) -> Result<u64, Error> {
    let done = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(at))
        .filter(Column::UserId.eq(user.0))
        .filter(Column::Kind.is_in(kinds.iter().map(|k| k.as_str())))
        .filter(Column::EndedAt.is_null())
        .filter(Column::Id.ne(but.unwrap_or(0)))
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected)
}

/// Notes when a token was last used, and until when it lasts, if that changes with its use.
pub async fn touch(
    source: &impl Source,
    id: i64,
    at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
) -> Result<(), Error> {
    let mut update = Entity::update_many().col_expr(Column::LastUsedAt, Expr::value(at));
    if let Some(expires_at) = expires_at {
        update = update.col_expr(Column::ExpiresAt, Expr::value(expires_at));
    }
    update
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null())
        .exec(source.connection())
        .await?;
    Ok(())
}
