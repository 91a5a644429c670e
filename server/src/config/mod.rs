//! Configuration from the environment and `.env`: one small struct per concern, all problems reported together.
//! Every variable is documented in `.env.example`.

mod connections;
mod data;
mod database;
mod env;
mod fanout;
mod local;
mod mail;
mod payments;
mod security;
mod server;
mod storage;

pub use connections::{ConnectionsConfig, MetricsConfig};
pub use data::DataConfig;
pub use database::DatabaseConfig;
use env::Env;
pub use mail::{MailConfig, SmtpConfig};
pub use payments::{Gateway, PaymentsConfig};
use platform::bus::Fanout;
use platform::storage::StorageConfig;
pub use security::SecurityConfig;
pub use server::{ListenOn, ServerConfig};

#[derive(Clone, Debug)]
pub struct Config {
    pub server: ServerConfig,
    pub connections: ConnectionsConfig,
    pub metrics: MetricsConfig,
    pub database: DatabaseConfig,
    pub storage: StorageConfig,
    pub fanout: Fanout,
    pub security: SecurityConfig,
    pub payments: PaymentsConfig,
    pub mail: MailConfig,
    /// Whether the data and the accounts are those of the demo.
    pub is_demo: bool,
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
        Self::read(from_environment()?, options)
    }

    /// Reads variables from anywhere; tests hand in a map.
    pub fn read(lookup: impl Fn(&str) -> Option<String>, options: Options) -> anyhow::Result<Self> {
        let mut env = Env::new(&lookup);
        let server = ServerConfig::read(&mut env, options);
        let connections = ConnectionsConfig::read(&mut env);
        let metrics = MetricsConfig::read(&mut env);
        let database = DatabaseConfig::read(&mut env);
        let storage = storage::read(&mut env);
        let fanout = fanout::read(&mut env, &database);
        let payments = PaymentsConfig::read(&mut env, &server);
        let security = SecurityConfig::read(&mut env, options, &server, &payments);
        let mail = MailConfig::read(&mut env);
        env.finish()?;
        let is_demo = options.demo;
        Ok(Self {
            server,
            connections,
            metrics,
            database,
            storage,
            fanout,
            security,
            payments,
            mail,
            is_demo,
            runs_jobs: true,
        })
    }

    /// Whether strangers can reach us, or real money moves: what is good enough for one machine is not good enough here.
    pub fn is_for_the_public(&self) -> bool {
        !self.server.is_local() || self.payments.moves_real_money()
    }
}

