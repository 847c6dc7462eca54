//! The table `inbox`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "inbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub channel: String,
    pub external_id: String,
    pub received_at: DateTimeUtc,
    pub state: String,
    pub payload: Option<String>,
    pub error: Option<String>,
    pub attempts: i32,
}

impl ActiveModelBehavior for ActiveModel {}
