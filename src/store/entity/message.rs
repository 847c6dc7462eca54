//! The table `messages`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub contact_id: i64,
    pub external_id: String,
    pub kind: String,
    pub words: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub sent_at: DateTimeUtc,
    pub changed_at: Option<DateTimeUtc>,
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
