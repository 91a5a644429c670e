//! How doctors come in: their licences, the documents that prove them, and what they tell of themselves.

use sea_orm_migration::prelude::*;

use crate::columns::{
    id, instant, instant_null, integer, references, references_column, run, status, string_len, string_len_null, uuid,
    uuid_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let licences = Table::create()
            .table("licences")
            .col(id())
            .col(uuid("doctor_id"))
            .col(status("kind", &["str", "sip"]))
            .col(string_len("number", 60))
            .col(string_len("issuer", 120))
            .col(string_len("expires_on", 10))
            .col(status("status", &["submitted", "accepted", "refused"]))
            .col(string_len_null("reason", 500))
            .col(uuid_null("decided_by"))
            .col(instant("submitted_at"))
            .col(instant_null("decided_at"))
            .foreign_key(&mut references_column("licences", "doctor_id", "doctors", "account_id"))
            .foreign_key(&mut references("licences", "decided_by", "accounts"))
            .take();
        manager.create_table(licences).await?;

        let documents = Table::create()
            .table("licence_documents")
            .col(id())
            .col(uuid("licence_id"))
            .col(integer("byte_size"))
            .col(instant("created_at"))
            .foreign_key(&mut references("licence_documents", "licence_id", "licences"))
            .take();
        manager.create_table(documents).await?;

        let picture = uuid_null("picture_id");
        manager.alter_table(Table::alter().table("doctors").add_column(picture).take()).await?;
        run(
            manager,
            &[
                "ALTER TABLE doctors ADD COLUMN picture_size integer",
                "ALTER TABLE doctors ADD COLUMN language_mask integer NOT NULL DEFAULT 1",
                "ALTER TABLE doctors ADD COLUMN licence_issuer varchar(120)",
                "ALTER TABLE doctors ADD COLUMN licence_expires_on varchar(10)",
                "ALTER TABLE doctors ADD COLUMN licence_ends_at bigint",
                "ALTER TABLE doctors ADD COLUMN status_reason varchar(500)",
                // One is being checked at a time, also when the button is pressed twice.
                "CREATE UNIQUE INDEX licences_one_submitted ON licences (doctor_id) WHERE status = 'submitted'",
                "CREATE INDEX licences_doctor ON licences (doctor_id, id)",
                "CREATE INDEX licences_submitted ON licences (id) WHERE status = 'submitted'",
                "CREATE INDEX licence_documents_licence ON licence_documents (licence_id, id)",
            ],
        )
        .await
    }
}
