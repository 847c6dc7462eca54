//! Who says that a number is a customer's: only the office's word, or the service's, makes whoever writes from it that customer.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A number that came by chat was proven when the service vouches for it in that customer's own chat.
const PROVEN: &str = "UPDATE customers SET phone_by = 'proven' WHERE phone_by = 'chat' AND EXISTS ( \
    SELECT 1 FROM contacts JOIN contact_aliases ON contact_aliases.contact_id = contacts.id \
    WHERE contacts.customer_id = customers.id AND contact_aliases.kind = 'phone' \
    AND contact_aliases.value = customers.phone AND contact_aliases.verified_at IS NOT NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let change = Table::alter()
            .table("customers")
            // office, chat or proven
            .add_column(string_null("phone_by"))
            .to_owned();
        manager.alter_table(change).await?;
        let connection = manager.get_connection();
        connection
            .execute_unprepared(
                "UPDATE customers SET phone_by = CASE source WHEN 'whatsapp' THEN 'chat' ELSE 'office' END \
                 WHERE phone IS NOT NULL",
            )
            .await?;
        connection.execute_unprepared(PROVEN).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let change = Table::alter()
            .table("customers")
            .drop_column("phone_by")
            .to_owned();
        manager.alter_table(change).await
    }
}
