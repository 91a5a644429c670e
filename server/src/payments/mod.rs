//! Collecting a quote through the gateway: buying, what the gateway reports, and what follows from it.

mod apply;
mod buy;
pub mod entity;
mod error;
mod http;
mod jobs;
mod midtrans;
mod notification;
mod postings;
mod refunds;
mod rules;
mod settle;
mod store;
mod take_over;

pub use buy::{call_off, cancel_at_gateway};
pub use entity::{PaymentId, PaymentStatus, RefundReason};
pub use error::already_talking;
pub use jobs::{reconcile, start};
pub use midtrans::Midtrans;
pub use postings::settlement;
pub use refunds::{is_paid_for, promise as promise_refund, send as send_refunds};
pub use store::{ids_by_consultation, insert};
pub use take_over::take_over;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::buy_consultation))
        .routes(routes!(http::notification))
        .routes(routes!(http::show))
        .routes(routes!(http::refresh))
        .routes(routes!(http::app_config))
}
