//! Answers kept for calls that are made again with the same key.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Set};

use crate::store::entity::idempotency::{ActiveModel, Column, Entity};
use crate::store::{Error, Source, Tx};

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Method, path and body, hashed.
    pub fingerprint: String,
    pub status: u16,
    pub body: Option<String>,
    pub location: Option<String>,
}

/// The answer given under this key, if any.
pub async fn find(source: &impl Source, user: UserId, key: &str) -> Result<Option<Answer>, Error> {
    let row = Entity::find_by_id((user.0, key.to_owned()))
        .one(source.connection())
        .await?;
    row.map(|row| {
        let status = u16::try_from(row.status).map_err(|_| Error::Unreadable {
            what: "status",
            value: row.status.to_string(),
        })?;
        Ok(Answer {
            fingerprint: row.fingerprint,
            status,
            body: row.body,
            location: row.location,
        })
    })
    .transpose()
}

/// Keeps an answer, in the transaction that earned it. `Error::Taken`: another call was first.
pub async fn keep(
    source: &impl Source,
    user: UserId,
    key: &str,
    answer: Answer,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = ActiveModel {
        user_id: Set(user.0),
        key: Set(key.to_owned()),
        fingerprint: Set(answer.fingerprint),
        status: Set(i32::from(answer.status)),
        body: Set(answer.body),
        location: Set(answer.location),
        created_at: Set(at),
    };
    Entity::insert(row)
        .exec_without_returning(source.connection())
        .await?;
    Ok(())
}

/// Forgets answers older than this.
pub async fn forget(source: &impl Source, before: DateTime<Utc>) -> Result<u64, Error> {
    let done = Entity::delete_many()
        .filter(Column::CreatedAt.lt(before))
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected)
}

/// Empties the answers that tell of any of these numbers (`PLG-000045`). The keys stay: what was done under them is
/// not done again.
pub async fn empty_of(tx: &Tx, numbers: impl Iterator<Item = String>) -> Result<(), Error> {
    let told = numbers.fold(Condition::any(), |any, number| {
        any.add(Column::Body.contains(format!("\"{number}\"")))
    });
    Entity::update_many()
        .col_expr(Column::Body, Expr::value(None::<String>))
        .filter(Column::Body.is_not_null())
        .filter(told)
        .exec(&tx.inner)
        .await?;
    Ok(())
}
