//! What the operator sees: whether a node can do its work, its figures, the work in the background that was given up, to have
//! it tried again, and what the staff has done.

mod audit;
pub mod figures;
pub mod health;
mod http;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(http::list_dead)).routes(routes!(http::retry)).routes(routes!(audit::list))
}

/// What is asked by machines, beside the API.
pub fn probes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(health::alive)).routes(routes!(health::ready)).routes(routes!(figures::public))
}
