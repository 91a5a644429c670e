//! A licence to practise, and the pictures that prove it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::AccountId;
use platform::clock::Timestamp;
use platform::ids::id_type;

id_type!(
    /// A licence that a doctor handed in.
    LicenceId, "licence_not_found", "Izin tidak ditemukan.", "There is no such licence."
);

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum LicenceKind {
    /// Surat Tanda Registrasi: may practise at all.
    Str,
    /// Surat Izin Praktik: may practise at a place.
    Sip,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum LicenceStatus {
    Submitted,
    Accepted,
    Refused,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "licences")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LicenceId,
    pub doctor_id: AccountId,
    pub kind: LicenceKind,
    pub number: String,
    pub issuer: String,
    /// The last day, `2027-03-31` in Asia/Jakarta.
    pub expires_on: String,
    pub status: LicenceStatus,
    /// Why it was refused, as the doctor reads it.
    pub reason: Option<String>,
    pub decided_by: Option<AccountId>,
    pub submitted_at: Timestamp,
    pub decided_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

pub mod document {
    use super::*;

    id_type!(
        /// A picture of a licence.
        DocumentId, "document_not_found", "Dokumen tidak ditemukan.", "There is no such document."
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "licence_documents")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DocumentId,
        pub licence_id: LicenceId,
        pub byte_size: i32,
        pub created_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl DocumentId {
        /// The name of a picture in the storage.
        pub fn storage_key(self, licence: LicenceId) -> String {
            format!("licences/{licence}/{self}")
        }
    }

    impl Model {
        pub fn storage_key(&self) -> String {
            self.id.storage_key(self.licence_id)
        }
    }
}
