//! What a consultation leaves: the vet's summary, when the payment is the vet's, and the vet's own tools.

use sea_orm_migration::prelude::*;

use crate::columns::{
    id, instant, instant_null, integer, references, references_column, run, string_len, string_len_null, text, uuid,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let records = Table::create()
            .table("records")
            .col(uuid("consultation_id").primary_key())
            .col(uuid("doctor_id"))
            .col(text("complaint"))
            .col(text("findings"))
            .col(text("advice"))
            .col(text("prescription"))
            .col(text("next_step"))
            .col(string_len_null("code", 24))
            .col(string_len_null("licence_number", 60))
            .col(integer("revision"))
            .col(instant_null("finished_at"))
            .col(instant("updated_at"))
            .foreign_key(&mut references("records", "consultation_id", "consultations"))
            .foreign_key(&mut references_column("records", "doctor_id", "doctors", "account_id"))
            .take();
        manager.create_table(records).await?;

        let private_notes = Table::create()
            .table("private_notes")
            .col(uuid("consultation_id").primary_key())
            .col(text("body"))
            .col(instant("updated_at"))
            .foreign_key(&mut references("private_notes", "consultation_id", "consultations"))
            .take();
        manager.create_table(private_notes).await?;

        let canned_replies = Table::create()
            .table("canned_replies")
            .col(id())
            .col(uuid("doctor_id"))
            .col(string_len("title", 60))
            .col(text("body"))
            .foreign_key(&mut references_column("canned_replies", "doctor_id", "doctors", "account_id"))
            .take();
        manager.create_table(canned_replies).await?;

        run(
            manager,
            &[
                "CREATE UNIQUE INDEX records_code ON records (code)",
                "CREATE INDEX canned_replies_doctor ON canned_replies (doctor_id, id)",
                "ALTER TABLE consultations ADD COLUMN released_at bigint",
                // Nobody had been asked for a summary of these.
                "UPDATE consultations SET released_at = COALESCE(ended_at, started_at, created_at) \
                 WHERE status IN ('ended', 'no_show')",
                // What its doctor still owes a summary of.
                "CREATE INDEX consultations_unreleased ON consultations (doctor_id, id) \
                 WHERE status = 'ended' AND released_at IS NULL",
            ],
        )
        .await
    }
}
