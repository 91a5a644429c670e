//! A copy of an SQLite database as it is at one moment, taken while others write.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

/// Other programs may hold the database for a moment, as one that cleans up after a crash does.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Copies a database into a file that is not there yet. Writers of the source go on: what they commit meanwhile is not in
/// the copy, and what they had committed before is, all of it.
pub async fn take(source: &Path, copy: &Path) -> anyhow::Result<()> {
    let db = open(source).await?;
    let into = copy.to_str().context("the path of a copy must be written in UTF-8")?;
    let vacuum = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO $1", [into.into()]);
    let taken = db.execute_raw(vacuum).await;
    db.close().await?;
    taken.with_context(|| format!("{} cannot be copied to {}", source.display(), copy.display()))?;
    // SQLite leaves that to us.
    File::open(copy)?.sync_all()?;
    Ok(())
}

/// A database that is only read, through one connection.
pub async fn open(file: &Path) -> anyhow::Result<DatabaseConnection> {
    let path = file.to_str().context("the path of a database must be written in UTF-8")?;
    let mut options = ConnectOptions::new(format!("sqlite://{path}"));
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| options.read_only(true).busy_timeout(BUSY_TIMEOUT));
    Database::connect(options).await.with_context(|| format!("cannot open the database {path}"))
}

/// Refuses a database that is broken inside.
pub async fn check(db: &DatabaseConnection) -> anyhow::Result<()> {
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check")).await;
    let rows = rows.context("the database cannot be read to its end")?;
    let found: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    ensure!(found == ["ok"], "the database is broken inside: {}", found.join("; "));
    Ok(())
}
