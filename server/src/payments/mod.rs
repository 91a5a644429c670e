//! Collecting a quote through the gateway: buying, what the gateway reports, and what follows from it.

mod admin;
mod apply;
mod ask;
mod buy;
mod close_page;
mod compare;
pub mod entity;
mod error;
mod http;
mod inbox;
mod midtrans;
mod notification;
mod postings;
mod refunds;
mod rules;
mod settle;
mod store;
mod take_over;

pub use apply::{call_off, close_unpaid};
pub use ask::{AskGateway, ask};
pub use buy::{new_order, new_payment, settle_without_gateway};
pub use close_page::{ClosePage, close as close_page};
pub use compare::{Compare, compare, tonight};
pub use entity::{PaymentId, PaymentStatus, RefundReason};
pub use error::already_talking;
pub use inbox::sweep as sweep_inbox;
pub use midtrans::Midtrans;
pub use postings::settlement;
pub use refunds::{SendRefund, promise as promise_refund, send as send_refund};
pub use store::{ids_by_order, insert};
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
        .routes(routes!(admin::list))
        .routes(routes!(admin::paid_out))
        .routes(routes!(admin::retry))
        .routes(routes!(admin::odd_reports))
}
