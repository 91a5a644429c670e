//! An owner's pets.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::{PetView, RecordView};
use crate::accounts::Owner;
use crate::pets::entity::{PetId, Sex, Species};
use crate::pets::rules::Given;
use crate::pets::{Pets, service, store};
use platform::http::error::AppError;
use platform::http::json::{Json, sent};
use platform::http::page::Page;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;

/// A new pet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewPet {
    /// At most 60 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 60)]
    name: Option<String>,
    #[schema(required, value_type = Species)]
    species: Option<Species>,
    breed: Option<String>,
    sex: Option<Sex>,
    neutered: Option<bool>,
    /// `2023-09-01`; an estimate is better than nothing.
    #[schema(format = Date)]
    birth_date: Option<String>,
    /// At most 1,000 characters.
    #[schema(max_length = 1_000)]
    allergies: Option<String>,
    /// At most 4,000 characters.
    #[schema(max_length = 4_000)]
    notes: Option<String>,
}

/// What has changed; what is not sent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PetChange {
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<String>)]
    name: Option<Option<String>>,
    species: Option<Species>,
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<String>)]
    breed: Option<Option<String>>,
    sex: Option<Sex>,
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<bool>)]
    neutered: Option<Option<bool>>,
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<String>, format = Date)]
    birth_date: Option<Option<String>>,
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<String>)]
    allergies: Option<Option<String>>,
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<String>)]
    notes: Option<Option<String>>,
}

/// The caller's pets, without the archived ones
#[utoipa::path(get, path = "/pets", operation_id = "list_pets", tag = "pets",
    responses((status = 200, body = Page<PetView>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
pub async fn list(State(pets): State<Arc<Pets>>, Owner(me): Owner) -> Result<JsonBody<Page<PetView>>, AppError> {
    let own = store::list(&pets.db.read, me.id).await?;
    let mut vaccinations = store::vaccinations_of(&pets.db.read, own.iter().map(|pet| pet.id)).await?;
    let view = |pet: crate::pets::entity::Model| {
        let given = vaccinations.remove(&pet.id).unwrap_or_default();
        PetView::new(pet, &given)
    };
    // There are never more than fit on a page.
    Ok(JsonBody(Page { items: own.into_iter().map(view).collect(), next_cursor: None }))
}

/// Add a pet
#[utoipa::path(post, path = "/pets", operation_id = "create_pet", tag = "pets", request_body = NewPet,
    responses((status = 201, body = PetView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn create(
    State(pets): State<Arc<Pets>>,
    Owner(me): Owner,
    Json(body): Json<NewPet>,
) -> Result<(StatusCode, JsonBody<PetView>), AppError> {
    let pet = service::create(&pets, me.id, body.into()).await?;
    Ok((StatusCode::CREATED, JsonBody(PetView::new(pet, &[]))))
}

/// One of the caller's pets, with its weights and vaccinations
#[utoipa::path(get, path = "/pets/{id}", operation_id = "show_pet", tag = "pets", params(("id" = PetId, Path)),
    responses((status = 200, body = RecordView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(pets): State<Arc<Pets>>,
    Owner(me): Owner,
    Id(id): Id<PetId>,
) -> Result<JsonBody<RecordView>, AppError> {
    Ok(JsonBody(service::show(&pets, me.id, id).await?.into()))
}

/// Change what is known of a pet
#[utoipa::path(patch, path = "/pets/{id}", operation_id = "change_pet", tag = "pets", params(("id" = PetId, Path)), request_body = PetChange,
    responses((status = 200, body = RecordView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn change(
    State(pets): State<Arc<Pets>>,
    Owner(me): Owner,
    Id(id): Id<PetId>,
    Json(body): Json<PetChange>,
) -> Result<JsonBody<RecordView>, AppError> {
    service::change(&pets, me.id, id, body.into()).await?;
    Ok(JsonBody(service::show(&pets, me.id, id).await?.into()))
}

/// Archive a pet: it stays in the consultations that were about it
#[utoipa::path(delete, path = "/pets/{id}", operation_id = "archive_pet", tag = "pets", params(("id" = PetId, Path)),
    responses((status = 200, body = RecordView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn archive(
    State(pets): State<Arc<Pets>>,
    Owner(me): Owner,
    Id(id): Id<PetId>,
) -> Result<JsonBody<RecordView>, AppError> {
    service::archive(&pets, me.id, id).await?;
    Ok(JsonBody(service::show(&pets, me.id, id).await?.into()))
}

impl From<NewPet> for Given {
    fn from(body: NewPet) -> Self {
        Self {
            name: Some(body.name),
            species: body.species,
            breed: Some(body.breed),
            sex: body.sex,
            neutered: Some(body.neutered),
            birth_date: Some(body.birth_date),
            allergies: Some(body.allergies),
            notes: Some(body.notes),
        }
    }
}

impl From<PetChange> for Given {
    fn from(body: PetChange) -> Self {
        Self {
            name: body.name,
            species: body.species,
            breed: body.breed,
            sex: body.sex,
            neutered: body.neutered,
            birth_date: body.birth_date,
            allergies: body.allergies,
            notes: body.notes,
        }
    }
}
