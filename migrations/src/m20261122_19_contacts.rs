//! The chats of customers, and the names that their service knows them by.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let contacts = Table::create()
            .table("contacts")
            .col(big_pk_auto("id"))
            .col(big_integer_null("customer_id"))
            // What the person calls himself.
            .col(string_null("profile_name"))
            .col(string("locale"))
            // By the service's clock: its window counts from here.
            .col(timestamp_with_time_zone_null("last_inbound_at"))
            // No more messages that nobody asked for.
            .col(timestamp_with_time_zone_null("stopped_at"))
            // The office speaks until then.
            .col(timestamp_with_time_zone_null("paused_until"))
            // Why nothing gets through, when that is so.
            .col(string_null("unusable"))
            // The chat that took this one in: the same person.
            .col(big_integer_null("replaced_by"))
            .col(timestamp_with_time_zone("created_at"))
            .to_owned();
        manager.create_table(contacts).await?;
        let by_customer = Index::create()
            .name("contacts_by_customer")
            .table("contacts")
            .col("customer_id")
            .to_owned();
        manager.create_index(by_customer).await?;
        let aliases = Table::create()
            .table("contact_aliases")
            .col(big_pk_auto("id"))
            .col(big_integer("contact_id"))
            // phone, user or parent.
            .col(string("kind"))
            .col(string("value"))
            // Who said so: webhook, status, contact or office.
            .col(string("source"))
            // Since when the service vouches for it.
            .col(timestamp_with_time_zone_null("verified_at"))
            // A former name leads nowhere.
            .col(boolean("active"))
            .col(timestamp_with_time_zone("created_at"))
            .to_owned();
        manager.create_table(aliases).await?;
        let once = Index::create()
            .name("contact_aliases_once")
            .table("contact_aliases")
            .col("kind")
            .col("value")
            .unique()
            .and_where(Expr::cust("active"))
            .to_owned();
        manager.create_index(once).await?;
        let of_contact = Index::create()
            .name("contact_aliases_of_contact")
            .table("contact_aliases")
            .col("contact_id")
            .to_owned();
        manager.create_index(of_contact).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["contact_aliases", "contacts"] {
            manager.drop_table(Table::drop().table(name).to_owned()).await?;
        }
        Ok(())
    }
}
