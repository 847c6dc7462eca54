//! Files of invoices: what customers send to prove that they paid, and the papers made of an invoice.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(proofs()).await?;
        manager.create_table(papers()).await?;
        for (name, table, column) in [
            ("invoice_proofs_by_invoice", "invoice_proofs", "invoice_id"),
            ("invoice_papers_by_sha256", "invoice_papers", "sha256"),
        ] {
            let index = Index::create().name(name).table(table).col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["invoice_papers", "invoice_proofs"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Which invoice a file is to prove the payment of.
fn proofs() -> TableCreateStatement {
    Table::create()
        .table("invoice_proofs")
        .col(big_integer("document_id").primary_key())
        .col(big_integer("invoice_id"))
        // The chat that it came in; none: the page.
        .col(big_integer_null("contact_id"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(
            ForeignKey::create()
                .from("invoice_proofs", "document_id")
                .to("documents", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("invoice_proofs", "invoice_id")
                .to("invoices", "id"),
        )
        .to_owned()
}

/// The PDF of an invoice in a language: made once, from then on the same bytes.
fn papers() -> TableCreateStatement {
    Table::create()
        .table("invoice_papers")
        .col(big_integer("invoice_id"))
        .col(string("locale"))
        .col(string("sha256"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("invoice_id").col("locale"))
        .foreign_key(
            ForeignKey::create()
                .from("invoice_papers", "invoice_id")
                .to("invoices", "id"),
        )
        .to_owned()
}
