//! What a consultation leaves behind: the vet's summary, which owners read, keep as a PDF and can prove, and the vet's
//! private notes.

pub mod entity;
mod error;
mod http;
mod pdf;
mod rules;
mod service;
mod store;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
pub use entity::record::Model as Record;
pub use rules::Sections;
pub use service::{RecordFinished, tell_finished};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::accounts::Accounts;
use crate::config::Config;
use crate::consultations::Consultations;
use crate::events::Audience;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;
use platform::http::client_address::TrustedProxies;
use platform::http::rate_limit::Limit;
use platform::realtime::Realtime;
use platform::workers::Workers;

const MINUTE: Duration = Duration::from_secs(60);

/// What writing summaries takes.
pub struct Records {
    db: Db,
    clock: SharedClock,
    audience: Audience,
    realtime: Realtime,
    workers: Arc<Workers>,
    consultations: Arc<Consultations>,
    pdfs_by_account: Arc<Limit<Uuid>>,
    /// Codes of summaries.
    proofs_by_address: Arc<Limit<IpAddr>>,
    public_url: String,
}

impl Records {
    pub fn new(platform: &Platform, audience: &Audience, consultations: &Arc<Consultations>, config: &Config) -> Self {
        Self {
            db: platform.db.clone(),
            clock: platform.clock.clone(),
            audience: audience.clone(),
            realtime: platform.realtime.clone(),
            workers: platform.workers.clone(),
            consultations: consultations.clone(),
            pdfs_by_account: platform.limits.limit("record_pdf", 10, MINUTE),
            proofs_by_address: platform.limits.limit("record_proof", 30, MINUTE),
            public_url: config.server.public_url(),
        }
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Records>: FromRef<S>,
    TrustedProxies: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(http::record::show, http::record::save))
        .routes(routes!(http::record::finish))
        .routes(routes!(http::pdf::read))
        .routes(routes!(http::proof::verify))
        .routes(routes!(http::notes::show, http::notes::save))
}
