//! Emergencies: assignments whose check-in is overdue, and what was decided.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("alerts")
            .col(big_pk_auto("id"))
            .col(big_integer("ticket_id"))
            // Of which assignment.
            .col(integer("epoch"))
            .col(big_integer("technician_id"))
            .col(timestamp_with_time_zone("due_at"))
            .col(timestamp_with_time_zone("raised_at"))
            .col(integer("repeats"))
            // When it is told again, while nobody has decided.
            .col(timestamp_with_time_zone("next_at"))
            // open, decided, resolved
            .col(string("state"))
            // continue, replace
            .col(string_null("decision"))
            .col(integer_null("minutes"))
            // Who has the ticket instead; empty: it went to the pool.
            .col(big_integer_null("next_technician_id"))
            .col(big_integer_null("decided_by"))
            .col(timestamp_with_time_zone_null("decided_at"))
            // checked_in, released, cancelled, moved
            .col(string_null("resolution"))
            .col(timestamp_with_time_zone_null("resolved_at"));
        for (column, to) in [
            ("ticket_id", "tickets"),
            ("technician_id", "users"),
            ("next_technician_id", "users"),
            ("decided_by", "users"),
        ] {
            table.foreign_key(ForeignKey::create().from("alerts", column).to(to, "id"));
        }
        manager.create_table(table).await?;
        // One at a time, however many processes look.
        manager
            .create_index(
                Index::create()
                    .name("alerts_open")
                    .table("alerts")
                    .col("ticket_id")
                    .unique()
                    .and_where(Expr::cust("state = 'open'"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("alerts_to_repeat")
                    .table("alerts")
                    .col("next_at")
                    .and_where(Expr::cust("state = 'open'"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("alerts_by_state")
                    .table("alerts")
                    .col("state")
                    .col("id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("alerts_of_ticket")
                    .table("alerts")
                    .col("ticket_id")
                    .col("id")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("alerts").to_owned()).await
    }
}
