//! When a doctor can be booked: weekly hours, days that differ, and what is taken.

pub mod entity;
mod error;
mod http;
mod jobs;
mod rules;
mod service;
mod slots;
mod store;

use std::sync::Arc;

use axum::extract::FromRef;
pub use jobs::{Recheck, recheck, sweep_cells};
pub use slots::{Hours, Schedule, Slot};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::Accounts;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;

/// What keeping the hours takes.
pub struct Availability {
    db: Db,
    clock: SharedClock,
}

impl Availability {
    pub fn new(platform: &Platform) -> Self {
        Self { db: platform.db.clone(), clock: platform.clock.clone() }
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Availability>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(http::show_own, http::set_own)).routes(routes!(http::slots))
}
