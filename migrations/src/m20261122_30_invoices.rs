//! What customers owe: invoices with every revision, payments, and the numbers that run without gaps.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(invoices()).await?;
        manager.create_table(revisions()).await?;
        manager.create_table(payments()).await?;
        manager.create_table(series()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["number_series", "payments", "invoice_revisions", "invoices"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Amounts are whole rupiah.
fn invoices() -> TableCreateStatement {
    Table::create()
        .table("invoices")
        .col(big_pk_auto("id"))
        .col(big_integer("ticket_id"))
        // draft, submitted, approved, sent, paid, void
        .col(string("state"))
        .col(integer("version"))
        .col(string_null("number"))
        // As JSON; quantities in thousandths.
        .col(text("lines"))
        .col(string("discount_kind"))
        // Rupiah, or hundredths of a percent.
        .col(big_integer("discount_value"))
        .col(big_integer("subtotal"))
        .col(big_integer("discount_amount"))
        .col(big_integer("tax_base"))
        .col(big_integer("vat_percent"))
        .col(big_integer("vat"))
        .col(big_integer("total"))
        // The version of the rounding rule, and the date whose tax it is; none: the seller charges none.
        .col(small_integer("rounding"))
        .col(date_null("taxed_on"))
        .col(date_null("due_date"))
        // What the customer's link ends with.
        .col(string_null("token"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("submitted_at"))
        .col(timestamp_with_time_zone_null("approved_at"))
        .col(big_integer_null("approved_by"))
        .col(timestamp_with_time_zone_null("sent_at"))
        .col(timestamp_with_time_zone_null("paid_at"))
        .foreign_key(
            ForeignKey::create()
                .from("invoices", "ticket_id")
                .to("tickets", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("invoices", "approved_by")
                .to("users", "id"),
        )
        .check(Expr::cust(
            "total >= 0 AND subtotal >= discount_amount AND discount_amount >= 0",
        ))
        // What sales have approved has its number.
        .check(Expr::cust(
            "state NOT IN ('approved', 'sent', 'paid') OR number IS NOT NULL",
        ))
        .to_owned()
}

fn revisions() -> TableCreateStatement {
    Table::create()
        .table("invoice_revisions")
        .col(big_pk_auto("id"))
        .col(big_integer("invoice_id"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("at"))
        .col(big_integer_null("user_id"))
        // What was done, e.g. revised.
        .col(string("what"))
        .col(text_null("reason"))
        // The sums as they were then, as JSON.
        .col(text("sums"))
        .foreign_key(
            ForeignKey::create()
                .from("invoice_revisions", "invoice_id")
                .to("invoices", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("invoice_revisions", "user_id")
                .to("users", "id"),
        )
        .to_owned()
}

fn payments() -> TableCreateStatement {
    Table::create()
        .table("payments")
        .col(big_pk_auto("id"))
        .col(big_integer("invoice_id"))
        .col(string("method"))
        .col(big_integer("amount"))
        .col(big_integer("withheld"))
        .col(date("paid_on"))
        .col(string_null("reference"))
        .col(big_integer_null("proof_id"))
        .col(big_integer_null("user_id"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("reversed_at"))
        .col(big_integer_null("reversed_by"))
        .col(text_null("reverse_reason"))
        .foreign_key(
            ForeignKey::create()
                .from("payments", "invoice_id")
                .to("invoices", "id"),
        )
        .foreign_key(ForeignKey::create().from("payments", "user_id").to("users", "id"))
        .foreign_key(
            ForeignKey::create()
                .from("payments", "proof_id")
                .to("documents", "id"),
        )
        .check(Expr::cust(
            "amount >= 0 AND withheld >= 0 AND amount + withheld > 0",
        ))
        .to_owned()
}

/// The last number given out of each series; month 0: the series runs through the year.
fn series() -> TableCreateStatement {
    Table::create()
        .table("number_series")
        .col(string("kind"))
        .col(integer("year"))
        .col(integer("month"))
        .col(big_integer("last"))
        .primary_key(Index::create().col("kind").col("year").col("month"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let mut all = Vec::new();
    let mut unique = |name: &str, column: &str, only: Option<&str>| {
        let mut index = Index::create();
        index.name(name).table("invoices").col(column.to_owned()).unique();
        if let Some(only) = only {
            index.and_where(Expr::cust(only.to_owned()));
        }
        all.push(index);
    };
    // One live invoice of a ticket, whoever asks for it at the same moment.
    unique("invoices_live", "ticket_id", Some("state <> 'void'"));
    unique("invoices_by_number", "number", None);
    unique("invoices_by_token", "token", None);
    for (name, table, first) in [
        ("invoices_by_state", "invoices", "state"),
        ("invoices_by_ticket", "invoices", "ticket_id"),
        ("revisions_by_invoice", "invoice_revisions", "invoice_id"),
        ("payments_by_invoice", "payments", "invoice_id"),
    ] {
        let mut index = Index::create();
        index.name(name).table(table).col(first).col("id");
        all.push(index);
    }
    all
}
