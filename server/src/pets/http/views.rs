//! How pets look on the wire.

use serde::Serialize;
use utoipa::ToSchema;

use crate::pets::card::photo_url;
use crate::pets::entity::{Model, PetId, Sex, Species, VaccinationId, WeightId, vaccination, weight};
use crate::pets::rules::next_due;
use crate::pets::service::Record;
use platform::clock::Timestamp;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Pet)]
pub struct PetView {
    id: PetId,
    name: String,
    species: Species,
    /// Empty when it is not known.
    breed: String,
    sex: Sex,
    #[schema(required)]
    neutered: Option<bool>,
    #[schema(required, format = Date)]
    birth_date: Option<String>,
    /// What it must not get; empty when nothing is known.
    allergies: String,
    notes: String,
    #[schema(required)]
    photo: Option<String>,
    /// The vaccination that is due first.
    #[schema(required)]
    next_vaccination: Option<VaccinationView>,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// From then on it is only seen in what is past.
    #[schema(required)]
    archived_at: Option<Timestamp>,
}

/// A pet with all that is noted of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PetRecord)]
pub struct RecordView {
    #[serde(flatten)]
    pet: PetView,
    /// The newest first.
    weights: Vec<WeightView>,
    /// The newest first.
    vaccinations: Vec<VaccinationView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PetWeight)]
pub struct WeightView {
    id: WeightId,
    #[schema(format = Date)]
    measured_on: String,
    grams: i32,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PetVaccination)]
pub struct VaccinationView {
    id: VaccinationId,
    name: String,
    #[schema(format = Date)]
    given_on: String,
    #[schema(required, format = Date)]
    next_due_on: Option<String>,
}

impl PetView {
    pub fn new(pet: Model, vaccinations: &[vaccination::Model]) -> Self {
        Self {
            photo: photo_url(&pet),
            next_vaccination: next_due(vaccinations).cloned().map(VaccinationView::from),
            id: pet.id,
            name: pet.name,
            species: pet.species,
            breed: pet.breed,
            sex: pet.sex,
            neutered: pet.neutered,
            birth_date: pet.birth_date,
            allergies: pet.allergies,
            notes: pet.notes,
            created_at: pet.created_at,
            updated_at: pet.updated_at,
            archived_at: pet.archived_at,
        }
    }
}

impl From<Record> for RecordView {
    fn from(record: Record) -> Self {
        Self {
            pet: PetView::new(record.pet, &record.vaccinations),
            weights: record.weights.into_iter().map(WeightView::from).collect(),
            vaccinations: record.vaccinations.into_iter().map(VaccinationView::from).collect(),
        }
    }
}

impl From<weight::Model> for WeightView {
    fn from(row: weight::Model) -> Self {
        Self { id: row.id, measured_on: row.measured_on, grams: row.grams }
    }
}

impl From<vaccination::Model> for VaccinationView {
    fn from(row: vaccination::Model) -> Self {
        Self { id: row.id, name: row.name, given_on: row.given_on, next_due_on: row.next_due_on }
    }
}
