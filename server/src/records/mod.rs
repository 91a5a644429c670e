//! What a consultation leaves behind: the vet's summary, which owners read, keep as a PDF and can prove, and the vet's
//! private notes.

pub mod entity;
mod error;
mod http;
mod pdf;
mod rules;
mod service;
mod store;

pub use rules::Sections;
pub use service::import;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::record::show, http::record::save))
        .routes(routes!(http::record::finish))
        .routes(routes!(http::pdf::read))
        .routes(routes!(http::proof::verify))
        .routes(routes!(http::notes::show, http::notes::save))
}
