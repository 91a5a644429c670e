//! What an owner does with pets and their health notes.

use sea_orm::ConnectionTrait;

use super::entity::{Model, PetId, VaccinationId, WeightId, vaccination, weight};
use super::error::PetError;
use super::rules::{self, Given, MOST_ENTRIES, MOST_PETS, Profile, Vaccinated};
use super::{Pets, store};
use crate::accounts::{Account, AccountId};
use platform::http::error::AppError;
use platform::http::path::Named;

/// A pet with all that is noted of it.
pub struct Record {
    pub pet: Model,
    /// The newest first, as are the vaccinations.
    pub weights: Vec<weight::Model>,
    pub vaccinations: Vec<vaccination::Model>,
}

pub async fn create(pets: &Pets, owner: AccountId, given: Given) -> Result<Model, AppError> {
    let now = pets.clock.now();
    let profile = rules::describe(None, given, rules::today(now))?;
    let txn = pets.db.begin_write().await?;
    // Counted and added by one at a time, else two at once would pass the limit.
    Account::lock(&txn, owner).await?;
    if store::count(&txn, owner).await? >= MOST_PETS {
        return Err(PetError::TooMany.into());
    }
    let pet = Model {
        id: PetId::new(),
        owner_id: owner,
        name: profile.name,
        species: profile.species,
        breed: profile.breed,
        sex: profile.sex,
        neutered: profile.neutered,
        birth_date: profile.birth_date,
        allergies: profile.allergies,
        notes: profile.notes,
        photo_id: None,
        photo_size: None,
        created_at: now,
        updated_at: now,
        archived_at: None,
    };
    store::insert(&txn, pet.clone()).await?;
    txn.commit().await?;
    Ok(pet)
}

pub async fn change(pets: &Pets, owner: AccountId, id: PetId, given: Given) -> Result<(), AppError> {
    let now = pets.clock.now();
    let txn = pets.db.begin_write().await?;
    let before = to_change(&txn, owner, id).await?;
    let profile = rules::describe(Some(before.into()), given, rules::today(now))?;
    store::save_profile(&txn, id, profile, now).await?;
    txn.commit().await?;
    Ok(())
}

/// From now on the pet is only seen in what is past. Doing so again changes nothing.
pub async fn archive(pets: &Pets, owner: AccountId, id: PetId) -> Result<(), AppError> {
    let txn = pets.db.begin_write().await?;
    store::find_own_to_change(&txn, owner, id).await?.ok_or_else(PetId::not_found)?;
    store::archive(&txn, id, pets.clock.now()).await?;
    txn.commit().await?;
    Ok(())
}

/// A pet with all that its owner has noted.
pub async fn show(pets: &Pets, owner: AccountId, id: PetId) -> Result<Record, AppError> {
    let pet = Model::find_own(&pets.db.read, owner, id).await?.ok_or_else(PetId::not_found)?;
    Record::of(&pets.db.read, pet).await
}

impl Record {
    /// All that is noted of a pet, for somebody who may read it.
    pub async fn of(db: &impl ConnectionTrait, pet: Model) -> Result<Self, AppError> {
        let weights = store::weights(db, pet.id).await?;
        let vaccinations = store::vaccinations(db, pet.id).await?;
        Ok(Self { pet, weights, vaccinations })
    }
}

/// What was noted, and whether it is new: a second weight of a day corrects the first.
pub async fn add_weight(
    pets: &Pets,
    owner: AccountId,
    pet: PetId,
    (measured_on, grams): (String, i32),
) -> Result<(weight::Model, bool), AppError> {
    let txn = pets.db.begin_write().await?;
    to_change(&txn, owner, pet).await?;
    let is_known = store::find_weight_of_day(&txn, pet, &measured_on).await?.is_some();
    if !is_known && store::count_weights(&txn, pet).await? >= MOST_ENTRIES {
        return Err(PetError::TooManyEntries.into());
    }
    let new = weight::Model { id: WeightId::new(), pet_id: pet, measured_on, grams };
    let saved = store::save_weight(&txn, new).await?.ok_or_else(WeightId::not_found)?;
    txn.commit().await?;
    Ok((saved, !is_known))
}

pub async fn delete_weight(pets: &Pets, owner: AccountId, pet: PetId, id: WeightId) -> Result<(), AppError> {
    let txn = pets.db.begin_write().await?;
    to_change(&txn, owner, pet).await?;
    if !store::delete_weight(&txn, pet, id).await? {
        return Err(WeightId::not_found());
    }
    txn.commit().await?;
    Ok(())
}

pub async fn add_vaccination(
    pets: &Pets,
    owner: AccountId,
    pet: PetId,
    given: Vaccinated,
) -> Result<vaccination::Model, AppError> {
    let txn = pets.db.begin_write().await?;
    to_change(&txn, owner, pet).await?;
    if store::count_vaccinations(&txn, pet).await? >= MOST_ENTRIES {
        return Err(PetError::TooManyEntries.into());
    }
    let new = vaccination::Model {
        id: VaccinationId::new(),
        pet_id: pet,
        name: given.name,
        given_on: given.given_on,
        next_due_on: given.next_due_on,
    };
    store::insert_vaccination(&txn, new.clone()).await?;
    txn.commit().await?;
    Ok(new)
}

pub async fn delete_vaccination(pets: &Pets, owner: AccountId, pet: PetId, id: VaccinationId) -> Result<(), AppError> {
    let txn = pets.db.begin_write().await?;
    to_change(&txn, owner, pet).await?;
    if !store::delete_vaccination(&txn, pet, id).await? {
        return Err(VaccinationId::not_found());
    }
    txn.commit().await?;
    Ok(())
}

/// An owner's pet, held until the caller's transaction ends.
pub async fn to_change(txn: &impl ConnectionTrait, owner: AccountId, id: PetId) -> Result<Model, AppError> {
    unarchived(store::find_own_to_change(txn, owner, id).await?)
}

/// A pet that was found and may be changed: archived ones stay as they are.
pub fn unarchived(found: Option<Model>) -> Result<Model, AppError> {
    let pet = found.ok_or_else(PetId::not_found)?;
    if pet.archived_at.is_some() { Err(PetError::Archived.into()) } else { Ok(pet) }
}

impl From<Model> for Profile {
    fn from(pet: Model) -> Self {
        Self {
            name: pet.name,
            species: pet.species,
            breed: pet.breed,
            sex: pet.sex,
            neutered: pet.neutered,
            birth_date: pet.birth_date,
            allergies: pet.allergies,
            notes: pet.notes,
        }
    }
}
