//! Photos, letters and other files, and the openings of a chat's upload mode that they came in.

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
                    .table("uploads")
                    .col(big_pk_auto("id"))
                    .col(big_integer("user_id"))
                    // Without a ticket: photos that nobody asked for, until their sender says whose they are.
                    .col(big_integer_null("ticket_id"))
                    .col(integer_null("epoch"))
                    .col(string_null("kind"))
                    // What the chat service calls photos that were sent together.
                    .col(string_null("album"))
                    .col(timestamp_with_time_zone("opened_at"))
                    .col(timestamp_with_time_zone_null("closed_at"))
                    .foreign_key(ForeignKey::create().from("uploads", "user_id").to("users", "id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("uploads", "ticket_id")
                            .to("tickets", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("uploads_by_user")
                    .table("uploads")
                    .col("user_id")
                    .col("id")
                    .to_owned(),
            )
            .await?;
        manager.create_table(documents()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["documents", "uploads"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn documents() -> TableCreateStatement {
    Table::create()
        .table("documents")
        .col(big_pk_auto("id"))
        .col(big_integer_null("ticket_id"))
        .col(integer_null("epoch"))
        .col(string_null("kind"))
        .col(big_integer_null("upload_id"))
        .col(string_null("number"))
        .col(string("filename"))
        .col(string_null("media_type"))
        // Bytes.
        .col(big_integer_null("size"))
        .col(string_null("sha256"))
        // 64 bits that are alike for pictures that look alike.
        .col(big_integer_null("perceptual"))
        .col(integer_null("width"))
        .col(integer_null("height"))
        // A list of words, as JSON.
        .col(text("flags"))
        // waiting, ready, refused, lost, erased
        .col(string("state"))
        .col(text_null("error"))
        .col(string("channel"))
        // What the channel needs to fetch it, and what it calls the same bytes sent again.
        .col(text_null("source"))
        .col(string_null("source_key"))
        // What the channel calls the file once we have sent it.
        .col(text_null("external_id"))
        .col(big_integer_null("uploaded_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(integer("attempts"))
        .col(timestamp_with_time_zone("run_at"))
        .col(timestamp_with_time_zone_null("leased_until"))
        .foreign_key(
            ForeignKey::create()
                .from("documents", "ticket_id")
                .to("tickets", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("documents", "upload_id")
                .to("uploads", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("documents", "uploaded_by")
                .to("users", "id"),
        )
        // What counts has been looked into.
        .check(Expr::cust("state <> 'ready' OR sha256 IS NOT NULL"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let mut all = Vec::new();
    for (name, column) in [
        ("documents_by_ticket", "ticket_id"),
        ("documents_by_upload", "upload_id"),
        ("documents_by_bytes", "sha256"),
    ] {
        let mut index = Index::create();
        index.name(name).table("documents").col(column).col("id");
        all.push(index);
    }
    let mut waiting = Index::create();
    waiting
        .name("documents_waiting")
        .table("documents")
        .col("run_at")
        .and_where(Expr::cust("state = 'waiting'"));
    all.push(waiting);
    all
}
