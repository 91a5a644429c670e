//! Beginning a consultation and moving it on.

use sea_orm::{ConnectionTrait, DbErr};

use super::entity::{ConsultationId, ConsultationKind, ConsultationStatus, Model};
use super::error::ConsultationError;
use super::quote::Quote;
use super::rules::{CANCELLATION, Event, transition};
use super::store;
use crate::accounts::AccountId;
use crate::availability::{self, Slot};
use crate::pets::PetId;
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;

/// How long an instant consultation is meant to last.
const INSTANT_MINUTES: i32 = 30;

/// What somebody is about to buy.
pub struct Draft {
    pub owner: AccountId,
    pub doctor: AccountId,
    pub pet: Option<PetId>,
    /// At this time; at once without one.
    pub slot: Option<Slot>,
}

impl Draft {
    fn duration_minutes(&self) -> i32 {
        let minutes = |slot: Slot| i32::try_from(slot.ends_at.since(slot.starts_at).as_secs() / 60).unwrap_or(i32::MAX);
        self.slot.map_or(INSTANT_MINUTES, minutes)
    }
}

/// A purchase that waits for its payment. Fails with a unique violation when the owner has one open with this doctor.
pub async fn draft(db: &impl ConnectionTrait, draft: &Draft, quote: &Quote, now: Timestamp) -> Result<Model, DbErr> {
    let consultation = Model {
        id: ConsultationId::new(),
        owner_id: draft.owner,
        doctor_id: draft.doctor,
        pet_id: draft.pet,
        kind: if draft.slot.is_some() { ConsultationKind::Slot } else { ConsultationKind::Instant },
        status: ConsultationStatus::AwaitingPayment,
        starts_at: draft.slot.map(|slot| slot.starts_at),
        duration_minutes: draft.duration_minutes(),
        free_cancel_minutes: CANCELLATION.free_minutes,
        late_refund_percent: CANCELLATION.late_refund_percent,
        markup_basis_points: quote.markup,
        total: quote.total(),
        created_at: now,
        started_at: None,
        ended_at: None,
    };
    store::insert(db, consultation.clone(), quote).await?;
    Ok(consultation)
}

/// A consultation of the past, for demo data.
pub async fn import(db: &impl ConnectionTrait, consultation: Model, quote: &Quote) -> Result<(), DbErr> {
    store::insert(db, consultation, quote).await
}

/// Lets something happen to a consultation, inside the caller's transaction. One that is over gives back its time.
pub async fn advance(
    db: &impl ConnectionTrait,
    consultation: &Model,
    event: Event,
    now: Timestamp,
) -> Result<ConsultationStatus, AppError> {
    let to = transition(consultation.status, event)?;
    if to != consultation.status && !store::save_status(db, consultation, to, now).await? {
        return Err(ConsultationError::ChangedMeanwhile.into());
    }
    if consultation.kind == ConsultationKind::Slot && is_over(to) {
        availability::release(db, consultation.doctor_id, consultation.id, now).await?;
    }
    Ok(to)
}

fn is_over(status: ConsultationStatus) -> bool {
    use ConsultationStatus as Status;
    matches!(status, Status::Ended | Status::Expired | Status::Cancelled | Status::NoShow)
}
