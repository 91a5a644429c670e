//! Figures for dashboards. Reads only.

mod http;
mod store;

use std::sync::Arc;

use axum::extract::FromRef;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::Accounts;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;

/// Where they are read from.
pub struct Statistics {
    db: Db,
    clock: SharedClock,
}

impl Statistics {
    pub fn new(platform: &Platform) -> Self {
        Self { db: platform.db.clone(), clock: platform.clock.clone() }
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Statistics>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(http::monthly_conversations)).routes(routes!(http::monthly_profit))
}
