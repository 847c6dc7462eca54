//! What a chat was asked and has not answered.

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
                    .table("conversations")
                    .col(string("channel"))
                    .col(string("chat"))
                    .col(text("state"))
                    .col(integer("version"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .primary_key(Index::create().col("channel").col("chat"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("conversations").to_owned())
            .await?;
        Ok(())
    }
}
