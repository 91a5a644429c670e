//! Pets, their weights and their vaccinations. Days are written as `2026-11-24`: a birthday has no zone, and the text sorts
//! alike on both databases.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::AccountId;
use platform::clock::Timestamp;
use platform::ids::id_type;

id_type!(
    /// An animal of an owner.
    PetId, "pet_not_found", "Hewan tidak ditemukan.", "There is no such pet."
);
id_type!(
    /// What a pet weighed on a day.
    WeightId, "pet_weight_not_found", "Catatan berat tidak ditemukan.", "There is no such weight."
);
id_type!(
    /// One vaccination of a pet.
    VaccinationId, "pet_vaccination_not_found", "Catatan vaksin tidak ditemukan.", "There is no such vaccination."
);
id_type!(
    /// A photo of a pet. Another photo has another id, so that what is kept under an id never changes.
    PhotoId, "pet_photo_not_found", "Hewan ini belum punya foto.", "This pet has no photo."
);

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Species {
    Cat,
    Dog,
    Rabbit,
    Bird,
    Hamster,
    Reptile,
    Fish,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Male,
    Female,
    Unknown,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PetId,
    pub owner_id: AccountId,
    pub name: String,
    pub species: Species,
    /// Empty when nobody knows.
    pub breed: String,
    pub sex: Sex,
    pub neutered: Option<bool>,
    pub birth_date: Option<String>,
    /// What it must not get; empty when nothing is known.
    pub allergies: String,
    pub notes: String,
    pub photo_id: Option<PhotoId>,
    /// The bytes of the photo.
    pub photo_size: Option<i32>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// From then on it is only seen in what is past.
    pub archived_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Where the storage has a photo of it.
    pub fn photo_key(&self, photo: PhotoId) -> String {
        format!("pets/{}/{photo}", self.id)
    }
}

pub mod weight {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "pet_weights")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: WeightId,
        pub pet_id: PetId,
        pub measured_on: String,
        pub grams: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod vaccination {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "pet_vaccinations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: VaccinationId,
        pub pet_id: PetId,
        /// Against what, or the name of the vaccine.
        pub name: String,
        pub given_on: String,
        pub next_due_on: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
