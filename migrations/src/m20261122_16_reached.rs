//! When a person last let the bot in, so that an older refusal does not shut him out again.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = timestamp_with_time_zone_null("telegram_reached_at");
        let change = Table::alter().table("users").add_column(column).to_owned();
        manager.alter_table(change).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let change = Table::alter()
            .table("users")
            .drop_column("telegram_reached_at")
            .to_owned();
        manager.alter_table(change).await
    }
}
