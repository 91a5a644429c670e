//! Connections to SQLite or PostgreSQL. Where the two really differ, the difference is in here.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef, SimpleExpr};
use sea_orm::sqlx::Error as SqlxError;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr, SqlErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use uuid::Uuid;

use super::http::error::AppError;

/// Two doors to one database: all that changes something goes through `write`.
///
/// SQLite allows one writer, so `write` is one connection and `read` several that cannot write. On PostgreSQL both are
/// the same pool.
#[derive(Clone)]
pub struct Db {
    pub write: DatabaseConnection,
    pub read: DatabaseConnection,
}

/// What became of a row that was to leave a state: an update that names the state it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "somebody may have been faster"]
pub enum Moved {
    Moved,
    SomebodyWasFaster,
}

impl Moved {
    /// After an update of one row.
    pub fn of(rows_affected: u64) -> Self {
        if rows_affected == 1 { Self::Moved } else { Self::SomebodyWasFaster }
    }

    /// Refuses what somebody else was faster with.
    pub fn or<E>(self, refusal: E) -> Result<(), E> {
        match self {
            Self::Moved => Ok(()),
            Self::SomebodyWasFaster => Err(refusal),
        }
    }

    /// Leaves the row as somebody else has made it.
    pub fn or_keep_theirs(self) {}
}

/// The rows of one account from one id to another, as a piece of the index of both columns. Told the account and the order
/// of ids, PostgreSQL may instead walk the ids of everybody until a page is full, which for somebody who has not come for
/// long is the whole table; a pair leaves it no choice, with the same pair as the order.
pub fn piece(owner: impl IntoColumnRef, id: impl IntoColumnRef, who: Uuid, (first, last): (Uuid, Uuid)) -> SimpleExpr {
    let place = Expr::tuple([Expr::col(owner), Expr::col(id)]);
    let at = |id: Uuid| Expr::tuple([Expr::val(who), Expr::val(id)]);
    place.clone().gte(at(first)).and(place.lte(at(last)))
}

const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// After so long a connection may have been closed by something between us and PostgreSQL.
const IDLE: Duration = Duration::from_secs(5);
/// How long to wait for a connection.
const PATIENCE: Duration = Duration::from_secs(8);
pub const SQLITE_READERS: u32 = 8;

impl Db {
    pub async fn connect(url: &str, postgres_connections: u32) -> anyhow::Result<Self> {
        if url.starts_with("sqlite:") {
            Self::connect_sqlite(url).await
        } else {
            let options = postgres_options(url, postgres_connections);
            let pool = Database::connect(options).await.context("cannot connect to the database (DATABASE_URL)")?;
            Ok(Self { write: pool.clone(), read: pool })
        }
    }

    /// The same database through connections for writing of its own, opened as they are needed. SQLite has one writer, and
    /// what is read has connections of its own anyhow.
    pub async fn with_own_writers(&self, url: &str, writers: u32) -> anyhow::Result<Self> {
        if self.is_sqlite() {
            return Ok(self.clone());
        }
        let mut options = postgres_options(url, writers);
        options.connect_lazy(true);
        let write = Database::connect(options).await.context("the writers cannot connect to the database")?;
        Ok(Self { write, read: self.read.clone() })
    }

    async fn connect_sqlite(url: &str) -> anyhow::Result<Self> {
        let file = sqlite_file(url);
        let path = file.display();
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot create the folder of {path}"))?;
        }

        let mut writer = ConnectOptions::new(format!("sqlite://{path}?mode=rwc"));
        writer.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(|options| {
            options
                .journal_mode(SqliteJournalMode::Wal)
                // A message acknowledged and a rupiah received are on disk, also after a power cut.
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(BUSY_TIMEOUT)
                .foreign_keys(true)
        });
        let write = Database::connect(writer).await.with_context(|| format!("cannot open the database {path}"))?;

        let mut readers = ConnectOptions::new(format!("sqlite://{path}"));
        readers
            .max_connections(SQLITE_READERS)
            .sqlx_logging(false)
            .map_sqlx_sqlite_opts(|options| options.read_only(true).busy_timeout(BUSY_TIMEOUT));
        let read = Database::connect(readers).await.with_context(|| format!("cannot open the database {path}"))?;
        Ok(Self { write, read })
    }

    /// A transaction that will write. IMMEDIATE on SQLite: a deferred one fails as soon as somebody else wrote between
    /// its first read and its first write.
    pub async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        self.write.begin_with_options(options).await
    }

    /// Closes all connections. On SQLite the writer is the last, which leaves everything in the one file.
    pub async fn close(self) -> Result<(), DbErr> {
        self.read.close().await?;
        self.write.close().await
    }

    pub async fn ping(&self) -> Result<(), DbErr> {
        self.read.ping().await
    }

    pub fn is_sqlite(&self) -> bool {
        self.write.get_database_backend() == DbBackend::Sqlite
    }
}

/// The file that an SQLite database is in.
pub fn sqlite_file(url: &str) -> &Path {
    Path::new(url.trim_start_matches("sqlite://").split('?').next().unwrap_or_default())
}

fn postgres_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        // One that was used a moment ago need not be tried before it is used again: that costs a round trip.
        .test_before_acquire_if_idle_for(IDLE)
        .sqlx_logging(false);
    options
}

/// Whether a row was refused because another one has what must be unique.
pub fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// The refusal that a caller is given when another row has what must be unique; else the error as it is.
pub fn unless_taken(error: DbErr, refusal: impl Into<AppError>) -> AppError {
    if is_taken(&error) { refusal.into() } else { error.into() }
}

/// Whether the database itself is away, restarting or full: nothing is wrong with what was asked, and it is worth asking again.
pub fn is_away(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    let Some(answer) = error.as_database_error() else {
        // The connection broke before there was an answer.
        return matches!(**error, SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed);
    };
    let code = answer.code().unwrap_or_default();
    match code.parse::<u32>() {
        // SQLite: IOERR, FULL and CANTOPEN, whose kinds stand in the higher bytes. PostgreSQL's codes have five signs.
        Ok(number) if code.len() < 5 => [10, 13, 14].contains(&(number & 0xff)),
        // PostgreSQL: broken connections, full disks and full memory, a server that stops or starts; and a database that takes
        // no connections (object_not_in_prerequisite_state), which nothing that we ask is answered with.
        _ => ["08", "53", "57P", "55000"].iter().any(|class| code.starts_with(class)),
    }
}

/// Whether a unit of work failed only because of others at the same moment: a deadlock, a serialization failure, or a lock
/// that was not to be had in time.
pub fn is_contention(error: &anyhow::Error) -> bool {
    let Some(DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) =
        error.downcast_ref::<DbErr>()
    else {
        return false;
    };
    // PostgreSQL: serialization_failure, deadlock_detected, lock_not_available. SQLite: BUSY and BUSY_SNAPSHOT.
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| ["40001", "40P01", "55P03", "5", "517"].contains(&code.as_ref()))
}
