//! The table `visits`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "visits")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub ticket_id: i64,
    pub epoch: i32,
    pub technician_id: i64,
    pub checked_in_at: DateTimeUtc,
    pub source: String,
    pub verdict: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub accuracy_meters: Option<f64>,
    pub distance_meters: Option<f64>,
    pub age_seconds: Option<i64>,
    pub reason: Option<String>,
    pub recorded_by: Option<i64>,
    pub checked_out_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
