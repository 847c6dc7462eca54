//! When a conversation should go on by itself, and when a technician was reminded of a visit.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut conversations = Table::alter();
        conversations
            .table("conversations")
            .add_column(timestamp_with_time_zone_null("wake_at"));
        manager.alter_table(conversations).await?;
        manager
            .create_index(
                Index::create()
                    .name("conversations_to_wake")
                    .table("conversations")
                    .col("wake_at")
                    .and_where(Expr::cust("wake_at IS NOT NULL"))
                    .to_owned(),
            )
            .await?;
        let mut tickets = Table::alter();
        tickets
            .table("tickets")
            // Of which assignment's visit the technician was reminded.
            .add_column(integer_null("reminded_epoch"));
        manager.alter_table(tickets).await?;
        manager
            .create_index(
                Index::create()
                    .name("tickets_due")
                    .table("tickets")
                    .col("check_in_due_at")
                    .and_where(Expr::cust("status = 'assigned'"))
                    .to_owned(),
            )
            .await?;
        // A reply to a card finds what the card is about.
        manager
            .create_index(
                Index::create()
                    .name("cards_by_message")
                    .table("cards")
                    .col("recipient")
                    .col("message_id")
                    .and_where(Expr::cust("message_id IS NOT NULL"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (index, table) in [
            ("cards_by_message", "cards"),
            ("tickets_due", "tickets"),
            ("conversations_to_wake", "conversations"),
        ] {
            manager
                .drop_index(Index::drop().name(index).table(table).to_owned())
                .await?;
        }
        let mut tickets = Table::alter();
        tickets.table("tickets").drop_column("reminded_epoch");
        manager.alter_table(tickets).await?;
        let mut conversations = Table::alter();
        conversations.table("conversations").drop_column("wake_at");
        manager.alter_table(conversations).await
    }
}
