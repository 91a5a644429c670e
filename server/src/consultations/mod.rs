//! One purchase of a doctor's time: quoted, paid, under way, ended.

mod access;
mod buy;
mod call_off;
mod due;
mod end;
pub mod entity;
mod error;
mod extension;
mod follow_up;
mod http;
mod life;
mod news;
mod overrun;
mod remind;
mod rules;
mod sell;
mod service;
mod store;
mod there;
mod transfer;
mod waiting;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
pub use buy::new_order;
pub use call_off::CallOffAll;
pub use entity::{ConsultationKind, Model as Consultation, RecordStatus};
pub use error::ConsultationError;
pub use life::live;
pub use news::{ConsultationChanged, ConsultationEnding, ConsultationReminder, RecordDue, tell_changed, tell_ending};
pub use remind::{remind, remind_of_record};
pub use rules::{CancellationPolicy, Event};
pub use service::{Draft, Held, Live, Terms, draft};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
pub use waiting::tell as tell_waiting;

use crate::accounts::{AccountId, Accounts};
use crate::chat::Chat;
use crate::config::Config;
use crate::events::Audience;
use crate::payments::Payments;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;
use platform::http::client_address::TrustedProxies;
use platform::http::rate_limit::{self, Limit};
use platform::locks::Locks;
use platform::money::BasisPoints;
use platform::pictures::Pictures;
use platform::realtime::Realtime;

/// How often somebody may ask for what costs.
struct Limits {
    /// A load test turns limits off.
    are_on: bool,
    purchases_by_account: Arc<Limit<Uuid>>,
    purchases_by_address: Arc<Limit<IpAddr>>,
}

impl Limits {
    fn new(limits: &rate_limit::Limits) -> Self {
        Self {
            are_on: limits.are_on(),
            purchases_by_account: limits.limit("purchase_by_account", 20, 2 * MINUTE),
            purchases_by_address: limits.limit("purchase_by_address", 120, MINUTE),
        }
    }
}

const MINUTE: Duration = Duration::from_secs(60);

/// What conducting a consultation takes.
pub struct Consultations {
    db: Db,
    clock: SharedClock,
    audience: Audience,
    realtime: Realtime,
    pictures: Pictures,
    chat: Arc<Chat>,
    payments: Arc<Payments>,
    /// Held while an owner buys from a doctor, so that pressing the button again waits for the first answer.
    purchase_locks: Locks<(AccountId, AccountId)>,
    limits: Limits,
    markup: BasisPoints,
    complaint_window: Duration,
}

impl Consultations {
    pub fn new(
        platform: &Platform,
        audience: &Audience,
        chat: &Arc<Chat>,
        payments: &Arc<Payments>,
        config: &Config,
    ) -> Self {
        Self {
            db: platform.db.clone(),
            clock: platform.clock.clone(),
            audience: audience.clone(),
            realtime: platform.realtime.clone(),
            pictures: platform.pictures.clone(),
            chat: chat.clone(),
            payments: payments.clone(),
            purchase_locks: Locks::default(),
            limits: Limits::new(&platform.limits),
            markup: config.payments.markup,
            complaint_window: config.payments.complaint_window,
        }
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Consultations>: FromRef<S>,
    TrustedProxies: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(http::purchase::buy))
        .routes(routes!(http::purchase::show))
        .routes(routes!(http::purchase::refresh))
        .routes(routes!(http::intake::show))
        .routes(routes!(http::intake::picture))
        .routes(routes!(http::pet::show))
        .routes(routes!(http::pet::photo))
        .routes(routes!(http::consultations::list))
        .routes(routes!(http::consultations::show))
        .routes(routes!(http::consultations::cancel))
        .routes(routes!(http::consultations::reschedule))
        .routes(routes!(http::consultations::take_back))
        .routes(routes!(http::end::end))
        .routes(routes!(http::transcript::as_json))
        .routes(routes!(http::transcript::as_pdf))
        .routes(routes!(http::extension::ask))
        .routes(routes!(http::extension::accept))
        .routes(routes!(http::extension::decline))
        .routes(routes!(http::follow_up::open))
        .routes(routes!(http::transfer::transfer))
}
