//! How nodes hear of each other.

use platform::bus::Fanout;

use super::DatabaseConfig;
use super::env::Env;

/// `FANOUT`: `local` (a single node), `postgres` or `redis`. Unset, it follows from what is there: Redis where `REDIS_URL`
/// is set, else the database where that is PostgreSQL.
pub(super) fn read(env: &mut Env, database: &DatabaseConfig) -> Fanout {
    let redis = env.optional("REDIS_URL");
    if redis.as_deref().is_some_and(|url| !url.starts_with("redis://")) {
        env.complain("REDIS_URL", "must start with redis://");
    }
    match (env.optional("FANOUT").as_deref(), redis) {
        (Some("local"), _) => Fanout::Local,
        (Some("redis") | None, Some(url)) => Fanout::Redis(url),
        (Some("redis"), None) => {
            env.complain("FANOUT", "is redis: set REDIS_URL as well");
            Fanout::Local
        }
        (Some("postgres"), _) | (None, None) if !database.is_sqlite() => Fanout::Postgres(database.url.clone()),
        (Some("postgres"), _) => {
            env.complain("FANOUT", "is postgres, but DATABASE_URL is SQLite, which serves a single node");
            Fanout::Local
        }
        (None, None) => Fanout::Local,
        (Some(_), _) => {
            env.complain("FANOUT", "must be local, postgres or redis");
            Fanout::Local
        }
    }
}
