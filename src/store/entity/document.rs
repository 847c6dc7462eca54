//! The table `documents`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "documents")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub ticket_id: Option<i64>,
    pub epoch: Option<i32>,
    pub kind: Option<String>,
    pub upload_id: Option<i64>,
    pub number: Option<String>,
    pub filename: String,
    pub media_type: Option<String>,
    pub size: Option<i64>,
    pub sha256: Option<String>,
    pub perceptual: Option<i64>,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub flags: String,
    pub state: String,
    pub error: Option<String>,
    pub channel: String,
    pub source: Option<String>,
    pub source_key: Option<String>,
    pub external_id: Option<String>,
    pub uploaded_by: Option<i64>,
    pub created_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
    pub token: Option<String>,
    pub valid_until: Option<Date>,
    pub consignment: Option<String>,
    pub attempts: i32,
    pub run_at: DateTimeUtc,
    pub leased_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
