//! How many connections are held, and who may read the figures about them.

use std::net::SocketAddr;

use super::env::Env;
use platform::secret::Secret;

/// How many connections this node holds.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionsConfig {
    /// `MAX_CONNECTIONS` (20000): all connections of this node, sockets included. Who comes after that waits to be let in.
    pub most: u32,
    /// `MAX_CONNECTIONS_PER_ADDRESS` (500): those from one address, or one /64 of IPv6; more are closed at once. Not
    /// for this machine itself, behind a proxy (`TRUST_PROXY`), nor with `RATE_LIMITS=off`.
    pub most_per_address: u32,
}

impl ConnectionsConfig {
    pub(super) fn read(env: &mut Env) -> Self {
        let most = env.parsed("MAX_CONNECTIONS", 20_000);
        let most_per_address = env.parsed("MAX_CONNECTIONS_PER_ADDRESS", 500);
        for (name, value) in [("MAX_CONNECTIONS", most), ("MAX_CONNECTIONS_PER_ADDRESS", most_per_address)] {
            if !(1..=1_000_000).contains(&value) {
                env.complain(name, "must be 1 to 1000000");
            }
        }
        Self { most, most_per_address }
    }
}

/// Who may read `/metrics`. With neither of the two, nobody but this machine, and only where `PUBLIC_URL` is local.
#[derive(Clone, Debug)]
pub struct MetricsConfig {
    /// `METRICS_ADDR`: a listener of its own, such as `127.0.0.1:9100`; the public one then has no `/metrics`.
    pub address: Option<SocketAddr>,
    /// `METRICS_TOKEN`: what `Authorization: Bearer` must say, wherever the figures are asked for.
    pub token: Option<Secret>,
}

impl MetricsConfig {
    pub(super) fn read(env: &mut Env) -> Self {
        let address = env.optional("METRICS_ADDR").map(|text| text.parse());
        if matches!(address, Some(Err(_))) {
            env.complain("METRICS_ADDR", "must look like 127.0.0.1:9100");
        }
        Self { address: address.and_then(Result::ok), token: env.optional("METRICS_TOKEN").map(Secret::new) }
    }
}
