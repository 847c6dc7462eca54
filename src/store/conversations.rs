//! What a chat was asked and has not answered.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};

use crate::store::entity::conversation::{ActiveModel, Column, Entity};
use crate::store::{Error, Source};

/// The saved state of a chat's conversation, if it has not expired.
pub async fn load(
    source: &impl Source,
    channel: &str,
    chat: &str,
    now: DateTime<Utc>,
) -> Result<Option<String>, Error> {
    // Held: a press that ends the conversation and a text that goes on with it come one after the other.
    let row = Entity::find_by_id((channel.to_owned(), chat.to_owned()))
        .lock_exclusive()
        .one(source.connection())
        .await?;
    Ok(row.filter(|row| row.expires_at > now).map(|row| row.state))
}

/// Saves a chat's conversation; an older one gives way.
pub async fn save(
    source: &impl Source,
    channel: &str,
    chat: &str,
    state: String,
    (expires_at, wake_at): (DateTime<Utc>, Option<DateTime<Utc>>),
) -> Result<(), Error> {
    let row = ActiveModel {
        channel: Set(channel.to_owned()),
        chat: Set(chat.to_owned()),
        state: Set(state),
        version: Set(1),
        expires_at: Set(expires_at),
        wake_at: Set(wake_at),
    };
    let newer = OnConflict::columns([Column::Channel, Column::Chat])
        .update_columns([Column::State, Column::Version, Column::ExpiresAt, Column::WakeAt])
        .to_owned();
    Entity::insert(row)
        .on_conflict(newer)
        .exec_without_returning(source.connection())
        .await?;
    Ok(())
}

/// A chat's saved state as it stands, without holding it.
pub async fn peek(
    source: &impl Source,
    channel: &str,
    chat: &str,
    now: DateTime<Utc>,
) -> Result<Option<String>, Error> {
    let row = Entity::find_by_id((channel.to_owned(), chat.to_owned()))
        .one(source.connection())
        .await?;
    Ok(row.filter(|row| row.expires_at > now).map(|row| row.state))
}

/// The chats whose conversations should go on by themselves by now.
pub async fn to_wake(source: &impl Source, channel: &str, now: DateTime<Utc>) -> Result<Vec<String>, Error> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Chat)
        .filter(Column::Channel.eq(channel))
        .filter(Column::WakeAt.lte(now))
        .limit(100)
        .into_tuple()
        .all(source.connection())
        .await?)
}

/// Forgets conversations that expired before then: they may hold a position. Answers how many.
pub async fn forget(source: &impl Source, before: DateTime<Utc>) -> Result<u64, Error> {
    let done = Entity::delete_many()
        .filter(Column::ExpiresAt.lt(before))
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected)
}

/// Ends a chat's conversation. Answers whether there was one.
pub async fn end(source: &impl Source, channel: &str, chat: &str) -> Result<bool, Error> {
    let done = Entity::delete_many()
        .filter(Column::Channel.eq(channel))
        .filter(Column::Chat.eq(chat))
        .exec(source.connection())
        .await?;
    Ok(done.rows_affected > 0)
}
