//! The table `customers`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customers")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    pub address: String,
    pub phone: Option<String>,
    pub phone_by: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub timezone: Option<String>,
    pub withholds_pph23: bool,
    pub notes: Option<String>,
    pub source: String,
    pub archived_at: Option<DateTimeUtc>,
    pub erased_at: Option<DateTimeUtc>,
    /// By which rules; 0: from before they were counted.
    pub erasure_rules: i32,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
