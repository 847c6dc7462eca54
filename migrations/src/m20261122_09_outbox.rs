//! Messages on their way out, written with the change that caused them.

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
                    .table("outbox")
                    .col(big_pk_auto("id"))
                    .col(string("channel"))
                    // 0: a person waits for it; 1: broadcasts and edits.
                    .col(small_integer("lane"))
                    // The chat, as the channel names it.
                    .col(string("recipient"))
                    .col(big_integer_null("user_id"))
                    .col(big_integer_null("ticket_id"))
                    .col(string("kind"))
                    .col(string("locale"))
                    .col(text("payload"))
                    .col(string("state"))
                    .col(integer("attempts"))
                    .col(timestamp_with_time_zone("run_at"))
                    .col(timestamp_with_time_zone_null("leased_until"))
                    .col(text_null("error"))
                    .col(string_null("external_id"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .to_owned(),
            )
            .await?;
        // What waits, in the order in which it is sent; finished rows are not in it.
        manager
            .create_index(
                Index::create()
                    .name("outbox_waiting")
                    .table("outbox")
                    .col("channel")
                    .col("lane")
                    .col("id")
                    .and_where(Expr::cust("state = 'queued'"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("outbox_per_recipient")
                    .table("outbox")
                    .col("recipient")
                    .col("lane")
                    .col("id")
                    .and_where(Expr::cust("state = 'queued'"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("outbox_by_ticket")
                    .table("outbox")
                    .col("ticket_id")
                    .col("id")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("outbox").to_owned())
            .await?;
        Ok(())
    }
}
