//! The photo of a pet.

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};

use super::views::RecordView;
use crate::accounts::Owner;
use crate::app::AppState;
use crate::pets::entity::PetId;
use crate::pets::{photo, service};
use platform::http::error::AppError;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;
use platform::images::form;
use platform::images::form::PhotoForm;

/// Set the photo of a pet; it is written anew without metadata, at most 768 pixels long
#[utoipa::path(put, path = "/pets/{id}/photo", operation_id = "set_pet_photo", tag = "pets", params(("id" = PetId, Path)),
    request_body(content = PhotoForm, content_type = "multipart/form-data"),
    responses((status = 200, body = RecordView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn replace(
    State(app): State<AppState>,
    Owner(me): Owner,
    Id(id): Id<PetId>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<RecordView>, AppError> {
    photo::may_replace(&app, me.id, id).await?;
    app.limits.upload_by_account.take(&me.id.0)?;
    let upload = form::only(&app.uploads, form).await?;
    photo::replace(&app, me.id, id, upload).await?;
    Ok(Json(service::show(&app, me.id, id).await?.into()))
}
