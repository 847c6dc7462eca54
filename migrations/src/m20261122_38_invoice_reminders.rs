//! Which reminders of an invoice were given: each once, whoever looks.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("invoice_reminders")
            .col(big_integer("invoice_id"))
            // Days after the due date.
            .col(integer("day"))
            .col(timestamp_with_time_zone("at"))
            .primary_key(Index::create().col("invoice_id").col("day"))
            .foreign_key(
                ForeignKey::create()
                    .from("invoice_reminders", "invoice_id")
                    .to("invoices", "id"),
            )
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::drop().table("invoice_reminders").to_owned();
        manager.drop_table(table).await
    }
}
