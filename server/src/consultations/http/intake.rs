//! What the owner said before a consultation, for its two people.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::accounts::CurrentUser;
use crate::consultations::{Consultations, access};
use crate::subjects::ConsultationId;
use crate::triage::{self, IntakePictureId, IntakeView};
use platform::http::error::AppError;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::range::{self, Object};
use platform::images;
use platform::text::Language;

/// What was said before a consultation, for its two people
#[utoipa::path(get, path = "/consultations/{id}/intake", operation_id = "show_consultation_intake", tag = "triage", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = IntakeView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<ConsultationId>,
    headers: HeaderMap,
) -> Result<JsonBody<IntakeView>, AppError> {
    let intake = access::intake(&consultations, me.id, id).await?;
    Ok(JsonBody(triage::view(&consultations.db.write, intake, Language::from_headers(&headers)).await?))
}

/// A picture beside an intake, for its owner and the vet of the consultation
#[utoipa::path(get, path = "/intake-pictures/{id}", operation_id = "read_intake_picture", tag = "triage", params(("id" = IntakePictureId, Path)),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 304, description = "Not changed"),
        (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn picture(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<IntakePictureId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let picture = access::intake_picture(&consultations, me.id, id).await?;
    let object = Object {
        key: picture.storage_key(),
        length: picture.byte_size,
        tag: picture.id.to_string(),
        content_type: images::CONTENT_TYPE.to_owned(),
    };
    range::answer(&consultations.pictures.storage, object, &headers).await?.ok_or_else(IntakePictureId::not_found)
}
