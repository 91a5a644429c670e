//! Canned replies: sentences that a vet keeps at hand. `{pemilik}` and `{hewan}` in them stand for the names of the owner
//! and the pet; the web app fills them in.

mod entity;
mod http;
mod rules;
mod store;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(http::list, http::add)).routes(routes!(http::change, http::delete))
}
