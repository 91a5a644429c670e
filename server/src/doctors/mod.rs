//! Vets: their profiles, their licences, and who of them an owner may consult.

pub mod application;
pub mod decisions;
pub mod entity;
mod error;
mod http;
mod indexing;
pub mod licences;
mod picture;
mod rules;
pub mod search;
mod store;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware;
pub use decisions::{DoctorStatusChanged, tell_status};
pub use entity::{DoctorId, DoctorStatus, Model as Doctor, SpokenLanguage};
pub use error::DoctorError;
pub use http::views;
pub use indexing::index_missing;
pub use store::Verified;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::Accounts;
use crate::config::Config;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;
use platform::http::drain;
use platform::images::form::LARGEST_FORM_BYTES;
use platform::money::BasisPoints;
use platform::pictures::Pictures;
use platform::realtime::Realtime;

/// What keeping the profiles and licences takes.
pub struct Doctors {
    db: Db,
    clock: SharedClock,
    pictures: Pictures,
    realtime: Realtime,
    accounts: Arc<Accounts>,
    markup: BasisPoints,
}

impl Doctors {
    pub fn new(platform: &Platform, accounts: &Arc<Accounts>, config: &Config) -> Self {
        Self {
            db: platform.db.clone(),
            clock: platform.clock.clone(),
            pictures: platform.pictures.clone(),
            realtime: platform.realtime.clone(),
            accounts: accounts.clone(),
            markup: config.payments.markup,
        }
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Doctors>: FromRef<S>,
{
    let pictures = OpenApiRouter::new()
        .routes(routes!(http::picture::replace))
        .routes(routes!(http::licences::add_document))
        .layer(DefaultBodyLimit::max(LARGEST_FORM_BYTES))
        .layer(middleware::from_fn(drain::refused_uploads));
    OpenApiRouter::new()
        .routes(routes!(http::picture::read))
        .routes(routes!(http::own::show, http::own::change))
        .routes(routes!(http::licences::renew))
        .routes(routes!(http::licences::read_document))
        .routes(routes!(http::admin::list))
        .routes(routes!(http::admin::show))
        .merge(pictures)
}
