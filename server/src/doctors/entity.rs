//! A vet's profile, beside the account.

use std::str::FromStr;

use sea_orm::entity::prelude::*;

use crate::accounts::AccountId;
use crate::pets::Species;
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;
use crate::platform::money::Rupiah;

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
pub enum DoctorStatus {
    Applied,
    Verified,
    Suspended,
    Rejected,
}

/// The bit of `species_mask` that stands for a kind of animal.
pub fn species_bit(species: Species) -> i32 {
    1 << species as i32
}

pub fn species_mask(all: &[Species]) -> i32 {
    all.iter().fold(0, |mask, species| mask | species_bit(*species))
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
        super::not_found()
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
    /// What the directory sorts by; counted from the reviews whenever one changes.
    pub rating_tenths: i32,
    pub review_count: i32,
    pub created_at: Timestamp,
    pub verified_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
