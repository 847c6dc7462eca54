//! Letters that are drawn here: the secret of the page that vouches for one, its last day, and what goes along.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMNS: [&str; 3] = ["token", "valid_until", "consignment"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let [token, valid_until, consignment] = COLUMNS;
        // As JSON, so that a letter can be drawn anew with the same goods.
        for column in [string_null(token), date_null(valid_until), text_null(consignment)] {
            let change = Table::alter().table("documents").add_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        // Two letters with one number would both be worth nothing.
        for (name, column) in [("documents_token", "token"), ("documents_number", "number")] {
            let index = Index::create()
                .name(name)
                .table("documents")
                .col(column)
                .unique()
                .to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["documents_token", "documents_number"] {
            let index = Index::drop().name(name).table("documents").to_owned();
            manager.drop_index(index).await?;
        }
        for column in COLUMNS {
            let change = Table::alter().table("documents").drop_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        Ok(())
    }
}
