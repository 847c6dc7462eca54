//! What customers think of a ticket that was closed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("ratings")
            .col(big_pk_auto("id"))
            // One each.
            .col(big_integer("ticket_id").unique_key())
            .col(big_integer("customer_id"))
            // Who served, as it was when the ticket was closed.
            .col(big_integer_null("technician_id"))
            .col(big_integer_null("cs_id"))
            // Opens the page.
            .col(string("token").unique_key())
            .col(integer_null("technician_stars"))
            .col(timestamp_with_time_zone_null("technician_at"))
            .col(integer_null("cs_stars"))
            .col(timestamp_with_time_zone_null("cs_at"))
            .col(text_null("comment"))
            // whatsapp, page
            .col(string_null("via"))
            // When the first stars were given.
            .col(timestamp_with_time_zone_null("at"))
            .col(timestamp_with_time_zone("opened_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .foreign_key(
                ForeignKey::create()
                    .from("ratings", "ticket_id")
                    .to("tickets", "id"),
            )
            .foreign_key(
                ForeignKey::create()
                    .from("ratings", "customer_id")
                    .to("customers", "id"),
            )
            .foreign_key(
                ForeignKey::create()
                    .from("ratings", "technician_id")
                    .to("users", "id"),
            )
            .foreign_key(ForeignKey::create().from("ratings", "cs_id").to("users", "id"))
            .check(Expr::cust(
                "technician_stars IS NULL OR technician_stars BETWEEN 1 AND 5",
            ))
            .check(Expr::cust("cs_stars IS NULL OR cs_stars BETWEEN 1 AND 5"))
            .to_owned();
        manager.create_table(table).await?;
        for (name, columns) in [
            ("ratings_by_time", ["at", "id"]),
            ("ratings_of_customer", ["customer_id", "id"]),
        ] {
            let mut index = Index::create();
            index.name(name).table("ratings");
            for column in columns {
                index.col(column);
            }
            manager.create_index(index.take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("ratings").to_owned())
            .await?;
        Ok(())
    }
}
