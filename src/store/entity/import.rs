//! The table `imports`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub filename: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub content: Option<String>,
    pub created_by: i64,
    pub created_at: DateTimeUtc,
    pub done: i32,
    pub saved: i32,
    pub finished_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
