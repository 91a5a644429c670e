//! Configuration from the environment and `.env`: one small struct per concern, all problems reported together.
//! Every variable is documented in `.env.example`.

mod database;
mod env;
mod fanout;
mod payments;
mod security;
mod server;
mod storage;

pub use database::DatabaseConfig;
use env::Env;
pub use env::Secret;
pub use fanout::Fanout;
pub use payments::{Gateway, PaymentsConfig};
pub use security::SecurityConfig;
pub use server::{LogFormat, ServerConfig};
pub use storage::{BucketConfig, StorageConfig};

#[derive(Clone, Debug)]
pub struct Config {
    pub server: ServerConfig,
    pub database: DatabaseConfig,
    pub storage: StorageConfig,
    pub fanout: Fanout,
    pub security: SecurityConfig,
    pub payments: PaymentsConfig,
    /// Whether jobs run by themselves. Tests turn the clock, and have them run by hand.
    pub runs_jobs: bool,
}

/// What was said on the command line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// `--demo`: demo data, and secrets that are good enough for one machine.
    pub demo: bool,
}

impl Config {
    /// Reads the environment, after `.env` where there is one.
    pub fn load(options: Options) -> anyhow::Result<Self> {
        if let Err(error) = dotenvy::dotenv()
            && !error.not_found()
        {
            anyhow::bail!(".env cannot be read: {error}");
        }
        Self::read(|name| std::env::var(name).ok(), options)
    }

