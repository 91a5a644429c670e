//! A database for one test: a file, or a PostgreSQL database that is dropped afterwards. Most of them are copies of one of
//! today's schema, which the first test makes: the migrations would take longer than most stories.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use hellopet::migrate;
use platform::db::Db;
use platform::random;
use sea_orm::{ConnectionTrait, Database, Statement, TransactionTrait};

pub struct TestDatabase {
    pub url: String,
    dropping: Option<(String, String)>,
}

fn server() -> String {
    std::env::var("TEST_DATABASE_URL").unwrap_or_default()
}

/// The kind under test.
pub fn kind() -> &'static str {
    if server().is_empty() { "sqlite" } else { "postgres" }
}

impl TestDatabase {
    /// An empty one.
    pub async fn create(folder: &Path) -> Self {
        let server = server();
        if server.is_empty() { Self::file(folder) } else { Self::on(server, "template1").await }
    }

    /// One of today's schema, without a row.
    pub async fn migrated(folder: &Path) -> Self {
        let server = server();
        if server.is_empty() {
            fs::copy(sqlite_template().await, folder.join(FILE)).unwrap();
            return Self::file(folder);
        }
        let template = postgres_template(&server).await;
        Self::on(server, &template).await
    }

    fn file(folder: &Path) -> Self {
        Self { url: format!("sqlite://{}", folder.join(FILE).display()), dropping: None }
    }

    async fn on(server: String, template: &str) -> Self {
        // No story sees its name; several runs may share the server.
        let name = format!("story_{}", random::code(12).to_lowercase());
        run(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        let url = with_database(&server, &name);
        Self { url, dropping: Some((server, name)) }
    }

    /// Runs the statements of a dump, before any server is there.
    pub async fn load(&self, dump: &str) {
        match self.dropping {
            Some(_) => run(&self.url, dump).await,
            None => run(&format!("{}?mode=rwc", self.url), dump).await,
        }
    }
}

const FILE: &str = "test.db";

/// Other migrations, another name.
fn template_name() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migration/src");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        fs::read(file).unwrap().hash(&mut hasher);
    }
    format!("template_{:x}", hasher.finish())
}

/// Tests run in processes of their own: each that finds none makes one, and the last to rename it wins.
async fn sqlite_template() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let template = folder.join(format!("{}.db", template_name()));
    if !template.exists() {
        let making = tempfile::tempdir_in(folder).unwrap();
        let made = making.path().join(FILE);
        migrate_whole(&format!("sqlite://{}", made.display())).await;
        fs::rename(made, &template).unwrap();
    }
    template
}

/// Made by one test while the others wait.
async fn postgres_template(server: &str) -> String {
    let name = template_name();
    let db = Database::connect(server).await.expect("TEST_DATABASE_URL cannot be reached");
    let lock = db.begin().await.unwrap();
    lock.execute_unprepared("SELECT pg_advisory_xact_lock(1)").await.unwrap();
    let known = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    let known = Statement::from_string(lock.get_database_backend(), known);
    if lock.query_one_raw(known).await.unwrap().is_none() {
        let making = format!("{name}_making");
        run(server, &format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)")).await;
        run(server, &format!("CREATE DATABASE {making}")).await;
        migrate_whole(&with_database(server, &making)).await;
        run(server, &format!("ALTER DATABASE {making} RENAME TO {name}")).await;
    }
    lock.commit().await.unwrap();
    db.close().await.unwrap();
    name
}

async fn migrate_whole(url: &str) {
    let db = Db::connect(url, 1).await.unwrap();
    migrate::up(&db).await.unwrap();
    if db.is_sqlite() {
        // All of it into the one file that is copied.
        db.write.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
    }
    db.read.close().await.unwrap();
    // On PostgreSQL it was the same pool.
    db.write.close().await.unwrap();
}

/// The same server, another database: the path of the URL is the database's name.
fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').unwrap_or((server, ""));
    let (host, _) = base.rsplit_once('/').unwrap();
    if query.is_empty() { format!("{host}/{name}") } else { format!("{host}/{name}?{query}") }
}

async fn run(server: &str, statement: &str) {
    let db = Database::connect(server).await.expect("TEST_DATABASE_URL cannot be reached");
    db.execute_unprepared(statement).await.unwrap();
    db.close().await.unwrap();
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some((server, name)) = self.dropping.take() {
            // The test's runtime may be gone by now, so that the farewell has one of its own.
            let drop_it = move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(run(&server, &format!("DROP DATABASE {name} WITH (FORCE)")));
            };
            std::thread::spawn(drop_it).join().unwrap();
        }
    }
}
