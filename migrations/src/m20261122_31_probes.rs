//! When a channel that has stopped was last tried, so that all processes together try it seldom.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = timestamp_with_time_zone_null("probed_at");
        let change = Table::alter().table("channels").add_column(column).to_owned();
        manager.alter_table(change).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let change = Table::alter()
            .table("channels")
            .drop_column("probed_at")
            .to_owned();
        manager.alter_table(change).await
    }
}
