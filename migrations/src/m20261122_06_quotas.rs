//! Places taken on a date, by technician and by the company; the checks are the guard.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Two claims, or two admins, that both read a free place cannot both take it: the second
        // statement breaks the check. The limit in force is written together with the new count.
        manager
            .create_table(
                Table::create()
                    .table("technician_days")
                    .col(big_integer("user_id"))
                    .col(date("date"))
                    .col(integer("used"))
                    .col(integer("quota"))
                    .primary_key(Index::create().col("user_id").col("date"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("technician_days", "user_id")
                            .to("users", "id"),
                    )
                    .check(("technician_quota", Expr::cust("used >= 0 AND used <= quota")))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("company_days")
                    .col(date("date").primary_key())
                    .col(integer("used"))
                    .col(integer("capacity"))
                    .check(("company_quota", Expr::cust("used >= 0 AND used <= capacity")))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("company_days").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("technician_days").to_owned())
            .await?;
        Ok(())
    }
}
