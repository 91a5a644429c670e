//! Secrets and limits.

use std::collections::HashSet;
use std::time::Duration;

use super::env::Env;
use super::{Options, PaymentsConfig, ServerConfig};
use platform::secret::Secret;

#[derive(Clone, Debug)]
pub struct SecurityConfig {
    /// `JWT_SECRET`: signs access tokens. At least 32 characters, at least 12 different ones.
    pub jwt_secret: Secret,
    /// `BCRYPT_COST` (10, at least 10): each step doubles the work of a sign-in.
    pub bcrypt_cost: u32,
    /// `RATE_LIMITS` (on): `off` only for load tests.
    pub rate_limits: bool,
    pub access_token_lifetime: Duration,
    pub refresh_token_lifetime: Duration,
}

const SHORTEST_SECRET: usize = 32;
const FEWEST_DIFFERENT: usize = 12;
/// Known to everybody who can read this line: only for `--demo` without a `JWT_SECRET`.
const DEMO_SECRET: &str = "hellopet-demo-only-Zk4tQ9wLx7Vb2Nc8";

impl SecurityConfig {
    pub(super) fn read(env: &mut Env, options: Options, server: &ServerConfig, payments: &PaymentsConfig) -> Self {
        let rate_limits = env.switch("RATE_LIMITS", true);
        for (is_wanted, name) in [(!rate_limits, "RATE_LIMITS=off"), (options.demo, "--demo")] {
            if is_wanted && payments.moves_real_money() {
                env.complain(name, "cannot be used beside production keys of Midtrans");
            } else if is_wanted && !server.is_local() {
                env.complain(name, "is for one's own machine: PUBLIC_URL must be local, such as http://localhost:5000");
            }
        }
        let bcrypt_cost = env.parsed("BCRYPT_COST", 10);
        if !(10..=15).contains(&bcrypt_cost) {
            env.complain("BCRYPT_COST", "must be 10 to 15");
        }
        Self {
            jwt_secret: jwt_secret(env, options, payments),
            bcrypt_cost,
            rate_limits,
            access_token_lifetime: Duration::from_secs(3600),
            refresh_token_lifetime: Duration::from_secs(30 * 24 * 3600),
        }
    }
}

fn jwt_secret(env: &mut Env, options: Options, payments: &PaymentsConfig) -> Secret {
    match env.optional("JWT_SECRET") {
        Some(secret) => {
            let different: HashSet<char> = secret.chars().collect();
            if secret.chars().count() < SHORTEST_SECRET || different.len() < FEWEST_DIFFERENT {
                env.complain("JWT_SECRET", "is too weak: use 32 random characters or more (openssl rand -base64 48)");
            }
            Secret::new(secret)
        }
        None if options.demo && !payments.moves_real_money() => Secret::new(DEMO_SECRET),
        None => {
            env.complain("JWT_SECRET", "is not set: use 32 random characters or more (openssl rand -base64 48)");
            Secret::new("")
        }
    }
}
