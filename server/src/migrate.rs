//! Brings the database up to date. Nodes that start at once do it one after the other.

use hellopet_migration::{Migrator, MigratorTrait};
use platform::db::Db;
use sea_orm::{ConnectionTrait, DbErr};

/// What all nodes of HELLOPET! call this lock. PostgreSQL keeps one of the name in each database.
const LOCK: i64 = 0x4845_4c4c_4f50_4554;

/// All that is missing, or nothing of it.
pub async fn up(db: &Db) -> Result<(), DbErr> {
    // On SQLite this is the lock: it has one writer.
    let txn = db.begin_write().await?;
    if !db.is_sqlite() {
        txn.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    Migrator::up(&txn, None).await?;
    txn.commit().await
}
