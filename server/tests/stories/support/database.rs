//! A database for one test: a file, or a PostgreSQL database that is dropped afterwards.

use std::path::Path;

use platform::random;
use sea_orm::{ConnectionTrait, Database};

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
    pub async fn create(folder: &Path) -> Self {
        let server = server();
        if server.is_empty() {
            return Self { url: format!("sqlite://{}", folder.join("test.db").display()), dropping: None };
        }
        let name = format!("story_{}", random::code(12).to_lowercase());
        run(&server, &format!("CREATE DATABASE {name}")).await;
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
