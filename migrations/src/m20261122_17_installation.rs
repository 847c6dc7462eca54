//! What tells this installation from every other, however its database is reached.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One row, of the id 1: whoever comes first writes it.
        let table = Table::create()
            .table("installation")
            .col(integer("id").primary_key())
            .col(string("name"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::drop().table("installation").to_owned();
        manager.drop_table(table).await
    }
}
