//! A doctor's own side.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::OwnView;
use crate::accounts::CurrentUser;
use crate::doctors::entity::SpokenLanguage;
use crate::doctors::rules::Given;
use crate::doctors::{Doctor, Doctors, application};
use crate::pets::Species;
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::problem::ProblemBody;

/// What is left out stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DoctorChange {
    #[schema(min_length = 1, max_length = 80)]
    username: Option<String>,
    /// At most 80 characters.
    #[schema(max_length = 80)]
    specialization: Option<String>,
    /// Years, at most 60.
    #[schema(minimum = 0, maximum = 60)]
    work_experience: Option<i64>,
    /// At most 2,000 characters.
    #[schema(max_length = 2_000)]
    bio: Option<String>,
    /// What the doctor gets, 10,000 to 10,000,000 rupiah; what was quoted before stays.
    #[schema(minimum = 10_000, maximum = 10_000_000)]
    base_price: Option<i64>,
    /// One at least.
    #[schema(min_items = 1)]
    species: Option<Vec<Species>>,
    /// One at least.
    #[schema(min_items = 1)]
    languages: Option<Vec<SpokenLanguage>>,
}

/// The caller's profile as a vet, from the application on
#[utoipa::path(get, path = "/doctors/me", operation_id = "show_own_doctor", tag = "doctors",
    responses((status = 200, body = OwnView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(State(doctors): State<Arc<Doctors>>, me: CurrentUser) -> Result<JsonBody<OwnView>, AppError> {
    let doctor = Doctor::find(&doctors.db.read, me.id).await?.ok_or_else(Doctor::not_found)?;
    Ok(JsonBody(OwnView::of(&doctors, doctor).await?))
}

/// Change what owners read of the caller, and the price of what is bought from now on
#[utoipa::path(patch, path = "/doctors/me", operation_id = "change_own_doctor", tag = "doctors", request_body = DoctorChange,
    responses((status = 200, body = OwnView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn change(
    State(doctors): State<Arc<Doctors>>,
    me: CurrentUser,
    Json(body): Json<DoctorChange>,
) -> Result<JsonBody<OwnView>, AppError> {
    let given = Given {
        username: body.username,
        specialization: body.specialization,
        work_experience: body.work_experience,
        bio: body.bio,
        base_price: body.base_price,
        species: body.species,
        languages: body.languages,
    };
    let doctor = application::change(&doctors, me.id, given).await?;
    Ok(JsonBody(OwnView::of(&doctors, doctor).await?))
}
