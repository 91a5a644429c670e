//! The vets who would take over, when the first one is late.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Directory;
use super::cards::{DoctorCard, cards};
use crate::accounts::Owner;
use crate::subjects::ConsultationId;
use platform::http::error::AppError;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;

#[derive(Debug, Serialize, ToSchema)]
pub struct Alternatives {
    items: Vec<DoctorCard>,
}

/// The vets who would take over now, at the same price, when the vet is late
#[utoipa::path(get, path = "/consultations/{id}/alternatives", operation_id = "list_alternatives", tag = "consultations", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = Alternatives), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn alternatives(
    State(directory): State<Arc<Directory>>,
    Owner(me): Owner,
    Id(id): Id<ConsultationId>,
) -> Result<Json<Alternatives>, AppError> {
    let able = directory.consultations.alternatives(&me, id).await?;
    Ok(Json(Alternatives { items: cards(&directory, &able).await? }))
}
