//! More time when both agree, and free questions after the end: a conversation of their own beside the first one.

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
                "ALTER TABLE consultations ADD COLUMN extension_asked_by varchar(24) \
                 CHECK (extension_asked_by IN ('owner', 'doctor'))",
                "ALTER TABLE consultations ADD COLUMN extension_minutes integer",
                "ALTER TABLE consultations ADD COLUMN extended_minutes integer NOT NULL DEFAULT 0",
                "ALTER TABLE consultations ADD COLUMN follow_up_until bigint",
                // Who waits for a doctor, and with whom the doctor talks.
                "CREATE INDEX consultations_active ON consultations (doctor_id) WHERE status = 'active'",
                "ALTER TABLE conversations ADD COLUMN is_follow_up boolean NOT NULL DEFAULT FALSE",
                "DROP INDEX conversations_consultation",
                "CREATE UNIQUE INDEX conversations_consultation ON conversations (consultation_id, is_follow_up)",
            ],
        )
        .await
    }
}
