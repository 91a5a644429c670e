//! Intakes and their pictures.

use sea_orm::entity::prelude::*;

use super::rules::{Level, Since};
use crate::accounts::AccountId;
use crate::pets::{PetId, Species};
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::ids::id_type;

id_type!(
    /// What an owner said before one consultation.
    IntakeId, "intake_not_found", "Keluhan awal tidak ditemukan.", "There is no such intake."
);
id_type!(
    /// A picture beside it.
    IntakePictureId, "intake_picture_not_found", "Foto tidak ditemukan.", "There is no such picture."
);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intakes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IntakeId,
    pub owner_id: AccountId,
    pub pet_id: Option<PetId>,
    pub species: Option<Species>,
    #[sea_orm(column_type = "Text")]
    pub complaint: String,
    pub since: Since,
    /// The codes that the owner ticked, separated by commas.
    #[sea_orm(column_type = "Text")]
    pub signs: String,
    /// The codes that were found, the ticked ones and those in the complaint's words; separated by commas.
    #[sea_orm(column_type = "Text")]
    pub flags: String,
    pub level: Level,
    /// The rules that it was judged by; what the owner was told then stays what the owner was told.
    pub rules_version: String,
    /// What it was said for.
    pub consultation_id: Option<ConsultationId>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

pub mod picture {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "intake_pictures")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: IntakePictureId,
        pub intake_id: IntakeId,
        pub width: i32,
        pub height: i32,
        pub byte_size: i32,
        pub created_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}

    /// The name of a picture in the storage.
    pub fn storage_key(intake: IntakeId, id: IntakePictureId) -> String {
        format!("intakes/{intake}/{id}")
    }

    impl Model {
        pub fn storage_key(&self) -> String {
            storage_key(self.intake_id, self.id)
        }
    }
}
