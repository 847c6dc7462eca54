//! People who sign in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("users")
                    .col(big_pk_auto("id"))
                    .col(string("username").unique_key())
                    .col(string("name"))
                    .col(string("role"))
                    .col(string_null("phone"))
                    .col(big_integer_null("telegram_id").unique_key())
                    .col(timestamp_with_time_zone_null("telegram_blocked_at"))
                    .col(boolean("active"))
                    .col(boolean("on_duty"))
                    .col(integer_null("daily_quota"))
                    .col(integer_null("discount_limit_percent"))
                    .col(string("locale"))
                    .col(string("password_hash"))
                    .col(boolean("must_change_password"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(integer("version"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("users_by_role")
                    .table("users")
                    .col("role")
                    .col("active")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("users").to_owned())
            .await?;
        Ok(())
    }
}
