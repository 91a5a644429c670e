//! Weights and vaccinations.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::{RecordView, VaccinationView, WeightView};
use crate::accounts::Owner;
use crate::pets::entity::{PetId, VaccinationId, WeightId};
use crate::pets::{Pets, rules, service};
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewWeight {
    /// `2026-11-24`, not later than today.
    #[schema(required, value_type = String, format = Date)]
    measured_on: Option<String>,
    /// 1 to 200,000.
    #[schema(required, value_type = i64, minimum = 1, maximum = 200_000)]
    grams: Option<i64>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewVaccination {
    /// Against what, or the name of the vaccine; at most 80 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 80)]
    name: Option<String>,
    /// `2026-11-24`, not later than today.
    #[schema(required, value_type = String, format = Date)]
    given_on: Option<String>,
    #[schema(format = Date)]
    next_due_on: Option<String>,
}

/// Note a weight; a second one of the same day corrects the first
#[utoipa::path(post, path = "/pets/{id}/weights", operation_id = "add_pet_weight", tag = "pets", params(("id" = PetId, Path)), request_body = NewWeight,
    responses((status = 201, body = WeightView), (status = 200, body = WeightView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn add_weight(
    State(pets): State<Arc<Pets>>,
    Owner(me): Owner,
    Id(pet): Id<PetId>,
    Json(body): Json<NewWeight>,
) -> Result<(StatusCode, JsonBody<WeightView>), AppError> {
    let weight = rules::weigh(body.measured_on.as_deref(), body.grams, rules::today(pets.clock.now()))?;
    let (weight, is_new) = service::add_weight(&pets, me.id, pet, weight).await?;
    Ok((if is_new { StatusCode::CREATED } else { StatusCode::OK }, JsonBody(weight.into())))
}

/// Delete a weight; answers what is left
#[utoipa::path(delete, path = "/pets/{id}/weights/{weightId}", operation_id = "delete_pet_weight", tag = "pets",
    params(("id" = PetId, Path), ("weightId" = WeightId, Path)),
    responses((status = 200, body = RecordView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn delete_weight(
    State(pets): State<Arc<Pets>>,
    Owner(me): Owner,
    Path((pet, weight)): Path<(String, String)>,
) -> Result<JsonBody<RecordView>, AppError> {
    let pet = pet.parse().map_err(|_| PetId::not_found())?;
    let weight = weight.parse().map_err(|_| WeightId::not_found())?;
    service::delete_weight(&pets, me.id, pet, weight).await?;
    Ok(JsonBody(service::show(&pets, me.id, pet).await?.into()))
}

/// Note a vaccination
#[utoipa::path(post, path = "/pets/{id}/vaccinations", operation_id = "add_pet_vaccination", tag = "pets", params(("id" = PetId, Path)), request_body = NewVaccination,
    responses((status = 201, body = VaccinationView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn add_vaccination(
    State(pets): State<Arc<Pets>>,
    Owner(me): Owner,
    Id(pet): Id<PetId>,
    Json(body): Json<NewVaccination>,
) -> Result<(StatusCode, JsonBody<VaccinationView>), AppError> {
    let today = rules::today(pets.clock.now());
    let given = rules::vaccinate(body.name, body.given_on.as_deref(), body.next_due_on.as_deref(), today)?;
    let vaccination = service::add_vaccination(&pets, me.id, pet, given).await?;
    Ok((StatusCode::CREATED, JsonBody(vaccination.into())))
}

/// Delete a vaccination; answers what is left
#[utoipa::path(delete, path = "/pets/{id}/vaccinations/{vaccinationId}", operation_id = "delete_pet_vaccination", tag = "pets",
    params(("id" = PetId, Path), ("vaccinationId" = VaccinationId, Path)),
    responses((status = 200, body = RecordView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub async fn delete_vaccination(
    State(pets): State<Arc<Pets>>,
    Owner(me): Owner,
    Path((pet, vaccination)): Path<(String, String)>,
) -> Result<JsonBody<RecordView>, AppError> {
    let pet = pet.parse().map_err(|_| PetId::not_found())?;
    let vaccination = vaccination.parse().map_err(|_| VaccinationId::not_found())?;
    service::delete_vaccination(&pets, me.id, pet, vaccination).await?;
    Ok(JsonBody(service::show(&pets, me.id, pet).await?.into()))
}
