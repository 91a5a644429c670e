//! A local Midtrans: Snap with its script and payment page, the Core API and signed notifications.
//!
//! It lets a merchant's platform be built and tried on one machine, without an account and without money. It speaks
//! the real protocol over HTTP and knows nothing of the platform it serves; only base URL and keys differ from the
//! real thing. Every page and every response says that it is a simulation.
//!
//! State lives in the database, so it survives a crash and may be served by several nodes at once.

mod gateway;
mod http;
mod method;
mod notifier;
mod payload;
mod rules;
mod signature;
mod snap_request;
mod store;
mod sweep;
mod times;
mod transaction;
mod urls;

use std::fmt;
use std::sync::Arc;

use axum::Router;
use sea_orm::{DatabaseConnection, DbErr};

use crate::gateway::Gateway;

/// How the stand-in is set up.
#[derive(Clone)]
pub struct StandInConfig {
    /// Signs notifications, and opens Snap and the Core API by Basic authentication.
    pub server_key: String,
    /// What the merchant's page must name in `data-client-key`.
    pub client_key: String,
    /// Where notifications go, unless a transaction names its own addresses.
    pub notification_url: String,
    /// Where this router can be reached from a browser, e.g. `http://localhost:5000/sandbox/midtrans`.
    pub public_base_url: String,
    /// Whether a transaction may have notifications sent elsewhere (`X-Override-Notification`, `X-Append-Notification`):
    /// anywhere on this machine and the configured host. Otherwise those headers may name `notification_url` only.
    pub notifies_elsewhere: bool,
}

impl fmt::Debug for StandInConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandInConfig")
            .field("server_key", &"…")
            .field("client_key", &self.client_key)
            .field("notification_url", &self.notification_url)
            .field("public_base_url", &self.public_base_url)
            .field("notifies_elsewhere", &self.notifies_elsewhere)
            .finish()
    }
}

/// Creates the stand-in's own table where it is missing; its name starts with `midtrans_stand_in_`.
pub async fn prepare(db: &DatabaseConnection) -> Result<(), DbErr> {
    store::prepare(db).await
}

/// The stand-in's routes, relative to where it is mounted, and its background work, which ends when the last clone of
/// the router is dropped.
///
/// # Panics
/// Outside a Tokio runtime, and where no rustls provider is installed for the process: the HTTP client needs one to
/// exist, although notifications usually go over plain HTTP.
pub fn router(db: DatabaseConnection, config: StandInConfig) -> Router {
    let gateway = Arc::new(Gateway::new(db, config));
    sweep::start(&gateway);
    http::routes(gateway)
}
