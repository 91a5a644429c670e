//! The history of the schema, one file per step, for SQLite and PostgreSQL alike.
//!
//! Released files never change: a later step mends an earlier one (`docs/migrations.md`).

mod columns;
mod jobs_of_before;
mod journal_of_before;
mod m20261122_000001_create_accounts;
mod m20261122_000002_create_doctors;
mod m20261122_000003_create_consultations;
mod m20261122_000004_create_payments;
mod m20261122_000005_create_ledger;
mod m20261122_000006_create_conversations;
mod m20261122_000007_create_reviews;
mod m20261125_000001_create_uploads;
mod m20261126_000001_create_schedules;
mod m20261126_000002_create_pets;
mod m20261126_000003_moderate_reviews;
mod m20261126_000004_add_consultation_life;
mod m20261126_000005_index_doctors;
mod m20261126_000006_extend_consultations;
mod m20261126_000007_create_records;
mod m20261126_000008_create_licences;
mod m20261126_000009_create_intakes;
mod m20261126_000010_transfer_consultations;
mod m20261126_000011_sort_names;
mod m20261129_000001_create_jobs;
mod m20261129_000002_create_orders;
mod m20261129_000003_move_money;
mod m20261129_000004_drop_money_of_before;
mod m20261129_000005_index_active_conversations;
mod m20261129_000006_recount_reviews;
mod m20261129_000007_add_record_status;
mod m20261129_000008_create_audit_log;
mod m20261129_000009_create_objects;
mod m20261130_000001_phone_numbers_in_e164;
mod m20261130_000002_create_mails;

use sea_orm_migration::prelude::*;
pub use sea_orm_migration::{MigratorTrait, sea_orm};

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_create_accounts::Migration),
            Box::new(m20261122_000002_create_doctors::Migration),
            Box::new(m20261122_000003_create_consultations::Migration),
            Box::new(m20261122_000004_create_payments::Migration),
            Box::new(m20261122_000005_create_ledger::Migration),
            Box::new(m20261122_000006_create_conversations::Migration),
            Box::new(m20261122_000007_create_reviews::Migration),
            Box::new(m20261125_000001_create_uploads::Migration),
            Box::new(m20261126_000001_create_schedules::Migration),
            Box::new(m20261126_000002_create_pets::Migration),
            Box::new(m20261126_000003_moderate_reviews::Migration),
            Box::new(m20261126_000004_add_consultation_life::Migration),
            Box::new(m20261126_000005_index_doctors::Migration),
            Box::new(m20261126_000006_extend_consultations::Migration),
            Box::new(m20261126_000007_create_records::Migration),
            Box::new(m20261126_000008_create_licences::Migration),
            Box::new(m20261126_000009_create_intakes::Migration),
            Box::new(m20261126_000010_transfer_consultations::Migration),
            Box::new(m20261126_000011_sort_names::Migration),
            Box::new(m20261129_000001_create_jobs::Migration),
            Box::new(m20261129_000002_create_orders::Migration),
            Box::new(m20261129_000003_move_money::Migration),
            Box::new(m20261129_000004_drop_money_of_before::Migration),
            Box::new(m20261129_000005_index_active_conversations::Migration),
            Box::new(m20261129_000006_recount_reviews::Migration),
            Box::new(m20261129_000007_add_record_status::Migration),
            Box::new(m20261129_000008_create_audit_log::Migration),
            Box::new(m20261129_000009_create_objects::Migration),
            Box::new(m20261130_000001_phone_numbers_in_e164::Migration),
            Box::new(m20261130_000002_create_mails::Migration),
        ]
    }
}
