//! The table `invoice_revisions`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_revisions")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub invoice_id: i64,
    pub version: i32,
    pub at: DateTimeUtc,
    pub user_id: Option<i64>,
    pub what: String,
    pub reason: Option<String>,
    pub sums: String,
}

impl ActiveModelBehavior for ActiveModel {}
