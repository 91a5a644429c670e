//! What owners said of finished consultations, what the vets answered, and the rating that follows from it.

pub mod entity;
mod error;
mod http;
mod rules;
mod service;
mod store;

use std::sync::Arc;

use axum::extract::FromRef;
pub use entity::Model as Review;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::Accounts;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;

/// What keeping reviews takes.
pub struct Reviews {
    db: Db,
    clock: SharedClock,
}

impl Reviews {
    pub fn new(platform: &Platform) -> Self {
        Self { db: platform.db.clone(), clock: platform.clock.clone() }
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Reviews>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(http::own::show, http::own::write, http::own::edit))
        .routes(routes!(http::public::list_of_doctor))
        .routes(routes!(http::public::reply))
        .routes(routes!(http::moderation::list))
        .routes(routes!(http::moderation::hide))
        .routes(routes!(http::moderation::show))
}
