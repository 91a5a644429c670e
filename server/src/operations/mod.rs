//! What the operator sees of a node: whether it can do its work, its figures, and the work in the background that was given
//! up, to have it tried again.

pub mod figures;
pub mod health;
mod http;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(http::list_dead)).routes(routes!(http::retry))
}

/// What is asked by machines, beside the API.
pub fn probes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(health::alive)).routes(routes!(health::ready)).routes(routes!(figures::public))
}
