//! Pictures beside an intake.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderMap, StatusCode};

use super::views::IntakeView;
use crate::accounts::Owner;
use crate::triage::entity::IntakeId;
use crate::triage::{Triage, pictures};
use platform::http::error::AppError;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;
use platform::images::form::PhotoForm;
use platform::text::Language;

/// Add a picture to what was said; four at most, until it is used
#[utoipa::path(post, path = "/intakes/{id}/pictures", operation_id = "add_intake_picture", tag = "triage", params(("id" = IntakeId, Path)),
    request_body(content = PhotoForm, content_type = "multipart/form-data"),
    responses((status = 201, body = IntakeView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn add(
    State(triage): State<Arc<Triage>>,
    Owner(me): Owner,
    Id(id): Id<IntakeId>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, JsonBody<IntakeView>), AppError> {
    let intake = pictures::may_add(&triage, me.id, id).await?;
    let upload = triage.pictures.receive(me.id.0, form).await?;
    pictures::add(&triage, &intake, upload).await?;
    Ok((
        StatusCode::CREATED,
        JsonBody(IntakeView::of(&triage.db.write, intake, Language::from_headers(&headers)).await?),
    ))
}
