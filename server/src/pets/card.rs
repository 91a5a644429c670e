//! What others show of a pet beside their own: a name, a kind and a face.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use utoipa::ToSchema;

use super::entity::{Model, PetId, Species};
use super::store;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PetCard {
    pub id: PetId,
    pub name: String,
    pub species: Species,
    /// Where its photo is, for those who may see it.
    #[schema(required)]
    pub photo: Option<String>,
}

impl From<&Model> for PetCard {
    fn from(pet: &Model) -> Self {
        Self { id: pet.id, name: pet.name.clone(), species: pet.species, photo: photo_url(pet) }
    }
}

/// The address of a pet's photo. It names the photo as well, so that a page notices a new one.
pub fn photo_url(pet: &Model) -> Option<String> {
    pet.photo_id.map(|photo| format!("/api/pets/{}/photo?v={photo}", pet.id))
}

impl PetCard {
    /// Whom something is about, when that is said.
    pub async fn find(db: &impl ConnectionTrait, id: Option<PetId>) -> Result<Option<Self>, DbErr> {
        let Some(id) = id else { return Ok(None) };
        Ok(Model::find(db, id).await?.as_ref().map(Self::from))
    }

    /// These pets, archived ones too: they stay in what is past.
    pub async fn find_all(
        db: &impl ConnectionTrait,
        ids: impl IntoIterator<Item = PetId>,
    ) -> Result<HashMap<PetId, Self>, DbErr> {
        let pets = store::list_by_id(db, ids).await?;
        Ok(pets.iter().map(|pet| (pet.id, Self::from(pet))).collect())
    }
}
