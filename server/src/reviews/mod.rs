//! What owners said of finished consultations, what the vets answered, and the rating that follows from it.

pub mod entity;
mod error;
mod http;
mod rules;
mod service;
mod store;

pub use store::insert;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::own::show, http::own::write, http::own::edit))
        .routes(routes!(http::public::list_of_doctor))
        .routes(routes!(http::public::reply))
        .routes(routes!(http::moderation::list))
        .routes(routes!(http::moderation::hide))
        .routes(routes!(http::moderation::show))
}
