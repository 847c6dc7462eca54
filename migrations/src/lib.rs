//! The database's history: one change per file, never naming the entities, running on SQLite and PostgreSQL.
//!
//! Expand first, contract later: each migration must work with the code before it and after it.

use sea_orm_migration::async_trait::async_trait;
pub use sea_orm_migration::{MigrationTrait, MigratorTrait};

mod m20261122_01_users;
mod m20261122_02_auth_tokens;
mod m20261122_03_customers;
mod m20261122_04_services;
mod m20261122_05_tickets;
mod m20261122_06_quotas;
mod m20261122_07_audit;
mod m20261122_08_inbox;
mod m20261122_09_outbox;
mod m20261122_10_cards;
mod m20261122_11_conversations;
mod m20261122_12_idempotency;
mod m20261122_13_visits;
mod m20261122_14_documents;
mod m20261122_15_wake_up;
mod m20261122_16_reached;
mod m20261122_17_installation;
mod m20261122_18_likeness;
mod m20261122_19_contacts;
mod m20261122_20_webhooks;
mod m20261122_21_receipts;
mod m20261122_22_requests;
mod m20261122_23_ratings;
mod m20261122_30_invoices;
mod m20261122_31_probes;
mod m20261122_32_silenced;
mod m20261122_33_phone_by;
mod m20261122_35_approvals;
mod m20261122_37_invoice_files;
mod m20261122_38_invoice_reminders;
mod m20261122_40_alerts;
mod m20261122_43_imports;
mod m20261122_50_letters;
mod m20261122_60_settings;
mod m20261122_65_audit_search;
mod m20261122_66_service_version;
mod m20261122_75_invoice_links;
mod m20261122_80_invoice_facts;
mod m20261122_90_panel_lists;
mod m20261122_92_erasure_rules;

/// Every migration, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_01_users::Migration),
            Box::new(m20261122_02_auth_tokens::Migration),
            Box::new(m20261122_03_customers::Migration),
            Box::new(m20261122_04_services::Migration),
            Box::new(m20261122_05_tickets::Migration),
            Box::new(m20261122_06_quotas::Migration),
            Box::new(m20261122_07_audit::Migration),
            Box::new(m20261122_08_inbox::Migration),
            Box::new(m20261122_09_outbox::Migration),
            Box::new(m20261122_10_cards::Migration),
            Box::new(m20261122_11_conversations::Migration),
            Box::new(m20261122_12_idempotency::Migration),
            Box::new(m20261122_13_visits::Migration),
            Box::new(m20261122_14_documents::Migration),
            Box::new(m20261122_15_wake_up::Migration),
            Box::new(m20261122_16_reached::Migration),
            Box::new(m20261122_17_installation::Migration),
            Box::new(m20261122_18_likeness::Migration),
            Box::new(m20261122_19_contacts::Migration),
            Box::new(m20261122_20_webhooks::Migration),
            Box::new(m20261122_21_receipts::Migration),
            Box::new(m20261122_22_requests::Migration),
            Box::new(m20261122_23_ratings::Migration),
            Box::new(m20261122_30_invoices::Migration),
            Box::new(m20261122_31_probes::Migration),
            Box::new(m20261122_32_silenced::Migration),
            Box::new(m20261122_33_phone_by::Migration),
            Box::new(m20261122_35_approvals::Migration),
            Box::new(m20261122_37_invoice_files::Migration),
            Box::new(m20261122_38_invoice_reminders::Migration),
            Box::new(m20261122_40_alerts::Migration),
            Box::new(m20261122_43_imports::Migration),
            Box::new(m20261122_50_letters::Migration),
            Box::new(m20261122_60_settings::Migration),
            Box::new(m20261122_65_audit_search::Migration),
            Box::new(m20261122_66_service_version::Migration),
            Box::new(m20261122_75_invoice_links::Migration),
            Box::new(m20261122_80_invoice_facts::Migration),
            Box::new(m20261122_90_panel_lists::Migration),
            Box::new(m20261122_92_erasure_rules::Migration),
        ]
    }
}
