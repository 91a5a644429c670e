//! What has become of a consultation since it was bought, and when something is next to happen to it by itself.

use sea_orm_migration::prelude::*;

use crate::columns::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                "ALTER TABLE consultations ADD COLUMN answer_minutes integer NOT NULL DEFAULT 10",
                "ALTER TABLE consultations ADD COLUMN reminders_sent integer NOT NULL DEFAULT 0",
                "ALTER TABLE consultations ADD COLUMN answered_at bigint",
                "ALTER TABLE consultations ADD COLUMN ends_at bigint",
                "ALTER TABLE consultations ADD COLUMN late_at bigint",
                "ALTER TABLE consultations ADD COLUMN owner_came_at bigint",
                "ALTER TABLE consultations ADD COLUMN warned_at bigint",
                "ALTER TABLE consultations ADD COLUMN due_at bigint",
                "CREATE INDEX consultations_due ON consultations (due_at) WHERE due_at IS NOT NULL",
            ],
        )
        .await
    }
}
