//! The table `users`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub username: String,
    pub name: String,
    pub role: String,
    pub phone: Option<String>,
    pub telegram_id: Option<i64>,
    pub telegram_blocked_at: Option<DateTimeUtc>,
    pub telegram_reached_at: Option<DateTimeUtc>,
    pub active: bool,
    pub on_duty: bool,
    pub daily_quota: Option<i32>,
    pub discount_limit_percent: Option<i32>,
    pub locale: String,
    pub password_hash: String,
    pub must_change_password: bool,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
