//! People who are served.

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
                    .table("customers")
                    .col(big_pk_auto("id"))
                    .col(string("name"))
                    .col(text("address"))
                    .col(string_null("phone"))
                    .col(double_null("latitude"))
                    .col(double_null("longitude"))
                    .col(string_null("timezone"))
                    .col(boolean("withholds_pph23"))
                    .col(text_null("notes"))
                    .col(string("source"))
                    .col(timestamp_with_time_zone_null("archived_at"))
                    .col(timestamp_with_time_zone_null("erased_at"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(integer("version"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("customers_by_phone")
                    .table("customers")
                    .col("phone")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("customers").to_owned())
            .await?;
        Ok(())
    }
}
