//! Who signs in, from which device, and the refresh tokens that keep a session alive.

use sea_orm_migration::prelude::*;

use crate::columns::{id, instant, instant_null, references, run, status, string_len, string_len_null, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let accounts = Table::create()
            .table("accounts")
            .col(id())
            .col(string_len("username", 80))
            .col(string_len("email", 254))
            .col(string_len("password_hash", 60))
            .col(string_len("phone_number", 20))
            .col(status("role", &["user", "dokter", "mitra", "admin"]))
            .col(string_len_null("picture", 255))
            .col(instant("created_at"))
            .col(instant("updated_at"))
            .take();
        manager.create_table(accounts).await?;

        let sessions = Table::create()
            .table("sessions")
            .col(id())
            .col(uuid("account_id"))
            .col(string_len("user_agent", 255))
            .col(instant("created_at"))
            .col(instant("expires_at"))
            .col(instant_null("revoked_at"))
            .foreign_key(&mut references("sessions", "account_id", "accounts"))
            .take();
        manager.create_table(sessions).await?;

        let refresh_tokens = Table::create()
            .table("refresh_tokens")
            .col(id())
            .col(uuid("session_id"))
            .col(string_len("token_hash", 64))
            .col(instant("created_at"))
            .col(instant_null("used_at"))
            .foreign_key(&mut references("refresh_tokens", "session_id", "sessions"))
            .take();
        manager.create_table(refresh_tokens).await?;

        run(
            manager,
            &[
                "CREATE UNIQUE INDEX accounts_email ON accounts (email)",
                "CREATE INDEX sessions_account ON sessions (account_id)",
                "CREATE UNIQUE INDEX refresh_tokens_hash ON refresh_tokens (token_hash)",
                "CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id)",
            ],
        )
        .await
    }
}
