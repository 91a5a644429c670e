//! A server with a clock that can be turned, a database of its own, and people to talk to it.

mod album;
mod client;
mod database;
mod leftover;
pub mod mail_server;
mod purchases;

use std::io::Cursor;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use hellopet::app::AppState;
use hellopet::config::{Config, Options};
use hellopet::jobs::runner;
use hellopet::server::Server;
use image::{ImageFormat, RgbImage};
use platform::clock::{Clock, Timestamp};
use platform::jobs::drain;
use platform::tls;
use sea_orm::ConnectionTrait;
use serde_json::json;
use tokio::sync::oneshot;

pub use album::{Album, Stable};
pub use client::{Answer, PASSWORD, Person};
pub use database::{TestDatabase, kind};
use leftover::Leftover;
pub use purchases::{consultation_path, order};

/// Sunday, 22 November 2026, 15.00 WIB.
pub const START: &str = "2026-11-22T08:00:00.000Z";

/// Monday, 23 November 2026, 9.00 WIB: the first slot of those who work mornings.
pub const NINE: &str = "2026-11-23T02:00:00.000Z";

/// What a consultation with the usual doctor costs.
pub const TOTAL: i64 = 50_625;

pub const MINUTE: Duration = Duration::from_secs(60);
pub const HOUR: Duration = Duration::from_secs(3600);
pub const DAY: Duration = Duration::from_secs(24 * 3600);

/// A clock that stands still until it is turned.
pub struct TestClock(Mutex<Timestamp>);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

pub struct TestApp {
    pub app: AppState,
    pub clock: Arc<TestClock>,
    address: SocketAddr,
    /// Everybody's: making one reads the certificates of the system.
    http: reqwest::Client,
    /// How many people and messages have been numbered.
    numbered: AtomicU32,
    stop: Option<oneshot::Sender<()>>,
    leftover: Leftover,
    // Dropped last: the server must be done with them.
    _database: TestDatabase,
    folder: tempfile::TempDir,
}

pub fn at(text: &str) -> Timestamp {
    serde_json::from_value(json!(text)).unwrap()
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    pub async fn start_with(variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::migrated(folder.path()).await;
        Self::start_in(folder, database, START, variables).await
    }

    /// On the database of this kind that a dump makes, at a moment after it was taken.
    pub async fn start_on(dump: &str, time: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::create(folder.path()).await;
        database.load(dump).await;
        Self::start_in(folder, database, time, &[]).await
    }

    async fn start_in(
        folder: tempfile::TempDir,
        database: TestDatabase,
        time: &str,
        variables: &[(&str, &str)],
    ) -> Self {
        tls::install_provider();
        let attachments = folder.path().join("attachments").display().to_string();
        let mut environment = vec![
            ("PORT", "0"),
            ("DATABASE_URL", database.url.as_str()),
            ("DATABASE_CONNECTIONS", "8"),
            ("ATTACHMENTS_DIR", attachments.as_str()),
            ("JWT_SECRET", "a-secret-for-tests-0123456789-abcdefghij"),
            ("RATE_LIMITS", "off"),
            // A story waits for its PDF also where something else burns the cores.
            ("WORKER_NICENESS", "0"),
            ("PAYMENT_EXPIRY_MINUTES", "5"),
            ("RECONCILE_SECONDS", "300"),
        ];
        environment.extend_from_slice(variables);
        let find =
            |name: &str| environment.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let mut config = Config::read(find, Options::default()).unwrap();
        // The stories turn the clock, and have jobs run when they mean to.
        config.runs_jobs = false;
        let clock = Arc::new(TestClock(Mutex::new(at(time))));
        let server = Server::prepare(config, clock.clone(), None).await.unwrap();
        let (app, address) = (server.app.clone(), server.address);
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(server.run(async move {
            let _sender_dropped = stopped.await;
        }));
        let address = SocketAddr::from(([127, 0, 0, 1], address.port()));
        let leftover = Leftover { url: database.url.clone(), clock: clock.clone(), is_meant: false.into() };
        let http = reqwest::Client::builder().build().unwrap();
        let numbered = AtomicU32::new(0);
        Self { app, clock, address, http, numbered, stop: Some(stop), leftover, _database: database, folder }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A number that nothing else in this story has: 1, 2, 3, … in every run.
    pub fn next_number(&self) -> u32 {
        self.numbered.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub fn advance(&self, by: Duration) {
        let mut now = self.clock.0.lock().unwrap();
        *now = *now + by;
    }

    pub fn set_time(&self, text: &str) {
        *self.clock.0.lock().unwrap() = at(text);
    }

    /// Does every job that is due by the clock of the story, and those that become due by it.
    pub async fn run_jobs(&self) {
        drain(&runner(&self.app)).await.unwrap();
    }

    /// For a story about work that is not done: it is no failure that some is left.
    pub fn leaves_jobs(&self) {
        self.leftover.allow();
    }

    /// The books add up.
    pub async fn verify_books(&self, about: &str) {
        let difference = hellopet::ledger::verify(&self.app.platform.db.read).await.unwrap();
        assert!(difference.is_none(), "{about}: {}", difference.unwrap());
    }

    /// A single number that a query answers.
    pub async fn count(&self, sql: &str) -> i64 {
        let statement =
            sea_orm::Statement::from_string(self.app.platform.db.read.get_database_backend(), sql.to_owned());
        self.app.platform.db.read.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }

    /// Where the storage keeps its objects.
    pub fn attachments(&self) -> PathBuf {
        self.folder.path().join("attachments")
    }

    /// How many objects the storage holds.
    pub fn stored_objects(&self) -> usize {
        count_files(&self.attachments())
    }

    /// An id as SQL says it: SQLite keeps the sixteen bytes.
    pub fn literal(&self, id: &str) -> String {
        if self.app.platform.db.is_sqlite() { format!("x'{}'", id.replace('-', "")) } else { format!("'{id}'") }
    }

    /// Changes rows behind the server's back.
    pub async fn run_sql(&self, statement: &str) {
        self.app.platform.db.write.execute_unprepared(statement).await.unwrap();
    }
}

fn count_files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { count_files(&path) } else { 1 }).sum()
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _server_gone = stop.send(());
        }
    }
}

/// A picture of this size, as a form may bring it.
pub fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    RgbImage::new(width, height).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}
