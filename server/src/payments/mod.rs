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

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Context;
pub use ask::ask;
pub use attempt::{Bill, new_payment, settle_without_gateway};
use axum::extract::FromRef;
pub use close_page::close as close_page;
pub use compare::{Compare, compare, tonight};
pub use entity::{EventSource, Model as Payment, PaymentId, PaymentStatus, RefundReason};
pub use goods::{Goods, Unsold};
pub use inbox::sweep as sweep_inbox;
use midtrans::Midtrans;
pub use refunds::send as send_refund;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::Accounts;
use crate::config::{Config, PaymentsConfig};
use crate::events::Audience;
use crate::orders::OrderKind;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;
use platform::http::client_address::TrustedProxies;
use platform::http::error::AppError;
use platform::http::rate_limit::Limit;

/// What collecting takes.
pub struct Payments {
    db: Db,
    clock: SharedClock,
    audience: Audience,
    gateway: Midtrans,
    settings: PaymentsConfig,
    public_url: String,
    notifications_by_address: Arc<Limit<IpAddr>>,
    /// What orders are for.
    goods: OnceLock<Arc<dyn Goods>>,
}

impl Payments {
    pub fn new(platform: &Platform, audience: &Audience, config: &Config) -> anyhow::Result<Self> {
        Ok(Self {
            db: platform.db.clone(),
            clock: platform.clock.clone(),
            audience: audience.clone(),
            gateway: Midtrans::new(config)?,
            settings: config.payments.clone(),
            public_url: config.server.public_url(),
            notifications_by_address: platform.limits.limit("notification", 600, Duration::from_secs(60)),
            goods: OnceLock::new(),
        })
    }

    /// From now on this does to orders of consultations what money does to them. Only the first counts.
    pub fn sells(&self, goods: Arc<dyn Goods>) {
        let _ = self.goods.set(goods);
    }

    fn goods(&self, kind: OrderKind) -> Result<&dyn Goods, AppError> {
        let goods = match kind {
            OrderKind::Consultation => self.goods.get(),
        };
        Ok(goods.context("nobody sells what was ordered")?.as_ref())
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Payments>: FromRef<S>,
    TrustedProxies: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(http::notification))
        .routes(routes!(admin::list))
        .routes(routes!(admin::paid_out))
        .routes(routes!(admin::retry))
        .routes(routes!(admin::odd_reports))
}
