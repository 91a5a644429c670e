//! What the staff does, which nobody changes or deletes: the database refuses.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::{id, instant, references, run, string_len, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let log = Table::create()
            .table("audit_log")
            .col(id())
            .col(uuid_null("actor_id"))
            .col(string_len("action", 40))
            .col(uuid("subject_id"))
            .col(ColumnDef::new("reason").text().null())
            .col(instant("occurred_at"))
            .foreign_key(&mut references("audit_log", "actor_id", "accounts"))
            .take();
        manager.create_table(log).await?;
        run(manager, &["CREATE INDEX audit_log_subject ON audit_log (subject_id)"]).await?;
        match manager.get_database_backend() {
            DbBackend::Postgres => run(manager, POSTGRES_GUARDS).await,
            _ => run(manager, SQLITE_GUARDS).await,
        }
    }
}

const SQLITE_GUARDS: &[&str] = &[
    "CREATE TRIGGER audit_log_stays BEFORE UPDATE ON audit_log
     BEGIN SELECT RAISE(ABORT, 'the audit log never changes'); END",
    "CREATE TRIGGER audit_log_is_kept BEFORE DELETE ON audit_log
     BEGIN SELECT RAISE(ABORT, 'the audit log never changes'); END",
];

const POSTGRES_GUARDS: &[&str] = &[
    "CREATE FUNCTION audit_log_guard() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'the audit log never changes'; END $$",
    "CREATE TRIGGER audit_log_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
     EXECUTE FUNCTION audit_log_guard()",
];
