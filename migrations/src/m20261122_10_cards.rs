//! The live card of each kind that a chat shows for a ticket.

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
                    .table("cards")
                    .col(string("channel"))
                    .col(string("recipient"))
                    .col(big_integer("ticket_id"))
                    .col(string("kind"))
                    .col(integer("epoch"))
                    .col(big_integer_null("user_id"))
                    .col(string("locale"))
                    .col(string_null("message_id"))
                    .primary_key(
                        Index::create()
                            .col("ticket_id")
                            .col("kind")
                            .col("epoch")
                            .col("channel")
                            .col("recipient"),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("cards", "ticket_id")
                            .to("tickets", "id"),
                    )
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("cards").to_owned())
            .await?;
        Ok(())
    }
}
