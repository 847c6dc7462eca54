//! The table `contacts`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contacts")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub customer_id: Option<i64>,
    pub profile_name: Option<String>,
    pub locale: String,
    pub last_inbound_at: Option<DateTimeUtc>,
    pub stopped_at: Option<DateTimeUtc>,
    pub paused_until: Option<DateTimeUtc>,
    pub unusable: Option<String>,
    pub replaced_by: Option<i64>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
