//! Letters by e-mail that wait to be sent, the proofs that some of them carry, and what somebody sees of the devices on which
//! they are signed in.

use sea_orm_migration::prelude::*;

use crate::columns::{id, instant, instant_null, references, run, status, string_len, string_len_null, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mails = Table::create()
            .table("mails")
            .col(id())
            .col(text("recipient"))
            .col(text("subject"))
            .col(text("body"))
            .col(instant("created_at"))
            .col(instant_null("sent_at"))
            .take();
        manager.create_table(mails).await?;
        let proofs = Table::create()
            .table("account_proofs")
            .col(id())
            .col(uuid("account_id").not_null())
            .col(status("purpose", &["password_reset"]))
            .col(string_len("token_hash", 64).unique_key())
            .col(instant("created_at"))
            .col(instant("expires_at"))
            .col(instant_null("used_at"))
            .foreign_key(&mut references("account_proofs", "account_id", "accounts"))
            .take();
        manager.create_table(proofs).await?;
        let network = Table::alter().table("sessions").add_column(string_len_null("network", 45)).take();
        manager.alter_table(network).await?;
        let last_used = Table::alter().table("sessions").add_column(instant("last_used_at").default(0)).take();
        manager.alter_table(last_used).await?;
        let statements = [
            "CREATE INDEX mails_created ON mails (created_at)",
            "CREATE INDEX account_proofs_account ON account_proofs (account_id)",
            "UPDATE sessions SET last_used_at = created_at",
        ];
        run(manager, &statements).await
    }
}
