//! What an owner says before paying, and what it calls for: a clinic now, a vet today, or a talk in peace. Never a
//! diagnosis (`docs/triage.md`).

pub mod entity;
mod error;
mod http;
mod pictures;
mod rules;
mod service;
mod store;
mod sweep;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware;
pub use entity::picture::Model as IntakePicture;
pub use entity::{IntakeId, IntakePictureId, Model as Intake};
pub use http::IntakeView;
pub use rules::{Level, Since};
pub use service::Said;
pub use sweep::{SweepIntakes, sweep};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::accounts::Accounts;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;
use platform::http::client_address::TrustedProxies;
use platform::http::drain;
use platform::http::rate_limit::Limit;
use platform::images::form::LARGEST_FORM_BYTES;
use platform::pictures::Pictures;

/// What listening takes.
pub struct Triage {
    db: Db,
    clock: SharedClock,
    pictures: Pictures,
    /// Complaints.
    by_account: Arc<Limit<Uuid>>,
    /// What is looked through while it is typed: a page asks when somebody pauses.
    by_address: Arc<Limit<IpAddr>>,
}

impl Triage {
    pub fn new(platform: &Platform) -> Self {
        Self {
            db: platform.db.clone(),
            clock: platform.clock.clone(),
            pictures: platform.pictures.clone(),
            by_account: platform.limits.limit("intake", 20, Duration::from_secs(60)),
            by_address: platform.limits.limit("triage_check", 120, Duration::from_secs(60)),
        }
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Triage>: FromRef<S>,
    TrustedProxies: FromRef<S>,
{
    let pictures = OpenApiRouter::new()
        .routes(routes!(http::pictures::add))
        .layer(DefaultBodyLimit::max(LARGEST_FORM_BYTES))
        .layer(middleware::from_fn(drain::refused_uploads));
    OpenApiRouter::new()
        .routes(routes!(http::rules::show))
        .routes(routes!(http::check::check))
        .routes(routes!(http::intakes::create))
        .routes(routes!(http::intakes::show))
        .merge(pictures)
}
