//! Who may work here: a vet applies, and the operator accepts or refuses a licence, suspends a vet and lets one in again.

mod http;
mod service;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::apply))
        .routes(routes!(http::accept))
        .routes(routes!(http::refuse))
        .routes(routes!(http::suspend))
        .routes(routes!(http::reinstate))
}
