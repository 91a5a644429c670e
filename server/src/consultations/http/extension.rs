//! More time, when both agree.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::consultations::once_for;
use super::views::{ConsultationView, view};
use crate::accounts::CurrentUser;
use crate::consultations::{Consultations, extension};
use crate::subjects::ConsultationId;
use platform::http::error::AppError;
use platform::http::idempotency::Claim;
use platform::http::json::Json;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;
use platform::http::validate::Check;

#[derive(Debug, Deserialize, ToSchema)]
pub struct ExtensionRequest {
    /// One of the consultation's `extensionChoices`.
    #[schema(required, value_type = i32)]
    minutes: Option<i32>,
}

/// Ask for more time, free of charge
#[utoipa::path(post, path = "/consultations/{id}/extension", operation_id = "ask_for_extension", tag = "consultations", request_body = ExtensionRequest, params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConsultationView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 400, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn ask(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<ConsultationId>,
    Json(body): Json<ExtensionRequest>,
) -> Result<JsonBody<ConsultationView>, AppError> {
    let mut check = Check::new();
    if body.minutes.is_none() {
        check.missing("minutes");
    }
    check.finish()?;
    let asked = extension::ask(&consultations, &me, id, body.minutes.unwrap_or_default()).await?;
    view(&consultations, me.id, asked).await
}

/// Agree to go on longer
#[utoipa::path(post, path = "/consultations/{id}/extension/accept", operation_id = "accept_extension", tag = "consultations", params(("id" = ConsultationId, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = ConsultationView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn accept(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<ConsultationId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let claim = Claim::from_headers(&headers, me.id.0, "POST /consultations/extension/accept", &id)?;
    once_for(
        &consultations,
        &me,
        (claim.as_ref(), StatusCode::OK),
        extension::accept(&consultations, &me, id, claim.as_ref()),
    )
    .await
}

/// Do not go on longer, or ask no more
#[utoipa::path(post, path = "/consultations/{id}/extension/decline", operation_id = "decline_extension", tag = "consultations", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConsultationView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn decline(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<ConsultationId>,
) -> Result<JsonBody<ConsultationView>, AppError> {
    let declined = extension::decline(&consultations, &me, id).await?;
    view(&consultations, me.id, declined).await
}
