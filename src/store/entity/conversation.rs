//! The table `conversations`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "conversations")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub chat: String,
    pub state: String,
    pub version: i32,
    pub expires_at: DateTimeUtc,
    pub wake_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
