//! The table `payments`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payments")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub invoice_id: i64,
    pub method: String,
    pub amount: i64,
    pub withheld: i64,
    pub paid_on: Date,
    pub reference: Option<String>,
    pub proof_id: Option<i64>,
    pub user_id: Option<i64>,
    pub created_at: DateTimeUtc,
    pub reversed_at: Option<DateTimeUtc>,
    pub reversed_by: Option<i64>,
    pub reverse_reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
