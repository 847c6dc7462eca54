//! The table `alerts`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "alerts")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub ticket_id: i64,
    pub epoch: i32,
    pub technician_id: i64,
    pub due_at: DateTimeUtc,
    pub raised_at: DateTimeUtc,
    pub repeats: i32,
    pub next_at: DateTimeUtc,
    pub state: String,
    pub decision: Option<String>,
    pub minutes: Option<i32>,
    pub next_technician_id: Option<i64>,
    pub decided_by: Option<i64>,
    pub decided_at: Option<DateTimeUtc>,
    pub resolution: Option<String>,
    pub resolved_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