    /// Reads variables from anywhere; tests hand in a map.
    pub fn read(lookup: impl Fn(&str) -> Option<String>, options: Options) -> anyhow::Result<Self> {
        let mut env = Env::new(&lookup);
        let server = ServerConfig::read(&mut env);
        let database = DatabaseConfig::read(&mut env);
        let storage = StorageConfig::read(&mut env);
        let fanout = Fanout::read(&mut env, &database);
        let payments = PaymentsConfig::read(&mut env, &server);
        let security = SecurityConfig::read(&mut env, options, &payments);
        env.finish()?;
        Ok(Self { server, database, storage, fanout, security, payments, runs_jobs: true })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;

    const SECRET: &str = "N9v!x2Lq7Rw4Zt8Yb3Kc6Md1Pf5Hg0Js";

    fn read(pairs: &[(&str, &str)], demo: bool) -> anyhow::Result<Config> {
        let find = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Config::read(find, Options { demo })
    }

    fn refusal(pairs: &[(&str, &str)]) -> String {
        read(pairs, false).map(|_| String::new()).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn a_missing_secret_is_refused_outside_the_demo() {
        assert!(refusal(&[]).contains("JWT_SECRET"));
        assert!(read(&[], true).is_ok());
    }

    #[test]
    fn a_weak_secret_is_refused() {
        assert!(refusal(&[("JWT_SECRET", "supersecretkey")]).contains("JWT_SECRET"));
        assert!(refusal(&[("JWT_SECRET", &"a".repeat(64))]).contains("JWT_SECRET"));
        assert!(refusal(&[("JWT_SECRET", SECRET)]).is_empty());
    }

    #[test]
    fn everything_wrong_is_reported_together() {
        let said = refusal(&[("PORT", "many"), ("MARKUP_BASIS_POINTS", "9"), ("CLIENT_ORIGIN", "hellopet.site")]);
        for name in ["PORT", "MARKUP_BASIS_POINTS", "CLIENT_ORIGIN", "JWT_SECRET"] {
            assert!(said.contains(name), "{name} is missing in: {said}");
        }
    }

    #[test]
    fn limits_cannot_be_lifted_beside_production_keys() {
        let production = [
            ("JWT_SECRET", SECRET),
            ("MIDTRANS_SERVER_KEY", "Mid-server-abc"),
            ("MIDTRANS_CLIENT_KEY", "Mid-client-abc"),
            ("PUBLIC_URL", "https://hellopet.site"),
            ("RATE_LIMITS", "off"),
        ];
        assert!(refusal(&production).contains("RATE_LIMITS"));
    }

    #[test]
    fn two_variables_move_from_the_stand_in_to_midtrans() {
        let local = read(&[("JWT_SECRET", SECRET)], false).unwrap();
        assert!(local.payments.is_simulated());
        let keys = [
            ("JWT_SECRET", SECRET),
            ("MIDTRANS_SERVER_KEY", "SB-Mid-server-x"),
            ("MIDTRANS_CLIENT_KEY", "SB-Mid-client-x"),
        ];
        let sandbox = read(&keys, false).unwrap();
        assert_eq!(sandbox.payments.core_url("http://localhost:5000"), "https://api.sandbox.midtrans.com");
        assert_eq!(sandbox.payments.snap_url("http://localhost:5000"), "https://app.sandbox.midtrans.com/snap");
    }

    #[test]
    fn a_bucket_needs_keys_and_tls() {
        let bucket = [("JWT_SECRET", SECRET), ("ATTACHMENTS_URL", "s3://photos/hellopet")];
        assert!(refusal(&bucket).contains("AWS_ACCESS_KEY_ID") && refusal(&bucket).contains("AWS_SECRET_ACCESS_KEY"));
        let with = |endpoint| {
            let keys = [("AWS_ACCESS_KEY_ID", "k"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_ENDPOINT", endpoint)];
            refusal(&[&bucket[..], &keys[..]].concat())
        };
        assert!(with("http://s3.example.id").contains("AWS_ENDPOINT"));
        assert!(with("http://localhost.example.id").contains("AWS_ENDPOINT"));
        assert!(with("https://s3.example.id").is_empty() && with("http://127.0.0.1:4568").is_empty());
        assert!(refusal(&[("JWT_SECRET", SECRET), ("ATTACHMENTS_URL", "gs://x")]).contains("ATTACHMENTS_URL"));
    }

    #[test]
    fn nodes_hear_of_each_other_by_what_is_there() {
        let fanout = |pairs: &[(&str, &str)]| {
            let all = [&[("JWT_SECRET", SECRET)], pairs].concat();
            read(&all, false).map(|config| format!("{:?}", config.fanout)).unwrap_or_else(|error| error.to_string())
        };
        let postgres = ("DATABASE_URL", "postgres://u:hunter2@db/x");
        let redis = ("REDIS_URL", "redis://:hunter2@cache");
        assert_eq!(fanout(&[]), "Local");
        assert_eq!(fanout(&[postgres]), "Postgres(…)");
        assert_eq!(fanout(&[postgres, redis]), "Redis(…)");
        assert_eq!(fanout(&[postgres, redis, ("FANOUT", "postgres")]), "Postgres(…)");
        assert_eq!(fanout(&[postgres, ("FANOUT", "local")]), "Local");
        for wrong in [&[("FANOUT", "redis")][..], &[("FANOUT", "postgres")], &[postgres, ("FANOUT", "carrier pigeon")]]
        {
            assert!(fanout(wrong).contains("FANOUT"), "{wrong:?}");
        }
        assert!(fanout(&[("REDIS_URL", "http://cache")]).contains("REDIS_URL"));
    }

    #[test]
    fn secrets_do_not_appear_in_a_debug_print() {
        let secrets = [
            ("JWT_SECRET", SECRET),
            ("DATABASE_URL", "postgres://u:hunter2@db/x"),
            ("ATTACHMENTS_URL", "s3://photos"),
            ("AWS_ACCESS_KEY_ID", "key"),
            ("AWS_SECRET_ACCESS_KEY", "hunter3"),
        ];
        let printed = format!("{:?}", read(&secrets, false).unwrap());
        assert!(![SECRET, "hunter2", "hunter3"].iter().any(|secret| printed.contains(secret)), "{printed}");
    }
}