/// The variables of the environment, and of `.env` where there is one.
fn from_environment() -> anyhow::Result<impl Fn(&str) -> Option<String>> {
    if let Err(error) = dotenvy::dotenv()
        && !error.not_found()
    {
        anyhow::bail!(".env cannot be read: {error}");
    }
    Ok(|name: &str| std::env::var(name).ok())
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

    const PRODUCTION: [(&str, &str); 4] = [
        ("JWT_SECRET", SECRET),
        ("MIDTRANS_SERVER_KEY", "Mid-server-abc"),
        ("MIDTRANS_CLIENT_KEY", "Mid-client-abc"),
        ("PUBLIC_URL", "https://hellopet.site"),
    ];
    const PUBLIC: [&str; 4] = [
        "https://hellopet.site",
        "http://hellopet.site:5000",
        "http://10.0.0.7:5000",
        "https://localhost.hellopet.site",
    ];
    const LOCAL: [&str; 4] = ["http://localhost:5000", "http://127.0.0.1", "http://127.3.2.1:80", "http://[::1]:5000"];

    #[test]
    fn limits_are_lifted_on_ones_own_machine_only() {
        let off = ("RATE_LIMITS", "off");
        assert!(refusal(&[&PRODUCTION[..], &[off]].concat()).contains("RATE_LIMITS"));
        let local_money = [PRODUCTION[0], PRODUCTION[1], PRODUCTION[2], ("PUBLIC_URL", "https://localhost"), off];
        assert!(refusal(&local_money).contains("RATE_LIMITS"));
        let with = |url| refusal(&[PRODUCTION[0], ("PAYMENTS", "simulated"), ("PUBLIC_URL", url), off]);
        assert!(PUBLIC.into_iter().all(|url| with(url).contains("RATE_LIMITS")));
        assert!(LOCAL.into_iter().all(|url| with(url).is_empty()));
        assert!(refusal(&[PRODUCTION[0], off]).is_empty());
    }

    #[test]
    fn the_demo_is_for_ones_own_machine_only() {
        let with = |pairs: &[(&str, &str)]| read(pairs, true).map(|_| String::new()).unwrap_or_else(|e| e.to_string());
        assert!(with(&PRODUCTION).contains("--demo"));
        for url in PUBLIC {
            let pairs = [PRODUCTION[0], ("PAYMENTS", "simulated"), ("PUBLIC_URL", url)];
            assert!(with(&pairs).contains("--demo"), "{url}");
            assert!(refusal(&pairs).is_empty(), "{url}");
        }
        assert!(LOCAL.into_iter().all(|url| with(&[("PUBLIC_URL", url)]).is_empty()));
        assert!(
            with(&[PRODUCTION[0], PRODUCTION[1], PRODUCTION[2], ("PUBLIC_URL", "https://localhost")])
                .contains("--demo")
        );
        let listens = |demo, pairs: &[(&str, &str)]| read(pairs, demo).unwrap().server.listen_on;
        assert_eq!(listens(true, &[]), ListenOn::Loopback);
        assert_eq!(listens(true, &[("LISTEN_ON", "everywhere")]), ListenOn::Everywhere);
        assert_eq!(listens(false, &[PRODUCTION[0]]), ListenOn::Everywhere);
    }

    #[test]
    fn nobody_gives_consultations_away_by_forgetting_a_key() {
        for url in PUBLIC {
            let public = [PRODUCTION[0], ("PUBLIC_URL", url)];
            assert!(refusal(&public).contains("PAYMENTS"), "{url}");
            assert!(refusal(&[&public[..], &[("PAYMENTS", "simulated")]].concat()).is_empty(), "{url}");
            assert!(refusal(&[&public[..], &[("PAYMENTS", "midtrans")]].concat()).contains("PAYMENTS"), "{url}");
        }
        for payments in ["simulated", "on", "Simulated"] {
            assert!(refusal(&[&PRODUCTION[..], &[("PAYMENTS", payments)]].concat()).contains("PAYMENTS"), "{payments}");
        }
        assert!(refusal(&PRODUCTION).is_empty());
        assert!(refusal(&[&PRODUCTION[..], &[("PAYMENTS", "midtrans")]].concat()).is_empty());
        assert!(LOCAL.into_iter().all(|url| refusal(&[PRODUCTION[0], ("PUBLIC_URL", url)]).is_empty()));
    }

    #[test]
    fn keys_travel_over_tls_only() {
        let with = |url| refusal(&[&PRODUCTION[..], &[("MIDTRANS_BASE_URL", url)]].concat());
        for refused in [
            "http://midtrans.example.id",
            "http://localhost.example.id",
            "http://127.0.0.1@example.id",
            "https://user:secret@example.id",
            "https://example.id/?a=b",
            "https://example.id; script-src *",
            "https://exa mple.id",
            "ftp://localhost",
            "example.id",
        ] {
            assert!(with(refused).contains("MIDTRANS_BASE_URL"), "{refused}");
        }
        for good in ["https://midtrans.example.id", "http://127.0.0.1:4000/sandbox/midtrans/", "http://[::1]:4000"] {
            assert!(with(good).is_empty(), "{good}");
        }
        let origin = |url| refusal(&[&PRODUCTION[..], &[("CLIENT_ORIGIN", url)]].concat());
        assert!(origin("https://app.hellopet.site,http://app.hellopet.site").contains("CLIENT_ORIGIN"));
        assert!(origin("https://app.hellopet.site,http://localhost:5173").is_empty());
    }

    #[test]
    fn who_reads_the_figures_and_how_many_connect_is_understood_or_refused() {
        let with = |name, value| refusal(&[PRODUCTION[0], (name, value)]);
        assert!(with("METRICS_ADDR", "9100").contains("METRICS_ADDR"));
        assert!(with("METRICS_ADDR", "127.0.0.1:9100").is_empty());
        for name in ["MAX_CONNECTIONS", "MAX_CONNECTIONS_PER_ADDRESS"] {
            assert!(with(name, "0").contains(name) && with(name, "many").contains(name) && with(name, "10").is_empty());
        }
        assert!(with("LISTEN_ON", "the moon").contains("LISTEN_ON"));
        assert!(with("WORKER_NICENESS", "20").contains("WORKER_NICENESS") && with("WORKER_NICENESS", "0").is_empty());
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
            ("METRICS_TOKEN", "hunter4"),
        ];
        let printed = format!("{:?}", read(&secrets, false).unwrap());
        assert!(![SECRET, "hunter2", "hunter3", "hunter4"].iter().any(|secret| printed.contains(secret)), "{printed}");
    }
}
