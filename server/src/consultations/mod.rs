//! One purchase of a doctor's time: quoted, paid, under way, ended.

pub mod entity;
mod error;
mod http;
mod quote;
mod rules;
mod service;
mod store;

pub use entity::{ConsultationId, ConsultationStatus};
pub use error::ConsultationError;
pub use quote::{Quote, QuoteLine, QuoteLineKind, QuoteView};
pub use rules::Event;
pub use service::{advance, draft, import};
pub use store::{find, find_for_owner, find_open_purchase, quotes};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(http::list))
}
