//! What others only point at: ids and bare nouns that features need of those above them. No behaviour.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use platform::ids::id_type;

id_type!(
    /// Somebody who signs in.
    AccountId, "account_not_found", "Akun tidak ditemukan.", "There is no such account."
);
id_type!(
    /// One sign-in on one device.
    SessionId, "session_not_found", "Perangkat itu sudah tidak masuk.", "That device is not signed in any more."
);
id_type!(
    /// The room of two participants.
    ConversationId, "conversation_not_found", "Percakapan tidak ditemukan.", "There is no such conversation."
);

id_type!(
    /// One purchase of a doctor's time.
    ConsultationId, "consultation_not_found", "Konsultasi tidak ditemukan.", "There is no such consultation."
);

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DoctorStatus {
    Applied,
    Verified,
    Suspended,
    Rejected,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ConsultationStatus {
    AwaitingPayment,
    Scheduled,
    Active,
    Ended,
    Expired,
    Cancelled,
    NoShow,
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = ConsultationSide)]
pub enum Side {
    Owner,
    Doctor,
}

impl Side {
    /// The side of somebody among these two; nothing for a stranger.
    pub fn of(account: AccountId, owner: AccountId, doctor: AccountId) -> Option<Self> {
        match account {
            id if id == owner => Some(Self::Owner),
            id if id == doctor => Some(Self::Doctor),
            _ => None,
        }
    }

    pub fn other(self) -> Self {
        match self {
            Self::Owner => Self::Doctor,
            Self::Doctor => Self::Owner,
        }
    }
}
