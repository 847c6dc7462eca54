//! What an approved invoice was approved with: whether its customer withholds, and who asks for the money.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One at a time: SQLite adds no two columns at once.
        for column in [boolean_null("withholds"), text_null("issuer")] {
            let table = Table::alter().table("invoices").add_column(column).to_owned();
            manager.alter_table(table).await?;
        }
        // Of those that are approved nobody knows it better than today.
        let kept = "UPDATE invoices SET withholds = (SELECT customers.withholds_pph23 FROM tickets \
            JOIN customers ON customers.id = tickets.customer_id WHERE tickets.id = invoices.ticket_id) \
            WHERE approved_at IS NOT NULL";
        manager.get_connection().execute_unprepared(kept).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["issuer", "withholds"] {
            let table = Table::alter().table("invoices").drop_column(column).to_owned();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
