//! How far messages came, as services tell it, and whether a service takes any.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column at a time: SQLite adds no more at once.
        let columns = [
            // Since when it may be with the service though nobody has heard so.
            timestamp_with_time_zone_null("departed_at"),
            // Why it failed, by a stable code.
            string_null("fault"),
            // What the service says that it costs.
            text_null("price"),
            // Only words that were approved beforehand may go.
            boolean("standby_only").default(false).to_owned(),
        ];
        for column in columns {
            let change = Table::alter().table("outbox").add_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        let by_name = Index::create()
            .name("outbox_by_external_id")
            .table("outbox")
            .col("channel")
            .col("external_id")
            .and_where(Expr::cust("external_id IS NOT NULL"))
            .to_owned();
        manager.create_index(by_name).await?;
        let of_chat = Index::create()
            .name("outbox_of_chat")
            .table("outbox")
            .col("channel")
            .col("recipient")
            .col("id")
            .to_owned();
        manager.create_index(of_chat).await?;
        // News of messages that are not known by that name yet.
        let parked = Table::create()
            .table("receipts")
            .col(big_pk_auto("id"))
            .col(string("channel"))
            .col(string("message"))
            .col(text("payload"))
            .col(timestamp_with_time_zone("received_at"))
            .to_owned();
        manager.create_table(parked).await?;
        let of_message = Index::create()
            .name("receipts_of_message")
            .table("receipts")
            .col("channel")
            .col("message")
            .to_owned();
        manager.create_index(of_message).await?;
        // A channel that takes nothing until somebody mends it.
        let stopped = Table::create()
            .table("channels")
            .col(string("channel").primary_key())
            .col(timestamp_with_time_zone_null("stopped_at"))
            .col(string_null("why"))
            .col(text_null("details"))
            .to_owned();
        manager.create_table(stopped).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["channels", "receipts"] {
            manager.drop_table(Table::drop().table(name).to_owned()).await?;
        }
        for name in ["outbox_of_chat", "outbox_by_external_id"] {
            manager
                .drop_index(Index::drop().name(name).table("outbox").to_owned())
                .await?;
        }
        for column in ["departed_at", "fault", "price", "standby_only"] {
            let change = Table::alter().table("outbox").drop_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        Ok(())
    }
}
