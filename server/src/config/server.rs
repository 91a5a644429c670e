//! How the server is reached and what it writes about itself.

use std::str::FromStr;

use platform::http::client_address::TrustedProxies;
use platform::telemetry::LogFormat;

use super::Options;
use super::env::Env;
use super::local::is_local;

/// One picture must fit, with room to spare.
const LEAST_UPLOAD_MEMORY_MIB: usize = 16;
const MOST_UPLOAD_MEMORY_MIB: usize = 65_536;
const MIB: usize = 1024 * 1024;
const MOST_PICTURES_PER_ACCOUNT_MIB: i64 = 1_048_576;

#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// `PORT` (5000); 0 takes any free one.
    pub port: u16,
    /// `PUBLIC_URL`: how browsers and the payment gateway reach us. Unset: `http://localhost:<port>`.
    pub public_url: Option<String>,
    /// `LISTEN_ON` (`everywhere`, with `--demo` `loopback`): who can open a connection at all.
    pub listen_on: ListenOn,
    /// `CLIENT_ORIGIN`: origins of web apps that may call us, besides our own; compared exactly.
    pub origins: Vec<String>,
    /// `TRUST_PROXY` (off): whose `X-Forwarded-For` says where a request comes from.
    pub trusted_proxies: TrustedProxies,
    /// `UPLOAD_MEMORY_MIB` (128): what uploads under way may take of the memory, in bytes here.
    pub upload_memory: usize,
    /// `PICTURES_PER_ACCOUNT_MIB` (500): what the pictures of one account may take of the storage, in bytes here.
    pub pictures_per_account: i64,
    /// `WORKER_NICENESS` (10): how far passwords, pictures and PDFs stand behind messages on a busy machine, 0 to 19.
    pub worker_niceness: u8,
    /// `LOG` (`info,sea_orm_migration=warn`): a level, or a list of `target=level`.
    pub log: String,
    /// `LOG_FORMAT` (`text`): `text` or `json`.
    pub log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListenOn {
    Everywhere,
    /// This machine only: the passwords of the demo are in its manual.
    Loopback,
}

impl FromStr for ListenOn {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "everywhere" => Ok(Self::Everywhere),
            "loopback" => Ok(Self::Loopback),
            _ => Err(()),
        }
    }
}

impl ServerConfig {
    pub(super) fn read(env: &mut Env, options: Options) -> Self {
        let port = env.parsed("PORT", 5000);
        let public_url = env.optional("PUBLIC_URL").map(|url| url.trim_end_matches('/').to_owned());
        if public_url.as_deref().is_some_and(|url| !is_origin(url)) {
            env.complain("PUBLIC_URL", "must look like https://hellopet.site, without a path");
        }
        let mut origins: Vec<String> = env
            .optional("CLIENT_ORIGIN")
            .map(|list| {
                list.split(',').map(|origin| origin.trim().to_owned()).filter(|origin| !origin.is_empty()).collect()
            })
            .unwrap_or_default();
        if origins.iter().any(|origin| !is_origin(origin)) {
            env.complain("CLIENT_ORIGIN", "must be a comma-separated list of origins such as https://hellopet.site");
        }
        if public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
            && origins.iter().any(|origin| !origin.starts_with("https://") && !is_local(origin))
        {
            env.complain("CLIENT_ORIGIN", "must be of https:// origins beside an https:// PUBLIC_URL");
        }
        origins.extend(public_url.clone());
        let upload_memory: usize = env.parsed("UPLOAD_MEMORY_MIB", 128);
        if !(LEAST_UPLOAD_MEMORY_MIB..=MOST_UPLOAD_MEMORY_MIB).contains(&upload_memory) {
            env.complain("UPLOAD_MEMORY_MIB", "must be a number of MiB from 16 to 65536");
        }
        let pictures_per_account: i64 = env.parsed("PICTURES_PER_ACCOUNT_MIB", 500);
        if !(1..=MOST_PICTURES_PER_ACCOUNT_MIB).contains(&pictures_per_account) {
            env.complain("PICTURES_PER_ACCOUNT_MIB", "must be a number of MiB from 1 to 1048576");
        }
        let worker_niceness = env.parsed("WORKER_NICENESS", 10);
        if worker_niceness > 19 {
            env.complain("WORKER_NICENESS", "must be 0 to 19");
        }
        let usual = if options.demo { ListenOn::Loopback } else { ListenOn::Everywhere };
        Self {
            port,
            public_url,
            listen_on: env.parsed("LISTEN_ON", usual),
            origins,
            trusted_proxies: env.parsed("TRUST_PROXY", TrustedProxies::None),
            upload_memory: upload_memory.saturating_mul(MIB),
            pictures_per_account: pictures_per_account.saturating_mul(MIB as i64),
            worker_niceness,
            log: env.optional("LOG").unwrap_or_else(|| "info,sea_orm_migration=warn".to_owned()),
            log_format: env.parsed("LOG_FORMAT", LogFormat::Text),
        }
    }

    /// Completes what depends on the port that was really taken.
    pub fn listening_on(&mut self, port: u16) {
        self.port = port;
        if self.public_url.is_none() {
            self.public_url = Some(format!("http://localhost:{port}"));
            self.origins.extend([format!("http://localhost:{port}"), format!("http://127.0.0.1:{port}")]);
        }
    }

    pub fn public_url(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://localhost:{}", self.port))
    }

    /// Whether browsers reach us over TLS.
    pub fn is_https(&self) -> bool {
        self.public_url().starts_with("https://")
    }

    /// Whether nobody but this machine is meant to reach us: the demo, development and tests.
    pub fn is_local(&self) -> bool {
        is_local(&self.public_url())
    }

    /// Whether cookies may only travel over TLS: everywhere but on one's own machine.
    pub fn has_secure_cookies(&self) -> bool {
        self.is_https() || !self.is_local()
    }
}

/// Scheme, host and perhaps a port, nothing after it: what a browser sends in `Origin`.
pub(super) fn is_origin(text: &str) -> bool {
    let Some(host) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    !host.is_empty() && host.chars().all(|character| character.is_ascii_alphanumeric() || ".-:[]".contains(character))
}
