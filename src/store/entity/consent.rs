//! The table `consents`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "consents")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub customer_id: i64,
    pub contact_id: i64,
    pub version: String,
    pub message: String,
    pub draft: i64,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
