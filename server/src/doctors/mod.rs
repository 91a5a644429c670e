//! Vets: their profiles and the directory of those whom an owner may consult.

mod application;
mod directory;
pub mod entity;
mod error;
mod http;
mod indexing;
mod licences;
mod picture;
mod review;
mod rules;
mod search;
mod store;

use axum::extract::DefaultBodyLimit;
use axum::middleware;
pub use directory::Directory;
pub use entity::{DoctorId, DoctorStatus, SpokenLanguage, language_mask, species_mask};
pub use http::public::{DoctorCard, cards};
pub use indexing::index_missing;
pub use licences::entity as licence;
pub use licences::store::insert_document as import_document;
pub use review::import_licence;
pub use search::{Given, statement as search_statement};
pub use store::{Verified, create, find, find_verified, hold_verified, list_best, list_verified, save_rating};
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
        .routes(routes!(http::public::directory))
        .routes(routes!(http::public::profile))
        .routes(routes!(search::http::search))
        .routes(routes!(http::picture::read))
        .routes(routes!(http::own::show, http::own::change))
        .routes(routes!(http::own::apply))
        .routes(routes!(http::licences::renew))
        .routes(routes!(http::licences::read_document))
        .routes(routes!(http::admin::list))
        .routes(routes!(http::admin::show))
        .routes(routes!(http::admin::accept))
        .routes(routes!(http::admin::refuse))
        .routes(routes!(http::admin::suspend))
        .routes(routes!(http::admin::reinstate))
        .merge(pictures)
}

/// The doctor of this id, if owners may see and consult them.
pub async fn get_verified(app: &AppState, id: AccountId) -> Result<Verified, AppError> {
    find_verified(&app.db.read, id, app.clock.now()).await?.ok_or_else(not_found)
}

pub fn not_found() -> AppError {
    AppError::not_found("doctor_not_found", Text::new("Dokter tidak ditemukan.", "There is no such doctor."))
}
