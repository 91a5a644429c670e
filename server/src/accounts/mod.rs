//! Who somebody is: signing up, signing in, staying signed in, signing out.

mod cookies;
mod current;
mod devices;
pub mod entity;
mod error;
mod http;
mod letters;
mod parties;
mod passwords;
mod proofs;
mod recovery;
pub mod rules;
mod service;
mod store;
mod tokens;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
pub use current::{Admin, CurrentUser, Doctor, Owner};
pub use entity::account::Model as Account;
pub use entity::{AccountId, Role, SessionId};
pub use parties::Party;
pub use passwords::PasswordHasher;
pub use recovery::answer_forgotten;
pub use service::{NewAccount, end_everywhere, end_here, sweep_sessions};
use sha2::{Digest, Sha256};
pub use tokens::AccessTokens;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::config::Config;
use crate::events::Audience;
use platform::Platform;
use platform::bus::Bus;
use platform::cache::ReadCache;
use platform::clock::SharedClock;
use platform::db::Db;
use platform::http::client_address::TrustedProxies;
use platform::http::error::AppError;
use platform::http::rate_limit::{self, Limit};
use platform::realtime::Realtime;

/// Sessions that were looked up a moment ago, with the accounts behind them.
pub type Sessions = ReadCache<SessionId, Arc<entity::account::Model>>;

const MOST_SESSIONS: u64 = 100_000;
const SESSIONS_KEPT: Duration = Duration::from_secs(5);

/// How often somebody may try.
struct Limits {
    sign_in_by_address: Arc<Limit<IpAddr>>,
    /// By e-mail and address, so that who guesses does not lock the owner out.
    sign_in_by_both: Arc<Limit<String>>,
    /// By e-mail, so that guesses from many addresses at one account are counted together.
    sign_in_by_email: Arc<Limit<String>>,
    register_by_address: Arc<Limit<IpAddr>>,
    refresh_by_address: Arc<Limit<IpAddr>>,
    forgot_by_address: Arc<Limit<IpAddr>>,
    /// So that nobody's mailbox is flooded.
    forgot_by_email: Arc<Limit<String>>,
    reset_by_address: Arc<Limit<IpAddr>>,
    /// Whatever one account changes. Wide: an album of photos comes in many pieces.
    changes: Arc<Limit<AccountId>>,
    /// Of one account: whoever finds an open phone must not guess its password.
    change_password: Arc<Limit<AccountId>>,
}

impl Limits {
    fn new(limits: &rate_limit::Limits) -> Self {
        const MINUTE: Duration = Duration::from_secs(60);
        Self {
            sign_in_by_address: limits.limit("sign_in_by_address", 60, MINUTE),
            sign_in_by_both: limits.limit("sign_in_by_both", 10, MINUTE),
            sign_in_by_email: limits.limit("sign_in_by_email", 50, 10 * MINUTE),
            register_by_address: limits.limit("register", 30, 10 * MINUTE),
            refresh_by_address: limits.limit("refresh", 120, MINUTE),
            forgot_by_address: limits.limit("forgot_by_address", 20, 10 * MINUTE),
            forgot_by_email: limits.limit("forgot_by_email", 3, 15 * MINUTE),
            reset_by_address: limits.limit("reset_by_address", 20, 10 * MINUTE),
            changes: limits.limit("changes_by_account", 600, MINUTE),
            change_password: limits.limit("change_password", 10, 10 * MINUTE),
        }
    }

    /// One try to sign in. What an address is refused for is not counted against the account.
    fn take_sign_in(&self, address: IpAddr, email: &str) -> Result<(), AppError> {
        self.sign_in_by_address.take(&address)?;
        self.sign_in_by_both.take(&bounded(&format!("{address} {email}")))?;
        self.sign_in_by_email.take(&bounded(email))
    }
}

/// Who is counted, in few letters: whoever signs in may call themselves by a hundred thousand, and other nodes are told of it.
fn bounded(caller: &str) -> String {
    hex::encode(&Sha256::digest(caller)[..16])
}

/// What signing up, in, on and out takes.
pub struct Accounts {
    db: Db,
    clock: SharedClock,
    audience: Audience,
    realtime: Realtime,
    bus: Bus,
    pub tokens: AccessTokens,
    pub passwords: PasswordHasher,
    pub sessions: Sessions,
    limits: Limits,
    refresh_token_lifetime: Duration,
    has_secure_cookies: bool,
    /// What the links of letters begin with.
    public_url: String,
}

impl Accounts {
    pub fn new(platform: &Platform, audience: &Audience, config: &Config) -> anyhow::Result<Self> {
        let security = &config.security;
        Ok(Self {
            db: platform.db.clone(),
            clock: platform.clock.clone(),
            audience: audience.clone(),
            realtime: platform.realtime.clone(),
            bus: platform.bus.clone(),
            tokens: AccessTokens::new(security.jwt_secret.expose(), security.access_token_lifetime),
            passwords: PasswordHasher::new(security.bcrypt_cost, platform.workers.clone())?,
            sessions: Sessions::new(MOST_SESSIONS, SESSIONS_KEPT),
            limits: Limits::new(&platform.limits),
            refresh_token_lifetime: security.refresh_token_lifetime,
            has_secure_cookies: config.server.has_secure_cookies(),
            public_url: config.server.public_url(),
        })
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    TrustedProxies: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(http::register))
        .routes(routes!(http::login))
        .routes(routes!(http::refresh))
        .routes(routes!(http::logout))
        .routes(routes!(http::me))
        .routes(routes!(http::password::forgot_password))
        .routes(routes!(http::password::reset_password))
        .routes(routes!(http::password::change_password))
        .routes(routes!(http::devices::list, http::devices::sign_others_out))
        .routes(routes!(http::devices::sign_out))
}
