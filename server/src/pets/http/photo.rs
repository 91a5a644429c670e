//! The photo of a pet.

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use super::views::RecordView;
use crate::accounts::{CurrentUser, Owner};
use crate::app::AppState;
use crate::pets::entity::{PetId, PhotoId};
use crate::pets::{photo, service};
use platform::http::error::AppError;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::range::{self, Object};
use platform::images::form::PhotoForm;
use platform::images::{self, form};

/// The address stays while the photo changes, and a vet may lose sight of it: asked for each time, sent only when it is
/// another one.
const CACHE: HeaderValue = HeaderValue::from_static("private, no-cache");

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

/// The photo of a pet, for its owner and the vet who treats it
#[utoipa::path(get, path = "/pets/{id}/photo", operation_id = "read_pet_photo", tag = "pets", params(("id" = PetId, Path)),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 304, description = "Not changed"),
        (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn read(
    State(app): State<AppState>,
    me: CurrentUser,
    Id(id): Id<PetId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let pet = photo::find(&app, &me, id).await?;
    let (photo, size) = pet.photo_id.zip(pet.photo_size).ok_or_else(PhotoId::not_found)?;
    let object = Object {
        key: pet.photo_key(photo),
        length: size,
        tag: photo.to_string(),
        content_type: images::CONTENT_TYPE.to_owned(),
    };
    let mut response = range::answer(&app.storage, object, &headers).await?.ok_or_else(PhotoId::not_found)?;
    response.headers_mut().insert(header::CACHE_CONTROL, CACHE);
    Ok(response)
}
