//! What the operator sees: whether a node can do its work, its figures, the work in the background that was given up, to have
//! it tried again, what the staff has done, and what broke in people's browsers.

mod app_config;
mod audit;
mod client_errors;
pub mod figures;
pub mod health;
mod http;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use app_config::AppConfig;
use axum::extract::FromRef;
use metrics_exporter_prometheus::PrometheusHandle;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::Accounts;
use crate::config::Config;
use crate::web;
use platform::Platform;
use platform::bus::{Bus, Fanout};
use platform::clock::SharedClock;
use platform::db::Db;
use platform::http::client_address::TrustedProxies;
use platform::http::rate_limit::Limit;
use platform::http::security_headers::SecurityHeaders;
use platform::jobs::Bell;
use platform::tasks::Tasks;

/// What can be seen and done from outside the features.
pub struct Operations {
    db: Db,
    clock: SharedClock,
    bus: Bus,
    bell: Bell,
    tasks: Tasks,
    metrics: Option<PrometheusHandle>,
    needs_redis: bool,
    access: figures::Access,
    headers: SecurityHeaders,
    client_errors: Arc<Limit<IpAddr>>,
    app_config: AppConfig,
}

impl Operations {
    pub fn new(platform: &Platform, config: &Config, metrics: Option<PrometheusHandle>) -> Self {
        Self {
            db: platform.db.clone(),
            clock: platform.clock.clone(),
            bus: platform.bus.clone(),
            bell: platform.bell.clone(),
            tasks: platform.tasks.clone(),
            metrics,
            needs_redis: matches!(config.fanout, Fanout::Redis(_)),
            access: figures::Access::new(config),
            headers: security_headers(config),
            client_errors: platform.limits.limit("client_errors", 10, Duration::from_secs(60)),
            app_config: AppConfig::new(config),
        }
    }
}

pub fn security_headers(config: &Config) -> SecurityHeaders {
    SecurityHeaders::new(config.server.is_https(), &config.payments.script_origin(), &web::inline_scripts())
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Operations>: FromRef<S>,
    TrustedProxies: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(http::list_dead))
        .routes(routes!(http::retry))
        .routes(routes!(audit::list))
        .routes(routes!(client_errors::report))
        .routes(routes!(app_config::app_config))
}

/// What is asked by machines, beside the API.
pub fn probes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Operations>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(health::alive)).routes(routes!(health::ready)).routes(routes!(figures::public))
}
