//! What the owner said before a consultation, for its two people.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::accounts::CurrentUser;
use crate::consultations::{Consultations, access};
use crate::subjects::ConsultationId;
use crate::triage::{IntakePictureId, IntakeView};
use platform::http::error::AppError;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::query::Query;
use platform::pictures::{Caching, Shown, SizeQuery};
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
    Ok(JsonBody(IntakeView::of(&consultations.db.write, intake, Language::from_headers(&headers)).await?))
}

/// A picture beside an intake, for its owner and the vet of the consultation
#[utoipa::path(get, path = "/intake-pictures/{id}", operation_id = "read_intake_picture", tag = "triage", params(("id" = IntakePictureId, Path), SizeQuery),
    responses((status = 200, content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp"))), (status = 304, description = "Not changed"),
        (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn picture(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<IntakePictureId>,
    Query(query): Query<SizeQuery>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let picture = access::intake_picture(&consultations, me.id, id).await?;
    let (key, tag) = (picture.storage_key(), picture.id.to_string());
    // A vet may lose sight of it.
    let shown = Shown { key, tag, byte_size: picture.byte_size, caching: Caching::UntilAsked };
    consultations.pictures.answer(shown, query.read()?, &headers).await?.ok_or_else(IntakePictureId::not_found)
}
