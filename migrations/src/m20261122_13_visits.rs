//! What happened at the site: who came, where he was, when he left.

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
                    .table("visits")
                    .col(big_pk_auto("id"))
                    .col(big_integer("ticket_id"))
                    // The assignment that it belongs to.
                    .col(integer("epoch"))
                    .col(big_integer("technician_id"))
                    .col(timestamp_with_time_zone("checked_in_at"))
                    .col(string("source"))
                    .col(string("verdict"))
                    // Erased after `retention.location_days`; the distance and the verdict stay.
                    .col(double_null("latitude"))
                    .col(double_null("longitude"))
                    .col(double_null("accuracy_meters"))
                    .col(double_null("distance_meters"))
                    .col(big_integer_null("age_seconds"))
                    .col(text_null("reason"))
                    // Someone else than the technician: an admin, afterwards.
                    .col(big_integer_null("recorded_by"))
                    .col(timestamp_with_time_zone_null("checked_out_at"))
                    // The ticket was taken away during the visit.
                    .col(timestamp_with_time_zone_null("ended_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("visits", "ticket_id")
                            .to("tickets", "id"),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("visits", "technician_id")
                            .to("users", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        // One check-in of one assignment, whatever arrives twice.
        manager
            .create_index(
                Index::create()
                    .name("visits_once")
                    .table("visits")
                    .col("ticket_id")
                    .col("epoch")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("visits_located")
                    .table("visits")
                    .col("checked_in_at")
                    .and_where(Expr::cust("latitude IS NOT NULL"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("visits").to_owned())
            .await?;
        Ok(())
    }
}
