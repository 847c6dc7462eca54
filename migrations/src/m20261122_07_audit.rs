//! Who changed what, when and from where; a ticket's rows are its timeline.

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
                    .table("audit")
                    .col(big_pk_auto("id"))
                    .col(timestamp_with_time_zone("at"))
                    .col(big_integer_null("actor_id"))
                    .col(string("channel"))
                    .col(string("action"))
                    .col(string("subject_kind"))
                    .col(big_integer("subject_id"))
                    .col(big_integer_null("ticket_id"))
                    .col(json_null("detail"))
                    .to_owned(),
            )
            .await?;
        for (name, column) in [("audit_by_ticket", "ticket_id"), ("audit_by_actor", "actor_id")] {
            let mut index = Index::create();
            index.name(name).table("audit").col(column).col("id");
            manager.create_index(index).await?;
        }
        manager
            .create_index(
                Index::create()
                    .name("audit_by_time")
                    .table("audit")
                    .col("at")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("audit").to_owned())
            .await?;
        Ok(())
    }
}
