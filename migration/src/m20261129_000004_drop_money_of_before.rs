//! What orders have taken the place of goes (contract), and with it the lists of words in the tables of consultations. Code
//! from before this step cannot run beside it: its nodes are stopped first (`docs/migrations.md`).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

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
                "DROP TABLE quote_lines",
                // Those that point at others go first.
                "DROP TABLE payment_events",
                "DROP TABLE refunds",
                "DROP TABLE payments",
                "ALTER TABLE payments_next RENAME TO payments",
                "ALTER TABLE payment_events_next RENAME TO payment_events",
                "ALTER TABLE refunds_next RENAME TO refunds",
                "CREATE UNIQUE INDEX payments_gateway_order ON payments (gateway_order_id)",
                "CREATE INDEX payments_order ON payments (order_id)",
                "CREATE UNIQUE INDEX payment_events_once ON payment_events (payment_id, fingerprint)",
                "CREATE INDEX refunds_payment ON refunds (payment_id)",
                // The operator's list: what cannot go on by itself.
                "CREATE INDEX refunds_stuck ON refunds (created_at) WHERE status IN ('manual', 'failed')",
                "DROP INDEX consultations_due",
                "DROP INDEX consultations_unreleased",
                "ALTER TABLE consultations DROP COLUMN due_at",
                "ALTER TABLE consultations DROP COLUMN released_at",
                "CREATE INDEX consultations_unrecorded ON consultations (doctor_id, id) \
                 WHERE status = 'ended' AND recorded_at IS NULL",
            ],
        )
        .await?;
        match manager.get_database_backend() {
            DbBackend::Postgres => {
                run(
                    manager,
                    &[
                        "ALTER TABLE consultations DROP CONSTRAINT consultations_status_check",
                        "ALTER TABLE consultations DROP CONSTRAINT consultations_total_check",
                        "ALTER TABLE consultations ADD CONSTRAINT consultations_total_check CHECK (total >= 0)",
                    ],
                )
                .await
            }
            _ => relax_on_sqlite(manager).await,
        }
    }
}

/// SQLite keeps CHECKs in the text of the table. Taking some out touches no row, and is done as its documentation says
/// (`lang_altertable.html`, the procedure for changes that do not affect the content on disk).
async fn relax_on_sqlite(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let read = |sql: &str| Statement::from_string(DbBackend::Sqlite, sql.to_owned());
    let version = db.query_one_raw(read("PRAGMA schema_version")).await?;
    let version: i64 = version.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    let found = db.query_one_raw(read("SELECT sql FROM sqlite_schema WHERE name = 'consultations'")).await?;
    let table: String = found.map_or_else(|| Ok(String::new()), |row| row.try_get_by_index(0))?;
    let relaxed = without_check(&table, "\"status\" IN").replace("CHECK (\"total\" > 0)", "CHECK (\"total\" >= 0)");
    if relaxed == table {
        return Err(DbErr::Migration("the text of the table consultations is not as expected".to_owned()));
    }
    run(manager, &["PRAGMA writable_schema = ON"]).await?;
    let write = "UPDATE sqlite_schema SET sql = $1 WHERE type = 'table' AND name = 'consultations'";
    db.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, write, [relaxed.into()])).await?;
    let bumped = format!("PRAGMA schema_version = {}", version + 1);
    run(manager, &[bumped.as_str(), "PRAGMA writable_schema = OFF"]).await
}

/// A table's text without the CHECK that begins so.
fn without_check(table: &str, beginning: &str) -> String {
    let Some(start) = table.find(&format!("CHECK ({beginning}")) else { return table.to_owned() };
    let mut depth = 0_i32;
    let end = table[start..].find(|letter| {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => return false,
        };
        depth == 0
    });
    end.map_or_else(|| table.to_owned(), |end| format!("{}{}", &table[..start], &table[start + end + 1..]))
}
