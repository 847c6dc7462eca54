//! Inputs that were handled, and those kept aside.

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
                    .table("inbox")
                    .col(big_pk_auto("id"))
                    .col(string("channel"))
                    .col(string("external_id"))
                    .col(timestamp_with_time_zone("received_at"))
                    .col(string("state"))
                    // Only what was kept aside holds its payload.
                    .col(text_null("payload"))
                    .col(text_null("error"))
                    .col(integer("attempts"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("inbox_once")
                    .table("inbox")
                    .col("channel")
                    .col("external_id")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("inbox_kept")
                    .table("inbox")
                    .col("id")
                    .and_where(Expr::cust("error IS NOT NULL"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("inbox").to_owned())
            .await?;
        Ok(())
    }
}
