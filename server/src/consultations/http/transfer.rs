//! Another vet, when the first one is late.

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::consultations::once_for;
use super::views::ConsultationView;
use crate::accounts::{AccountId, Owner};
use crate::app::AppState;
use crate::consultations::entity::ConsultationId;
use crate::consultations::transfer;
use crate::doctors::{self, DoctorCard};
use platform::http::error::AppError;
use platform::http::idempotency::Claim;
use platform::http::json::Json;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;
use platform::http::validate::Check;

#[derive(Debug, Serialize, ToSchema)]
pub struct Alternatives {
    items: Vec<DoctorCard>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TransferRequest {
    /// One of the alternatives.
    #[schema(required, value_type = String, format = Uuid)]
    doctor_id: Option<String>,
}

/// The vets who would take over now, at the same price, when the vet is late
#[utoipa::path(get, path = "/consultations/{id}/alternatives", operation_id = "list_alternatives", tag = "consultations", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = Alternatives), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn alternatives(
    State(app): State<AppState>,
    Owner(me): Owner,
    Id(id): Id<ConsultationId>,
) -> Result<JsonBody<Alternatives>, AppError> {
    let able = transfer::alternatives(&app, &me, id).await?;
    Ok(JsonBody(Alternatives { items: doctors::cards(&app, &able).await? }))
}

/// Go on with another vet, because the first one is late
#[utoipa::path(post, path = "/consultations/{id}/transfer", operation_id = "transfer_consultation", tag = "consultations", params(("id" = ConsultationId, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = TransferRequest,
    responses((status = 201, body = ConsultationView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn transfer(
    State(app): State<AppState>,
    Owner(me): Owner,
    Id(id): Id<ConsultationId>,
    headers: HeaderMap,
    Json(body): Json<TransferRequest>,
) -> Result<Response, AppError> {
    let mut check = Check::new();
    let doctor = check.parsed::<AccountId>("doctorId", body.doctor_id.as_deref());
    check.finish()?;
    let doctor = doctor.ok_or_else(doctors::not_found)?;
    let claim = Claim::from_headers(&headers, me.id.0, "POST /consultations/transfer", &(id, doctor))?;
    let transfer = transfer::transfer(&app, &me, id, doctor, claim.as_ref());
    once_for(&app, &me, (claim.as_ref(), StatusCode::CREATED), transfer).await
}
