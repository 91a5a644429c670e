//! Applying as a vet, and the operator's decisions.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Vetting, service};
use crate::accounts::{AccountId, Admin, Owner};
use crate::doctors::application::{Application, Given};
use crate::doctors::decisions::check_reason;
use crate::doctors::licences::{LicenceId, LicenceRequest};
use crate::doctors::views::{AdminView, OwnView};
use crate::doctors::{Doctor, DoctorId, SpokenLanguage};
use crate::pets::Species;
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DoctorApplication {
    /// At most 80 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 80)]
    specialization: Option<String>,
    /// Years, at most 60.
    #[schema(required, value_type = i64, minimum = 0, maximum = 60)]
    work_experience: Option<i64>,
    /// At most 2,000 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 2_000)]
    bio: Option<String>,
    /// What the doctor gets, 10,000 to 10,000,000 rupiah.
    #[schema(required, value_type = i64, minimum = 10_000, maximum = 10_000_000)]
    base_price: Option<i64>,
    /// One at least.
    #[schema(required, value_type = Vec<Species>, min_items = 1)]
    species: Option<Vec<Species>>,
    /// One at least.
    #[schema(required, value_type = Vec<SpokenLanguage>, min_items = 1)]
    languages: Option<Vec<SpokenLanguage>>,
    #[schema(required, value_type = LicenceRequest)]
    licence: Option<LicenceRequest>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct ReasonRequest {
    /// What the doctor is told; at most 500 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 500)]
    reason: Option<String>,
}

/// Apply as a vet, with an account that has neither pets nor consultations
#[utoipa::path(post, path = "/doctors/applications", operation_id = "apply_as_doctor", tag = "doctors", request_body = DoctorApplication,
    responses((status = 201, body = OwnView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn apply(
    State(vetting): State<Arc<Vetting>>,
    Owner(me): Owner,
    Json(body): Json<DoctorApplication>,
) -> Result<(StatusCode, JsonBody<OwnView>), AppError> {
    let given = Given {
        username: None,
        specialization: body.specialization,
        work_experience: body.work_experience,
        bio: body.bio,
        base_price: body.base_price,
        species: body.species,
        languages: body.languages,
    };
    let licence = body.licence.map(LicenceRequest::given).unwrap_or_default();
    let application = Application::read(given, licence, vetting.clock.now())?;
    let doctor = service::apply(&vetting, me.id, application).await?;
    Ok((StatusCode::CREATED, JsonBody(OwnView::of(&vetting.doctors, doctor).await?)))
}

/// Accept a licence that is proved; with the first one its doctor comes in
#[utoipa::path(post, path = "/admin/licences/{id}/accept", operation_id = "accept_licence", tag = "admin", params(("id" = LicenceId, Path)),
    responses((status = 200, body = AdminView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn accept(
    State(vetting): State<Arc<Vetting>>,
    Admin(me): Admin,
    Id(id): Id<LicenceId>,
) -> Result<JsonBody<AdminView>, AppError> {
    view(&vetting, service::accept(&vetting, me.id, id).await?).await
}

/// Refuse a licence and say why
#[utoipa::path(post, path = "/admin/licences/{id}/refuse", operation_id = "refuse_licence", tag = "admin", params(("id" = LicenceId, Path)), request_body = ReasonRequest,
    responses((status = 200, body = AdminView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn refuse(
    State(vetting): State<Arc<Vetting>>,
    Admin(me): Admin,
    Id(id): Id<LicenceId>,
    Json(body): Json<ReasonRequest>,
) -> Result<JsonBody<AdminView>, AppError> {
    let reason = check_reason(body.reason)?;
    view(&vetting, service::refuse(&vetting, me.id, id, reason).await?).await
}

/// Suspend a doctor: what has not begun is called off and paid back in full
#[utoipa::path(post, path = "/admin/doctors/{id}/suspend", operation_id = "suspend_doctor", tag = "admin", params(("id" = AccountId, Path)), request_body = ReasonRequest,
    responses((status = 200, body = AdminView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn suspend(
    State(vetting): State<Arc<Vetting>>,
    Admin(me): Admin,
    Id(id): Id<DoctorId>,
    Json(body): Json<ReasonRequest>,
) -> Result<JsonBody<AdminView>, AppError> {
    let reason = check_reason(body.reason)?;
    view(&vetting, service::suspend(&vetting, me.id, id.0, reason).await?).await
}

/// Let a suspended doctor in again
#[utoipa::path(post, path = "/admin/doctors/{id}/reinstate", operation_id = "reinstate_doctor", tag = "admin", params(("id" = AccountId, Path)),
    responses((status = 200, body = AdminView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn reinstate(
    State(vetting): State<Arc<Vetting>>,
    Admin(me): Admin,
    Id(id): Id<DoctorId>,
) -> Result<JsonBody<AdminView>, AppError> {
    view(&vetting, service::reinstate(&vetting, me.id, id.0).await?).await
}

async fn view(vetting: &Vetting, doctor: Doctor) -> Result<JsonBody<AdminView>, AppError> {
    AdminView::list(&vetting.doctors, vec![doctor]).await?.pop().map(JsonBody).ok_or_else(Doctor::not_found)
}
