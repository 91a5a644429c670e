//! Vets: their profiles and the directory of those whom an owner may consult.

mod directory;
pub mod entity;
mod http;
mod search;
mod store;

pub use directory::Directory;
pub use entity::{DoctorId, DoctorStatus, species_mask};
pub use http::{DoctorCard, cards};
use sea_orm::DbErr;
pub use search::{Given, statement as search_statement};
pub use store::{Verified, create, find, find_verified, list_by_ids, list_verified, save_rating};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::accounts::AccountId;
use crate::app::AppState;
use crate::platform::db::Db;
use crate::platform::http::error::AppError;
use crate::platform::text::Text;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::directory))
        .routes(routes!(http::profile))
        .routes(routes!(search::http::search))
}

/// The doctor of this id, if owners may see and consult them.
pub async fn get_verified(app: &AppState, id: AccountId) -> Result<Verified, AppError> {
    find_verified(&app.db.read, id).await?.ok_or_else(not_found)
}

/// Makes doctors findable that were there before the search was.
pub async fn index_all(db: &Db) -> Result<(), DbErr> {
    const BATCH: u64 = 500;
    let mut after = AccountId(Uuid::nil());
    loop {
        let batch = store::list_without_words(&db.read, after, BATCH).await?;
        let Some((last, _)) = batch.last() else { return Ok(()) };
        after = *last;
        let txn = db.begin_write().await?;
        for (doctor, name) in &batch {
            search::index(&txn, *doctor, name).await?;
        }
        txn.commit().await?;
    }
}

pub fn not_found() -> AppError {
    AppError::not_found("doctor_not_found", Text::new("Dokter tidak ditemukan.", "There is no such doctor."))
}
