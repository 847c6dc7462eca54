//! The table `ratings`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "ratings")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub ticket_id: i64,
    pub customer_id: i64,
    pub technician_id: Option<i64>,
    pub cs_id: Option<i64>,
    pub token: String,
    pub technician_stars: Option<i32>,
    pub technician_at: Option<DateTimeUtc>,
    pub cs_stars: Option<i32>,
    pub cs_at: Option<DateTimeUtc>,
    pub comment: Option<String>,
    pub via: Option<String>,
    pub at: Option<DateTimeUtc>,
    pub opened_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
