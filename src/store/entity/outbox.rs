//! The table `outbox`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub channel: String,
    pub lane: i16,
    pub recipient: String,
    pub user_id: Option<i64>,
    pub ticket_id: Option<i64>,
    pub kind: String,
    pub locale: String,
    pub payload: String,
    pub state: String,
    pub attempts: i32,
    pub run_at: DateTimeUtc,
    pub leased_until: Option<DateTimeUtc>,
    pub error: Option<String>,
    pub external_id: Option<String>,
    pub departed_at: Option<DateTimeUtc>,
    pub fault: Option<String>,
    pub price: Option<String>,
    pub standby_only: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
