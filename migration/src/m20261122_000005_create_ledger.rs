//! The double-entry journal of every rupiah. The database itself refuses an entry that does not sum to zero,
//! and any change to one that is posted.
//!
//! An entry is written as a draft (`posted = false`), then its lines, then it is posted; only posted entries count.
//! A trigger is the one means that both databases have for a rule over several rows; PostgreSQL wants a function for it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::{boolean, id, instant, integer, references, run, rupiah, string_len, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entries = Table::create()
            .table("journal_entries")
            .col(id())
            .col(string_len("reference", 120))
            .col(instant("occurred_at"))
            .col(boolean("posted"))
            .take();
        manager.create_table(entries).await?;

        let lines = Table::create()
            .table("journal_lines")
            .col(uuid("entry_id"))
            .col(integer("position"))
            .col(string_len("account", 80))
            .col(rupiah("amount").check(Expr::col("amount").ne(0)))
            .primary_key(Index::create().col("entry_id").col("position"))
            .foreign_key(&mut references("journal_lines", "entry_id", "journal_entries"))
            .take();
        manager.create_table(lines).await?;

        run(
            manager,
            &[
                // What an entry is about: the same fact cannot be posted twice.
                "CREATE UNIQUE INDEX journal_entries_reference ON journal_entries (reference)",
                "CREATE INDEX journal_lines_account ON journal_lines (account)",
            ],
        )
        .await?;

        match manager.get_database_backend() {
            DbBackend::Postgres => run(manager, POSTGRES_GUARDS).await,
            _ => run(manager, SQLITE_GUARDS).await,
        }
    }
}

const SQLITE_GUARDS: &[&str] = &[
    "CREATE TRIGGER journal_entries_start_as_draft BEFORE INSERT ON journal_entries WHEN NEW.posted
     BEGIN SELECT RAISE(ABORT, 'a journal entry starts as a draft'); END",
    "CREATE TRIGGER journal_entries_sum_to_zero BEFORE UPDATE ON journal_entries
     WHEN NEW.posted AND (SELECT COALESCE(SUM(amount), 1) FROM journal_lines WHERE entry_id = NEW.id) <> 0
     BEGIN SELECT RAISE(ABORT, 'a journal entry must sum to zero'); END",
    "CREATE TRIGGER journal_entries_stay BEFORE UPDATE ON journal_entries WHEN OLD.posted
     BEGIN SELECT RAISE(ABORT, 'a posted journal entry never changes'); END",
    "CREATE TRIGGER journal_entries_are_kept BEFORE DELETE ON journal_entries WHEN OLD.posted
     BEGIN SELECT RAISE(ABORT, 'a posted journal entry never changes'); END",
    "CREATE TRIGGER journal_lines_only_to_drafts BEFORE INSERT ON journal_lines
     WHEN (SELECT posted FROM journal_entries WHERE id = NEW.entry_id)
     BEGIN SELECT RAISE(ABORT, 'a posted journal entry never changes'); END",
    "CREATE TRIGGER journal_lines_stay BEFORE UPDATE ON journal_lines
     BEGIN SELECT RAISE(ABORT, 'a journal line never changes'); END",
    "CREATE TRIGGER journal_lines_are_kept BEFORE DELETE ON journal_lines
     BEGIN SELECT RAISE(ABORT, 'a journal line never changes'); END",
];

const POSTGRES_GUARDS: &[&str] = &[
    "CREATE FUNCTION guard_journal_entry() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       IF TG_OP = 'INSERT' THEN
         IF NEW.posted THEN RAISE EXCEPTION 'a journal entry starts as a draft'; END IF;
         RETURN NEW;
       END IF;
       IF OLD.posted THEN RAISE EXCEPTION 'a posted journal entry never changes'; END IF;
       IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
       IF NEW.posted AND (SELECT COALESCE(SUM(amount), 1) FROM journal_lines WHERE entry_id = NEW.id) <> 0 THEN
         RAISE EXCEPTION 'a journal entry must sum to zero';
       END IF;
       RETURN NEW;
     END $$",
    "CREATE TRIGGER journal_entries_guard BEFORE INSERT OR UPDATE OR DELETE ON journal_entries
     FOR EACH ROW EXECUTE FUNCTION guard_journal_entry()",
    "CREATE FUNCTION guard_journal_line() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       IF TG_OP <> 'INSERT' THEN RAISE EXCEPTION 'a journal line never changes'; END IF;
       IF (SELECT posted FROM journal_entries WHERE id = NEW.entry_id) THEN
         RAISE EXCEPTION 'a posted journal entry never changes';
       END IF;
       RETURN NEW;
     END $$",
    "CREATE TRIGGER journal_lines_guard BEFORE INSERT OR UPDATE OR DELETE ON journal_lines
     FOR EACH ROW EXECUTE FUNCTION guard_journal_line()",
];
