//! Vets: their profiles, their licences, and who of them an owner may consult.

mod application;
pub mod entity;
mod error;
mod http;
mod indexing;
mod licences;
mod picture;
mod review;
mod rules;
pub mod search;
mod store;

use std::sync::Arc;

pub use application::{Application, apply};
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware;
pub use entity::{DoctorId, DoctorStatus, Model as Doctor, SpokenLanguage, language_mask, species_mask};
pub use error::DoctorError;
pub use http::licences::LicenceRequest;
pub use http::views::{AdminView, OwnView, admin as admin_views, own as own_view};
pub use indexing::index_missing;
pub use licences::entity as licence;
pub use licences::entity::LicenceId;
pub use licences::store::insert_document as import_document;
pub use review::{DoctorStatusChanged, accept, import_licence, refuse, reinstate, suspend, tell_status};
pub use rules::{Given as ProfileGiven, check_reason};
use sea_orm::ConnectionTrait;
pub use store::{
    Verified, create, find, find_verified, hold_verified, list_best, list_by_ids, list_verified, save_rating,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::{AccountId, Accounts};
use crate::config::Config;
use platform::Platform;
use platform::clock::{SharedClock, Timestamp};
use platform::db::Db;
use platform::http::drain;
use platform::http::error::AppError;
use platform::images::form::LARGEST_FORM_BYTES;
use platform::money::BasisPoints;
use platform::pictures::Pictures;
use platform::realtime::Realtime;
use platform::text::Text;

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

/// The doctor of this id, if owners may see and consult them.
pub async fn get_verified(db: &impl ConnectionTrait, id: AccountId, now: Timestamp) -> Result<Verified, AppError> {
    find_verified(db, id, now).await?.ok_or_else(not_found)
}

pub fn not_found() -> AppError {
    AppError::not_found("doctor_not_found", Text::new("Dokter tidak ditemukan.", "There is no such doctor."))
}
