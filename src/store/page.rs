//! One page of a list, read by the row's id.

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::store::{Error, Source};

/// The newest of what a query finds, before `before` when that is given.
pub(crate) async fn newest<E, M>(
    source: &impl Source,
    find: Select<E>,
    id: E::Column,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<M>, Error>
where
    E: EntityTrait<Model = M>,
    M: FromQueryResult + Send + Sync,
{
    let find = match before {
        Some(before) => find.filter(id.lt(before)),
        None => find,
    };
    let rows = find
        .order_by_desc(id)
        .limit(limit)
        .all(source.connection())
        .await?;
    Ok(rows)
}

/// The oldest of what a query finds, after `after`.
pub(crate) async fn oldest<E, M>(
    source: &impl Source,
    find: Select<E>,
    id: E::Column,
    after: i64,
    limit: u64,
) -> Result<Vec<M>, Error>
where
    E: EntityTrait<Model = M>,
    M: FromQueryResult + Send + Sync,
{
    let find = find.filter(id.gt(after)).order_by_asc(id).limit(limit);
    Ok(find.all(source.connection()).await?)
}
