//! Where the data is.

use std::fmt;
use std::path::Path;

use super::env::Env;
use platform::db::sqlite_file;

#[derive(Clone)]
pub struct DatabaseConfig {
    /// `DATABASE_URL` (`sqlite://data/hellopet.db`), or `postgres://user:password@host/database`.
    pub url: String,
    /// `DATABASE_CONNECTIONS` (16): the pool of PostgreSQL connections of this node. The chat's writers have two beside it.
    pub connections: u32,
}

impl DatabaseConfig {
    pub(super) fn read(env: &mut Env) -> Self {
        let url = env.optional("DATABASE_URL").unwrap_or_else(|| "sqlite://data/hellopet.db".to_owned());
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
            env.complain("DATABASE_URL", "must start with sqlite:// or postgres://");
        }
        Self { url, connections: env.parsed("DATABASE_CONNECTIONS", 16) }
    }

    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }

    /// The file of an SQLite database.
    pub fn file(&self) -> Option<&Path> {
        self.is_sqlite().then(|| sqlite_file(&self.url))
    }
}

impl fmt::Debug for DatabaseConfig {
    /// The URL holds a password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.url.split(':').next().unwrap_or_default();
        formatter
            .debug_struct("DatabaseConfig")
            .field("url", &format!("{scheme}://…"))
            .field("connections", &self.connections)
            .finish()
    }
}
