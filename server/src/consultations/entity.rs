//! Consultations and the lines of their quotes.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::AccountId;
use crate::chat::Talk;
use crate::orders::OrderId;
use crate::pets::PetId;
use crate::subjects::{ConsultationId, ConsultationStatus, Side};
use platform::clock::Timestamp;
use platform::money::{BasisPoints, Rupiah};

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ConsultationKind {
    /// Begins as soon as it is paid.
    Instant,
    /// Begins at an agreed time.
    Slot,
}

/// Why a consultation came to nothing. Only one whose payment failed may be bought by money that comes late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
pub enum ClosedBecause {
    PaymentExpired,
    PaymentFailed,
    /// By one of the two, or by the operator.
    CalledOff,
    /// Nobody answered.
    GivenUp,
    TakenOver,
    /// Its time had passed before it could begin.
    Missed,
    PaidBack,
}

/// How far the summary of a consultation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RecordStatus {
    None,
    Draft,
    Finished,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consultations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsultationId,
    /// What it was bought with. One that goes on with another doctor belongs to the same order.
    pub order_id: OrderId,
    pub owner_id: AccountId,
    pub doctor_id: AccountId,
    /// Whom it is about, when the owner said so.
    pub pet_id: Option<PetId>,
    pub kind: ConsultationKind,
    pub status: ConsultationStatus,
    /// When a slot begins.
    pub starts_at: Option<Timestamp>,
    /// How long it is meant to last.
    pub duration_minutes: i32,
    /// So long before it begins a slot can be called off at no cost; the policy as it stood when it was booked.
    pub free_cancel_minutes: i32,
    /// What of the price goes back to an owner who calls off later.
    pub late_refund_percent: i32,
    /// How long the doctor may take to answer once it has begun; what the owner was told before paying.
    pub answer_minutes: i32,
    /// How many of the reminders before a slot are sent.
    pub reminders_sent: i32,
    /// When the doctor first wrote. The time that was bought runs from then on.
    pub answered_at: Option<Timestamp>,
    /// When that time is over.
    pub ends_at: Option<Timestamp>,
    /// When the doctor was found to be late; the owner may have the money back.
    pub late_at: Option<Timestamp>,
    /// When the owner of a slot first wrote.
    pub owner_came_at: Option<Timestamp>,
    /// When both were told that it ends soon.
    pub warned_at: Option<Timestamp>,
    /// Who asks for more time, and how many minutes; the other has not said anything yet.
    pub extension_asked_by: Option<Side>,
    pub extension_minutes: Option<i32>,
    /// The minutes that both have agreed on beyond what was bought.
    pub extended_minutes: i32,
    /// Until when the questions after the end may go on, while they do.
    pub follow_up_until: Option<Timestamp>,
    pub record_status: RecordStatus,
    /// When the summary was finished.
    pub recorded_at: Option<Timestamp>,
    /// Why it is over without having been rendered.
    pub closed_because: Option<ClosedBecause>,
    /// The one that it goes on for, whose doctor did not answer.
    pub transferred_from: Option<ConsultationId>,
    pub markup_basis_points: BasisPoints,
    /// What the owner pays; the sum of the quote's lines.
    pub total: Rupiah,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// When it took place, is to take place, or at least was wanted.
    pub fn moment(&self) -> Timestamp {
        self.started_at.or(self.starts_at).unwrap_or(self.created_at)
    }

    /// Which side somebody is on; nothing for a stranger.
    pub fn side_of(&self, account: AccountId) -> Option<Side> {
        Side::of(account, self.owner_id, self.doctor_id)
    }

    /// The two, for their conversation.
    pub fn talk(&self) -> Talk {
        Talk { consultation: self.id, owner: self.owner_id, doctor: self.doctor_id }
    }
}
