//! What is to be done later, once, by whichever node comes first: the one queue of background work.

use sea_orm_migration::prelude::*;

use crate::columns::{id, instant, instant_null, integer, run, string_len, text, uuid_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let jobs = Table::create()
            .table("jobs")
            .col(id())
            .col(string_len("kind", 48))
            .col(string_len("lane", 16))
            // The same key again is the same job; null for jobs of which there may be several.
            .col(ColumnDef::new("dedup_key").string_len(120).null())
            .col(text("payload"))
            .col(instant("run_at"))
            .col(integer("tries"))
            // Until when the one who holds `claim` may work on it; later it is anybody's again.
            .col(instant_null("locked_until"))
            .col(uuid_null("claim"))
            // Given up after too many tries; stays until somebody has looked.
            .col(instant_null("dead_at"))
            .col(ColumnDef::new("last_error").text().null())
            .col(instant("created_at"))
            .take();
        manager.create_table(jobs).await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX jobs_dedup_key ON jobs (dedup_key)",
                "CREATE INDEX jobs_due ON jobs (lane, run_at) WHERE dead_at IS NULL",
                "CREATE INDEX jobs_dead ON jobs (dead_at) WHERE dead_at IS NOT NULL",
            ],
        )
        .await
    }
}
