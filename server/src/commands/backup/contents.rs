//! What a database says of itself, asked in a copy that nobody changes.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, ensure};
use hellopet_migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

use crate::chat;
use platform::clock::Timestamp;
use platform::pictures;

/// The rows of these are counted, so that somebody who looks at a backup sees what is in it.
const COUNTED: [&str; 7] = ["accounts", "pets", "orders", "payments", "journal_entries", "conversations", "messages"];

/// Whether this release knows a schema, by the name of its last step.
pub fn is_known(schema: &str) -> bool {
    Migrator::migrations().iter().any(|step| step.name() == schema)
}

/// The name of the last step that was taken. One that this release does not know of is not for it.
pub async fn schema(db: &DatabaseConnection) -> anyhow::Result<String> {
    let last = ask(db, "SELECT version FROM seaql_migrations ORDER BY version DESC LIMIT 1").await?;
    let schema: String = last.context("it was never migrated")?;
    ensure!(
        is_known(&schema),
        "it is of a later schema ({schema}) than this release knows: use the release that made it"
    );
    Ok(schema)
}

/// Every object that must be beside the database.
pub async fn objects(db: &DatabaseConnection, now: Timestamp) -> anyhow::Result<BTreeSet<String>> {
    let kept = pictures::kept(db).await;
    let kept =
        kept.context("its pictures cannot be told: before this release's schema, use the release that serves it")?;
    Ok(kept.into_iter().chain(chat::pieces_under_way(db, now).await?).collect())
}

pub async fn counts(db: &DatabaseConnection) -> anyhow::Result<BTreeMap<String, i64>> {
    let mut counts = BTreeMap::new();
    for table in COUNTED {
        let count: Option<i64> = ask(db, &format!("SELECT COUNT(*) FROM {table}")).await?;
        counts.insert(table.to_owned(), count.unwrap_or_default());
    }
    Ok(counts)
}

/// The first column of the first row.
async fn ask<T: sea_orm::TryGetable>(db: &DatabaseConnection, query: &str) -> Result<Option<T>, DbErr> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, query)).await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}
