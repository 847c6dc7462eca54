//! What customers agreed to, what they wrote, and what of it became a report or a question.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [consents(), messages(), requests(), photos()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["request_photos", "requests", "messages", "consents"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn consents() -> TableCreateStatement {
    Table::create()
        .table("consents")
        .col(big_pk_auto("id"))
        .col(big_integer("customer_id"))
        .col(big_integer("contact_id"))
        // Which words were agreed to.
        .col(string("version"))
        // The service's id of the message that agreed.
        .col(string("message"))
        // The registration's own number: the same one is saved once.
        .col(big_integer("draft"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(
            ForeignKey::create()
                .from("consents", "customer_id")
                .to("customers", "id"),
        )
        .to_owned()
}

fn messages() -> TableCreateStatement {
    Table::create()
        .table("messages")
        .col(big_pk_auto("id"))
        .col(big_integer("contact_id"))
        .col(string("external_id"))
        // text, press, place, file, contacts, gesture, order, other
        .col(string("kind"))
        .col(text_null("words"))
        .col(double_null("latitude"))
        .col(double_null("longitude"))
        // By the service's clock.
        .col(timestamp_with_time_zone("sent_at"))
        .col(timestamp_with_time_zone_null("changed_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .to_owned()
}

fn requests() -> TableCreateStatement {
    Table::create()
        .table("requests")
        .col(big_pk_auto("id"))
        .col(big_integer("contact_id"))
        // Someone who is no customer may ask, too.
        .col(big_integer_null("customer_id"))
        // report, question
        .col(string("kind"))
        .col(text("words"))
        .col(double_null("latitude"))
        .col(double_null("longitude"))
        // new, accepted, answered, dismissed
        .col(string("state"))
        .col(big_integer_null("ticket_id"))
        // The flow's own number: the same one is sent once.
        .col(big_integer_null("draft"))
        .col(text_null("answer"))
        .col(big_integer_null("handled_by"))
        .col(timestamp_with_time_zone_null("handled_at"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(
            ForeignKey::create()
                .from("requests", "customer_id")
                .to("customers", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("requests", "ticket_id")
                .to("tickets", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("requests", "handled_by")
                .to("users", "id"),
        )
        .check(Expr::cust("state <> 'accepted' OR ticket_id IS NOT NULL"))
        .to_owned()
}

fn photos() -> TableCreateStatement {
    Table::create()
        .table("request_photos")
        .col(big_integer("request_id"))
        .col(big_integer("document_id"))
        .primary_key(Index::create().col("request_id").col("document_id"))
        .foreign_key(
            ForeignKey::create()
                .from("request_photos", "request_id")
                .to("requests", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("request_photos", "document_id")
                .to("documents", "id"),
        )
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let plain = |name: &'static str, table: &'static str, columns: &[&'static str]| {
        let mut index = Index::create();
        index.name(name).table(table);
        for column in columns {
            index.col(*column);
        }
        index.take()
    };
    let mut once = Index::create();
    once.name("requests_once")
        .table("requests")
        .col("contact_id")
        .col("draft")
        .unique()
        .and_where(Expr::cust("draft IS NOT NULL"));
    let mut agreed = Index::create();
    agreed
        .name("consents_once")
        .table("consents")
        .col("contact_id")
        .col("draft")
        .unique();
    let mut message = Index::create();
    message
        .name("messages_once")
        .table("messages")
        .col("external_id")
        .unique();
    vec![
        once.take(),
        agreed.take(),
        message.take(),
        plain("messages_of_contact", "messages", &["contact_id", "id"]),
        plain("requests_of_contact", "requests", &["contact_id", "id"]),
        plain("requests_of_customer", "requests", &["customer_id", "id"]),
        plain("requests_by_state", "requests", &["state", "id"]),
        plain("requests_of_ticket", "requests", &["ticket_id"]),
        plain("request_photos_by_document", "request_photos", &["document_id"]),
        plain("consents_of_customer", "consents", &["customer_id"]),
    ]
}
