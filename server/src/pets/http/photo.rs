//! The photo of a pet.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};

use super::views::RecordView;
use crate::accounts::Owner;
use crate::pets::entity::PetId;
use crate::pets::{Pets, photo, service};
use platform::http::error::AppError;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;
use platform::images::form::PhotoForm;

/// Set the photo of a pet; it is written anew without metadata, at most 768 pixels long
#[utoipa::path(put, path = "/pets/{id}/photo", operation_id = "set_pet_photo", tag = "pets", params(("id" = PetId, Path)),
    request_body(content = PhotoForm, content_type = "multipart/form-data"),
    responses((status = 200, body = RecordView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn replace(
    State(pets): State<Arc<Pets>>,
    Owner(me): Owner,
    Id(id): Id<PetId>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<RecordView>, AppError> {
    photo::may_replace(&pets, me.id, id).await?;
    let upload = pets.pictures.receive(me.id.0, form).await?;
    photo::replace(&pets, me.id, id, upload).await?;
    Ok(Json(service::show(&pets, me.id, id).await?.into()))
}
