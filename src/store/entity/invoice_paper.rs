//! The table `invoice_papers`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_papers")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub locale: String,
    pub sha256: String,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
