//! One review of one consultation.

use sea_orm::entity::prelude::*;

use crate::accounts::AccountId;
use crate::consultations::ConsultationId;
use crate::platform::clock::Timestamp;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reviews")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub consultation_id: ConsultationId,
    pub doctor_id: AccountId,
    /// 1 to 5.
    pub rating: i32,
    pub body: String,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
