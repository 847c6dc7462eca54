//! The table `tickets`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tickets")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub customer_id: i64,
    pub service_id: i64,
    pub problem: String,
    pub status: String,
    pub visit_date: Date,
    pub visit_time: Option<Time>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub technician_id: Option<i64>,
    pub epoch: i32,
    pub claimed_at: Option<DateTimeUtc>,
    pub check_in_due_at: Option<DateTimeUtc>,
    pub created_by: i64,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    pub version: i32,
    pub reminded_epoch: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
