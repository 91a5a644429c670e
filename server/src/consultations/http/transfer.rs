//! Another vet, when the first one is late.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::consultations::once_for;
use super::views::ConsultationView;
use crate::accounts::{AccountId, Owner};
use crate::consultations::{Consultations, transfer};
use crate::doctors::Doctor;
use crate::subjects::ConsultationId;
use platform::http::error::AppError;
use platform::http::idempotency::Claim;
use platform::http::json::Json;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;
use platform::http::validate::Check;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TransferRequest {
    /// One of the alternatives.
    #[schema(required, value_type = String, format = Uuid)]
    doctor_id: Option<String>,
}

/// Go on with another vet, because the first one is late
#[utoipa::path(post, path = "/consultations/{id}/transfer", operation_id = "transfer_consultation", tag = "consultations", params(("id" = ConsultationId, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = TransferRequest,
    responses((status = 201, body = ConsultationView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn transfer(
    State(consultations): State<Arc<Consultations>>,
    Owner(me): Owner,
    Id(id): Id<ConsultationId>,
    headers: HeaderMap,
    Json(body): Json<TransferRequest>,
) -> Result<Response, AppError> {
    let mut check = Check::new();
    let doctor = check.parsed::<AccountId>("doctorId", body.doctor_id.as_deref());
    check.finish()?;
    let doctor = doctor.ok_or_else(Doctor::not_found)?;
    let claim = Claim::from_headers(&headers, me.id.0, "POST /consultations/transfer", &(id, doctor))?;
    let transfer = transfer::transfer(&consultations, &me, id, doctor, claim.as_ref());
    once_for(&consultations, &me, (claim.as_ref(), StatusCode::CREATED), transfer).await
}
