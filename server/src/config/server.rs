//! How the server is reached and what it writes about itself.

use std::str::FromStr;

use super::env::Env;

/// One picture must fit, with room to spare.
const LEAST_UPLOAD_MEMORY_MIB: usize = 16;
const MOST_UPLOAD_MEMORY_MIB: usize = 65_536;

#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// `PORT` (5000); 0 takes any free one.
    pub port: u16,
    /// `PUBLIC_URL`: how browsers and the payment gateway reach us. Unset: `http://localhost:<port>`.
    pub public_url: Option<String>,
    /// `CLIENT_ORIGIN`: origins of web apps that may call us, besides our own; compared exactly.
    pub origins: Vec<String>,
    /// `TRUST_PROXY` (off): take the caller's address from the last entry of `X-Forwarded-For`.
    pub trust_proxy: bool,
    /// `UPLOAD_MEMORY_MIB` (128): what uploads under way may take of the memory, in bytes here.
    pub upload_memory: usize,
    /// `LOG` (`info,sea_orm_migration=warn`): a level, or a list of `target=level`.
    pub log: String,
    /// `LOG_FORMAT` (`text`): `text` or `json`.
    pub log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

impl FromStr for LogFormat {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(()),
        }
    }
}

impl ServerConfig {
    pub(super) fn read(env: &mut Env) -> Self {
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
        origins.extend(public_url.clone());
        let upload_memory: usize = env.parsed("UPLOAD_MEMORY_MIB", 128);
        if !(LEAST_UPLOAD_MEMORY_MIB..=MOST_UPLOAD_MEMORY_MIB).contains(&upload_memory) {
            env.complain("UPLOAD_MEMORY_MIB", "must be a number of MiB from 16 to 65536");
        }
        Self {
            port,
            public_url,
            origins,
            trust_proxy: env.switch("TRUST_PROXY", false),
            upload_memory: upload_memory.saturating_mul(1024 * 1024),
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

    /// Whether cookies may only travel over TLS: everywhere but on one's own machine.
    pub fn has_secure_cookies(&self) -> bool {
        !is_local(&self.public_url())
    }
}

/// Whether an address without TLS leads no further than this machine.
pub(super) fn is_local(url: &str) -> bool {
    let host = url.strip_prefix("http://").unwrap_or_default();
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|local| host.strip_prefix(local).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
}

/// Scheme, host and perhaps a port, nothing after it: what a browser sends in `Origin`.
pub(super) fn is_origin(text: &str) -> bool {
    let Some(host) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    !host.is_empty() && host.chars().all(|character| character.is_ascii_alphanumeric() || ".-:[]".contains(character))
}
