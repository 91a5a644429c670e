//! Collecting an order through the gateway: each attempt, what the gateway reports, and what follows from it. What an order
//! is for is told through [`Goods`].

mod admin;
mod apply;
mod ask;
mod attempt;
mod close_page;
mod compare;
pub mod entity;
mod error;
mod goods;
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

pub use apply::call_off;
pub use ask::{AskGateway, ask, ask_gateway, look_overdue};
pub use attempt::{Bill, begin, finish_url, new_payment, settle_without_gateway, with_page};
pub use close_page::{ClosePage, close as close_page};
pub use compare::{Compare, compare, tonight};
pub use entity::{EventSource, PaymentId, PaymentStatus, RefundReason};
pub use goods::{Goods, Unsold};
pub use inbox::sweep as sweep_inbox;
pub use midtrans::Midtrans;
pub use postings::settlement;
pub use refunds::{SendRefund, promise as promise_refund, send as send_refund};
pub use store::{find, find_newest_of, history, ids_by_order, insert};
pub use take_over::take_over;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::notification))
        .routes(routes!(http::app_config))
        .routes(routes!(admin::list))
        .routes(routes!(admin::paid_out))
        .routes(routes!(admin::retry))
        .routes(routes!(admin::odd_reports))
}
