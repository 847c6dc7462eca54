//! What sales are asked to decide: each request once, with when to remind of it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("approvals")
            .col(big_pk_auto("id"))
            .col(big_integer("invoice_id"))
            .col(timestamp_with_time_zone("asked_at"))
            // When those who may decide hear of it once more.
            .col(timestamp_with_time_zone("remind_at"))
            // Decided, or no longer asked.
            .col(timestamp_with_time_zone_null("ended_at"))
            .foreign_key(
                ForeignKey::create()
                    .from("approvals", "invoice_id")
                    .to("invoices", "id"),
            )
            .to_owned();
        manager.create_table(table).await?;
        // An invoice is asked about once at a time, whoever asks at the same moment.
        let mut standing = Index::create();
        standing
            .name("approvals_standing")
            .table("approvals")
            .col("invoice_id")
            .unique()
            .and_where(Expr::cust("ended_at IS NULL"));
        manager.create_index(standing.take()).await?;
        let mut due = Index::create();
        due.name("approvals_due")
            .table("approvals")
            .col("remind_at")
            .and_where(Expr::cust("ended_at IS NULL"));
        manager.create_index(due.take()).await?;
        // What was submitted before requests were written down.
        manager
            .get_connection()
            .execute_unprepared(
                "INSERT INTO approvals (invoice_id, asked_at, remind_at) SELECT id, \
                 COALESCE(submitted_at, updated_at), COALESCE(submitted_at, updated_at) \
                 FROM invoices WHERE state = 'submitted' ORDER BY id",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("approvals").to_owned())
            .await
    }
}
