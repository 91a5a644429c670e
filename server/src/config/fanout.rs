//! How nodes hear of each other.

use std::fmt;

use super::DatabaseConfig;
use super::env::Env;

/// `FANOUT`: `local` (a single node), `postgres` or `redis`. Unset, it follows from what is there: Redis where `REDIS_URL`
/// is set, else the database where that is PostgreSQL.
#[derive(Clone, PartialEq, Eq)]
pub enum Fanout {
    Local,
    /// The URL of the database.
    Postgres(String),
    /// `REDIS_URL`.
    Redis(String),
}

impl Fanout {
    pub(super) fn read(env: &mut Env, database: &DatabaseConfig) -> Self {
        let redis = env.optional("REDIS_URL");
        if redis.as_deref().is_some_and(|url| !url.starts_with("redis://")) {
            env.complain("REDIS_URL", "must start with redis://");
        }
        match (env.optional("FANOUT").as_deref(), redis) {
            (Some("local"), _) => Self::Local,
            (Some("redis") | None, Some(url)) => Self::Redis(url),
            (Some("redis"), None) => {
                env.complain("FANOUT", "is redis: set REDIS_URL as well");
                Self::Local
            }
            (Some("postgres"), _) | (None, None) if !database.is_sqlite() => Self::Postgres(database.url.clone()),
            (Some("postgres"), _) => {
                env.complain("FANOUT", "is postgres, but DATABASE_URL is SQLite, which serves a single node");
                Self::Local
            }
            (None, None) => Self::Local,
            (Some(_), _) => {
                env.complain("FANOUT", "must be local, postgres or redis");
                Self::Local
            }
        }
    }
}

impl fmt::Debug for Fanout {
    /// The URLs hold passwords.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Local => "Local",
            Self::Postgres(_) => "Postgres(…)",
            Self::Redis(_) => "Redis(…)",
        })
    }
}
