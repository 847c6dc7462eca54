//! The table `invoices`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoices")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub ticket_id: i64,
    pub state: String,
    pub version: i32,
    pub number: Option<String>,
    pub lines: String,
    pub discount_kind: String,
    pub discount_value: i64,
    pub subtotal: i64,
    pub discount_amount: i64,
    pub tax_base: i64,
    pub vat_percent: i64,
    pub vat: i64,
    pub total: i64,
    pub rounding: i16,
    pub taxed_on: Option<Date>,
    pub due_date: Option<Date>,
    pub token: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub submitted_at: Option<DateTimeUtc>,
    pub approved_at: Option<DateTimeUtc>,
    pub approved_by: Option<i64>,
    pub sent_at: Option<DateTimeUtc>,
    pub paid_at: Option<DateTimeUtc>,
    pub withholds: Option<bool>,
    pub issuer: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
