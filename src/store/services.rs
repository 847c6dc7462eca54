//! The price list.

use chrono::{DateTime, Utc};
use domain::ids::ServiceId;
use domain::money::Rupiah;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, NotSet, QueryFilter, Set};

use crate::store::entity::service::{ActiveModel, Column, Entity, Model};
use crate::store::page::oldest;
use crate::store::{Error, Source};

/// One line of the price list.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    pub id: ServiceId,
    pub name: String,
    pub base_price: Rupiah,
    pub active: bool,
    pub created_at: DateTime<Utc>,
    pub version: i32,
}

impl From<Model> for Service {
    fn from(row: Model) -> Self {
        Self {
            id: ServiceId(row.id),
            name: row.name,
            base_price: Rupiah(row.base_price),
            active: row.active,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

/// Adds a service.
pub async fn insert(source: &impl Source, service: Service) -> Result<Service, Error> {
    let row = ActiveModel {
        id: NotSet,
        ..fields(service)
    };
    Ok(row.insert(source.connection()).await?.into())
}

/// Writes a service back, if nobody else has since `service.version`. `None`: somebody has.
pub async fn update(source: &impl Source, service: Service) -> Result<Option<Service>, Error> {
    let saved = Service {
        version: service.version + 1,
        ..service.clone()
    };
    let row = ActiveModel {
        id: NotSet,
        ..fields(saved.clone())
    };
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(service.id.0))
        .filter(Column::Version.eq(service.version))
        .exec(source.connection())
        .await?;
    Ok((done.rows_affected > 0).then_some(saved))
}

/// One service.
pub async fn by_id(source: &impl Source, id: ServiceId) -> Result<Option<Service>, Error> {
    Ok(Entity::find_by_id(id.0)
        .one(source.connection())
        .await?
        .map(Into::into))
}

/// Services with these ids.
pub async fn by_ids(source: &impl Source, ids: Vec<i64>) -> Result<Vec<Service>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// A page of services by id, after `after`.
pub async fn list(
    source: &impl Source,
    active: Option<bool>,
    after: i64,
    limit: u64,
) -> Result<Vec<Service>, Error> {
    let mut find = Entity::find();
    if let Some(active) = active {
        find = find.filter(Column::Active.eq(active));
    }
    let rows = oldest(source, find, Column::Id, after, limit).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

fn fields(service: Service) -> ActiveModel {
    ActiveModel {
        id: Set(service.id.0),
        name: Set(service.name),
        base_price: Set(service.base_price.0),
        active: Set(service.active),
        created_at: Set(service.created_at),
        version: Set(service.version),
    }
}
