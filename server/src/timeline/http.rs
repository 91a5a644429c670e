//! What happened to a pet.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::Timeline;
use crate::accounts::Owner;
use crate::pets::{Pet, PetId};
use crate::timeline::{self, TimelineEntry};
use platform::http::error::AppError;
use platform::http::page::{Page, PageQuery};
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::query::Query;

/// Consultations, weights and vaccinations of one of the caller's pets, newest first
#[utoipa::path(get, path = "/pets/{id}/timeline", operation_id = "list_pet_timeline", tag = "pets", params(("id" = PetId, Path), PageQuery),
    responses((status = 200, body = Page<TimelineEntry>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn timeline(
    State(timeline): State<Arc<Timeline>>,
    Owner(me): Owner,
    Id(id): Id<PetId>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<TimelineEntry>>, AppError> {
    let (after, limit) = (page.cursor()?, page.limit()?);
    let pet = Pet::find_own(&timeline.db.read, me.id, id).await?.ok_or_else(PetId::not_found)?;
    Ok(Json(timeline::read(&timeline, pet.id, after, limit).await?))
}
