//! The table `webhooks`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhooks")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub channel: String,
    pub sha256: String,
    pub body: Vec<u8>,
    pub received_at: DateTimeUtc,
    pub state: String,
    pub attempts: i32,
    pub leased_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
