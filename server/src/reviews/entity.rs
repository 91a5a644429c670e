//! One review of one consultation.

use sea_orm::entity::prelude::*;

use crate::accounts::AccountId;
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reviews")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub consultation_id: ConsultationId,
    pub doctor_id: AccountId,
    /// 1 to 5.
    pub rating: i32,
    /// Empty when the stars say it all.
    pub body: String,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    /// The vet's one answer.
    pub reply: Option<String>,
    pub replied_at: Option<Timestamp>,
    /// From then on nobody sees it but its owner and the operator, and it does not count.
    pub hidden_at: Option<Timestamp>,
    pub hidden_by: Option<AccountId>,
    pub hidden_reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// A review as it is when it has just been written.
    pub fn new(
        consultation_id: ConsultationId,
        doctor_id: AccountId,
        (rating, body): (i32, String),
        created_at: Timestamp,
    ) -> Self {
        Self {
            consultation_id,
            doctor_id,
            rating,
            body,
            created_at,
            edited_at: None,
            reply: None,
            replied_at: None,
            hidden_at: None,
            hidden_by: None,
            hidden_reason: None,
        }
    }
}
