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

pub use application::{Application, apply};
use axum::extract::DefaultBodyLimit;
use axum::middleware;
pub use entity::{DoctorId, DoctorStatus, Model as Doctor, SpokenLanguage, language_mask, species_mask};
pub use error::DoctorError;
pub use http::licences::LicenceRequest;
pub use http::views::{AdminView, OwnView, admin as admin_views, own as own_view};
pub use indexing::index_missing;
pub use licences::entity as licence;
pub use licences::entity::LicenceId;
pub use licences::store::insert_document as import_document;
pub use review::{accept, import_licence, refuse, reinstate, suspend};
pub use rules::{Given as ProfileGiven, check_reason};
pub use store::{
    Verified, create, find, find_verified, hold_verified, list_best, list_by_ids, list_verified, save_rating,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::AccountId;
use crate::app::AppState;
use platform::http::drain;
use platform::http::error::AppError;
use platform::images::form::LARGEST_FORM_BYTES;
use platform::text::Text;

pub fn routes() -> OpenApiRouter<AppState> {
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
pub async fn get_verified(app: &AppState, id: AccountId) -> Result<Verified, AppError> {
    find_verified(&app.db.read, id, app.clock.now()).await?.ok_or_else(not_found)
}

pub fn not_found() -> AppError {
    AppError::not_found("doctor_not_found", Text::new("Dokter tidak ditemukan.", "There is no such doctor."))
}
