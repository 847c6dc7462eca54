//! By which rules a customer was erased, so that whoever was by earlier ones is found.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter()
            .table("customers")
            .add_column(integer("erasure_rules").default(0))
            .to_owned();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter()
            .table("customers")
            .drop_column("erasure_rules")
            .to_owned();
        manager.alter_table(table).await
    }
}
