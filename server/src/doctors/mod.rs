//! Vets: their profiles and the directory of those whom an owner may consult.

mod directory;
pub mod entity;
mod http;
mod store;

pub use directory::Directory;
pub use entity::{DoctorId, DoctorStatus};
pub use store::{Verified, create, find, find_verified, list_verified};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::AccountId;
use crate::app::AppState;
use crate::platform::http::error::AppError;
use crate::platform::text::Text;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(http::directory)).routes(routes!(http::profile))
}

/// The doctor of this id, if owners may see and consult them.
pub async fn get_verified(app: &AppState, id: AccountId) -> Result<Verified, AppError> {
    find_verified(&app.db.read, id).await?.ok_or_else(not_found)
}

pub fn not_found() -> AppError {
    AppError::not_found("doctor_not_found", Text::new("Dokter tidak ditemukan.", "There is no such doctor."))
}
