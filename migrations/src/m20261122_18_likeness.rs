//! Pictures of the last months, to compare new ones with.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const NAME: &str = "documents_by_likeness";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::create();
        index
            .name(NAME)
            .table("documents")
            .col("created_at")
            .col("perceptual")
            .and_where(Expr::cust("perceptual IS NOT NULL"));
        manager.create_index(index.take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(Index::drop().name(NAME).table("documents").to_owned())
            .await
    }
}
