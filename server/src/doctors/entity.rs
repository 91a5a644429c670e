//! A vet's profile, beside the account.

use std::str::FromStr;

use sea_orm::Iterable;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::AccountId;
use crate::pets::Species;
pub use crate::subjects::DoctorStatus;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::ids::id_type;
use platform::money::Rupiah;

id_type!(
    /// A picture of a doctor; another one has another id.
    PictureId, "picture_not_found", "Foto tidak ditemukan.", "There is no such picture."
);

/// The bit of `species_mask` that stands for a kind of animal.
pub fn species_bit(species: Species) -> i32 {
    1 << species as i32
}

impl Model {
    pub fn species_mask(all: &[Species]) -> i32 {
        all.iter().fold(0, |mask, species| mask | species_bit(*species))
    }

    pub fn language_mask(all: &[SpokenLanguage]) -> i32 {
        all.iter().fold(0, |mask, language| mask | 1 << *language as i32)
    }
}

/// A language in which owners can be consulted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = DoctorLanguage)]
pub enum SpokenLanguage {
    /// Indonesian.
    Id,
    /// English.
    En,
    /// Javanese.
    Jv,
    /// Sundanese.
    Su,
    /// Mandarin.
    Zh,
}

/// The account id of a doctor, as it stands in a path: a missing one is said as a missing doctor.
pub struct DoctorId(pub AccountId);

impl FromStr for DoctorId {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Named for DoctorId {
    fn not_found() -> AppError {
        Model::not_found()
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "doctors")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    pub status: DoctorStatus,
    pub specialization: String,
    pub experience_years: i32,
    pub licence_number: String,
    /// What the doctor asks; the owner pays the platform's fee on top.
    pub base_price: Rupiah,
    #[sea_orm(column_type = "Text")]
    pub bio: String,
    /// One bit for each kind of animal that is treated.
    pub species_mask: i32,
    /// One bit for each language that is spoken.
    pub language_mask: i32,
    /// Who issued the licence in force.
    pub licence_issuer: Option<String>,
    /// Its last day, `2027-03-31` in Asia/Jakarta; nothing where we were never told.
    pub licence_expires_on: Option<String>,
    /// The end of that day: nothing can be booked from then on.
    pub licence_ends_at: Option<Timestamp>,
    /// Why the doctor was suspended or rejected, as the doctor reads it.
    pub status_reason: Option<String>,
    pub picture_id: Option<PictureId>,
    /// In bytes.
    pub picture_size: Option<i32>,
    /// What the directory sorts by; counted from the reviews whenever one changes.
    pub rating_tenths: i32,
    pub review_count: i32,
    pub created_at: Timestamp,
    pub verified_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// 1 to 5 with one decimal, as the reviews have counted it up (`reviews::store`); nothing before the first.
    pub fn rate(&self) -> Option<f64> {
        (self.review_count > 0).then(|| f64::from(self.rating_tenths) / 10.0)
    }

    /// The kinds of animals that are treated.
    pub fn species(&self) -> Vec<Species> {
        Species::iter().filter(|species| self.species_mask & species_bit(*species) != 0).collect()
    }

    /// The languages that are spoken.
    pub fn languages(&self) -> Vec<SpokenLanguage> {
        let is_spoken = |language: &SpokenLanguage| self.language_mask & Self::language_mask(&[*language]) != 0;
        SpokenLanguage::iter().filter(is_spoken).collect()
    }

    /// An applicant who has said nothing yet.
    pub fn blank(account_id: AccountId, now: Timestamp) -> Self {
        Self {
            account_id,
            status: DoctorStatus::Applied,
            specialization: String::new(),
            experience_years: 0,
            licence_number: String::new(),
            base_price: Rupiah::ZERO,
            bio: String::new(),
            species_mask: 0,
            language_mask: 0,
            licence_issuer: None,
            licence_expires_on: None,
            licence_ends_at: None,
            status_reason: None,
            picture_id: None,
            picture_size: None,
            rating_tenths: 0,
            review_count: 0,
            created_at: now,
            verified_at: None,
        }
    }

    /// Whether owners may see and consult this doctor.
    pub fn is_bookable(&self, now: Timestamp) -> bool {
        self.status == DoctorStatus::Verified && self.licence_ends_at.is_none_or(|ends_at| now < ends_at)
    }

    /// Where a picture lies in the storage.
    pub fn picture_key(&self, picture: PictureId) -> String {
        format!("doctors/{}/{picture}", self.account_id)
    }
}
