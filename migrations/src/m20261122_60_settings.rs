//! What the office changed of the company's settings; whatever is not here stands in the file.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One row a section, once it was changed: two who change the same one meet at its version.
        let table = Table::create()
            .table("settings")
            .col(string("section").primary_key())
            .col(big_integer("version"))
            // JSON: whole keys and their values, as the file would write them.
            .col(text("given"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::drop().table("settings").to_owned();
        manager.drop_table(table).await
    }
}
