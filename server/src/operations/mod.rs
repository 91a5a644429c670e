//! What the operator sees of the work in the background: dead letters, and having one tried again.

mod http;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(http::list_dead)).routes(routes!(http::retry))
}
