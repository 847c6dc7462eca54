//! What a service posted, byte for byte, until it is handled.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("webhooks")
            .col(big_pk_auto("id"))
            .col(string("channel"))
            // In hexadecimal, of the body: what is posted twice is kept once.
            .col(string("sha256"))
            .col(blob("body"))
            .col(timestamp_with_time_zone("received_at"))
            // waiting or done.
            .col(string("state"))
            .col(integer("attempts"))
            .col(timestamp_with_time_zone_null("leased_until"))
            .to_owned();
        manager.create_table(table).await?;
        let once = Index::create()
            .name("webhooks_once")
            .table("webhooks")
            .col("channel")
            .col("sha256")
            .unique()
            .to_owned();
        manager.create_index(once).await?;
        let waiting = Index::create()
            .name("webhooks_waiting")
            .table("webhooks")
            .col("channel")
            .col("id")
            .and_where(Expr::cust("state = 'waiting'"))
            .to_owned();
        manager.create_index(waiting).await?;
        let old = Index::create()
            .name("webhooks_by_age")
            .table("webhooks")
            .col("received_at")
            .to_owned();
        manager.create_index(old).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("webhooks").to_owned())
            .await
    }
}
