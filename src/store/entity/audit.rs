//! The table `audit`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: DateTimeUtc,
    pub actor_id: Option<i64>,
    pub channel: String,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: i64,
    pub ticket_id: Option<i64>,
    pub detail: Option<Json>,
}

impl ActiveModelBehavior for ActiveModel {}
