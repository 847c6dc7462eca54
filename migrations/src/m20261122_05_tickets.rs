//! Jobs, and who may not take one again.

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
                    .table("tickets")
                    .col(big_pk_auto("id"))
                    .col(big_integer("customer_id"))
                    .col(big_integer("service_id"))
                    .col(text("problem"))
                    .col(string("status"))
                    .col(date("visit_date"))
                    .col(time_null("visit_time"))
                    .col(double_null("latitude"))
                    .col(double_null("longitude"))
                    .col(big_integer_null("technician_id"))
                    // Counts assignments: a button of an earlier one is stale.
                    .col(integer("epoch"))
                    .col(timestamp_with_time_zone_null("claimed_at"))
                    .col(timestamp_with_time_zone_null("check_in_due_at"))
                    .col(big_integer("created_by"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("changed_at"))
                    .col(integer("version"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("tickets", "customer_id")
                            .to("customers", "id"),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("tickets", "service_id")
                            .to("services", "id"),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("tickets", "technician_id")
                            .to("users", "id"),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("tickets", "created_by")
                            .to("users", "id"),
                    )
                    // An assigned ticket has its technician, an open one has none.
                    .check(Expr::cust(
                        "(status = 'open') = (technician_id IS NULL) OR status = 'cancelled'",
                    ))
                    .to_owned(),
            )
            .await?;
        for (name, column) in [
            ("tickets_by_status", "status"),
            ("tickets_by_date", "visit_date"),
            ("tickets_by_customer", "customer_id"),
            ("tickets_by_technician", "technician_id"),
        ] {
            let mut index = Index::create();
            index.name(name).table("tickets").col(column).col("id");
            manager.create_index(index).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("ticket_exclusions")
                    .col(big_integer("ticket_id"))
                    .col(big_integer("user_id"))
                    .primary_key(Index::create().col("ticket_id").col("user_id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("ticket_exclusions", "ticket_id")
                            .to("tickets", "id"),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("ticket_exclusions", "user_id")
                            .to("users", "id"),
                    )
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("ticket_exclusions").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("tickets").to_owned())
            .await?;
        Ok(())
    }
}
