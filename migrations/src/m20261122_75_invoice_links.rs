//! Links of invoices that were replaced: whoever opens one is told that there is another.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let links = Table::create()
            .table("invoice_links")
            .col(string("token").primary_key())
            .col(big_integer("invoice_id"))
            .col(timestamp_with_time_zone("replaced_at"))
            .foreign_key(
                ForeignKey::create()
                    .from("invoice_links", "invoice_id")
                    .to("invoices", "id"),
            )
            .to_owned();
        manager.create_table(links).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("invoice_links").to_owned())
            .await
    }
}
