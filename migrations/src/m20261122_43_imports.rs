//! Spreadsheets on their way in: looked at before anything is saved, and saved in steps.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("imports")
            .col(big_pk_auto("id"))
            .col(string("filename"))
            // Null once it is saved or given up: it holds people's data.
            .col(text_null("content"))
            .col(big_integer("created_by"))
            .col(timestamp_with_time_zone("created_at"))
            // So many rows were gone through, and so many customers came of them.
            .col(integer("done"))
            .col(integer("saved"))
            .col(timestamp_with_time_zone_null("finished_at"))
            .to_owned();
        manager.create_table(table).await?;
        let old = Index::create()
            .name("imports_by_age")
            .table("imports")
            .col("created_at")
            .to_owned();
        manager.create_index(old).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("imports").to_owned())
            .await
    }
}
