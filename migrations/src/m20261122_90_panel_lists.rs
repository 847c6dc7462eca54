//! What the panel counts on every page and what is forgotten each hour, found without reading every message; and what
//! customers who were erased before said of their tickets, and where they live, goes too.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Both databases know partial indexes; the builder does not.
const UP: [&str; 4] = [
    "CREATE INDEX outbox_failed ON outbox (id) WHERE state = 'failed'",
    "CREATE INDEX outbox_unforgotten ON outbox (updated_at) WHERE payload <> '{}'",
    "UPDATE visits SET latitude = NULL, longitude = NULL WHERE ticket_id IN (SELECT t.id FROM tickets t \
     JOIN customers c ON c.id = t.customer_id WHERE c.erased_at IS NOT NULL)",
    "UPDATE tickets SET problem = '-', latitude = NULL, longitude = NULL, version = version + 1 \
     WHERE customer_id IN (SELECT id FROM customers WHERE erased_at IS NOT NULL)",
];
const DOWN: [&str; 2] = ["DROP INDEX outbox_failed", "DROP INDEX outbox_unforgotten"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for order in UP {
            manager.get_connection().execute_unprepared(order).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for order in DOWN {
            manager.get_connection().execute_unprepared(order).await?;
        }
        Ok(())
    }
}
