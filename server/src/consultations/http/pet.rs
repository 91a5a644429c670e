//! The pet that a consultation is about, for its owner and the vet.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::accounts::CurrentUser;
use crate::consultations::{Consultations, access};
use crate::pets::{PetId, PetRecordView, PhotoId};
use crate::subjects::ConsultationId;
use platform::http::error::AppError;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::query::Query;
use platform::pictures::{Caching, Shown, SizeQuery};

/// The pet that a consultation is about. Its vet sees it until two days after the end
#[utoipa::path(get, path = "/consultations/{id}/pet", operation_id = "show_pet_of_consultation", tag = "pets", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = PetRecordView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<ConsultationId>,
) -> Result<Json<PetRecordView>, AppError> {
    Ok(Json(access::pet_record(&consultations, &me, id).await?.into()))
}

/// The photo of a pet, for its owner and the vet who treats it
#[utoipa::path(get, path = "/pets/{id}/photo", operation_id = "read_pet_photo", tag = "pets", params(("id" = PetId, Path), SizeQuery),
    responses((status = 200, content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp"))), (status = 304, description = "Not changed"),
        (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn photo(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<PetId>,
    Query(query): Query<SizeQuery>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let pet = access::pet_with_photo(&consultations, &me, id).await?;
    let (photo, size) = pet.photo_id.zip(pet.photo_size).ok_or_else(PhotoId::not_found)?;
    // The address stays while the photo changes, and a vet may lose sight of it.
    let shown =
        Shown { key: pet.photo_key(photo), tag: photo.to_string(), byte_size: size, caching: Caching::UntilAsked };
    consultations.pictures.answer(shown, query.read()?, &headers).await?.ok_or_else(PhotoId::not_found)
}
