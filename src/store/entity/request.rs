//! The table `requests`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "requests")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub contact_id: i64,
    pub customer_id: Option<i64>,
    pub kind: String,
    pub words: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub state: String,
    pub ticket_id: Option<i64>,
    pub draft: Option<i64>,
    pub answer: Option<String>,
    pub handled_by: Option<i64>,
    pub handled_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
