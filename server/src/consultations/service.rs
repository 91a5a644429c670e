//! Beginning a consultation and moving it on.

use sea_orm::{ConnectionTrait, DbErr};

use super::entity::{ConsultationId, ConsultationKind, ConsultationStatus, Model};
use super::error::ConsultationError;
use super::quote::Quote;
use super::rules::{CANCELLATION, Event, transition};
use super::{due, store};
use crate::accounts::AccountId;
use crate::availability::{self, Slot};
use crate::pets::PetId;
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;

/// How long a consultation lasts and how long its doctor may take to answer, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    pub duration: i32,
    pub answer: i32,
}

impl Terms {
    /// With a doctor who is there.
    pub const INSTANT: Self = Self { duration: 30, answer: 10 };
    /// With one who is not: an honest waiting time.
    pub const LATER: Self = Self { duration: 30, answer: 60 };

    /// For somebody who pays now, whether the doctor is there or not.
    pub fn of_instant(is_there: bool) -> Self {
        if is_there { Self::INSTANT } else { Self::LATER }
    }

    pub fn of_slot(slot: Slot) -> Self {
        let minutes = i32::try_from(slot.ends_at.since(slot.starts_at).as_secs() / 60).unwrap_or(i32::MAX);
        Self { duration: minutes, ..Self::INSTANT }
    }
}

/// What somebody is about to buy.
pub struct Draft {
    pub owner: AccountId,
    pub doctor: AccountId,
    pub pet: Option<PetId>,
    /// At this time; at once without one.
    pub slot: Option<Slot>,
    pub terms: Terms,
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
        duration_minutes: draft.terms.duration,
        free_cancel_minutes: CANCELLATION.free_minutes,
        late_refund_percent: CANCELLATION.late_refund_percent,
        answer_minutes: draft.terms.answer,
        reminders_sent: 0,
        answered_at: None,
        ends_at: None,
        late_at: None,
        owner_came_at: None,
        warned_at: None,
        extension_asked_by: None,
        extension_minutes: None,
        extended_minutes: 0,
        follow_up_until: None,
        released_at: None,
        transferred_from: None,
        due_at: None,
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
    let has_time = consultation.kind == ConsultationKind::Slot || consultation.extended_minutes > 0;
    if has_time && is_over(to) {
        availability::release(db, consultation.doctor_id, consultation.id, now).await?;
    }
    if event == Event::Booked
        && let Some(starts_at) = consultation.starts_at
    {
        store::skip_reminders(db, consultation.id, due::reminders_missed(starts_at, now)).await?;
    }
    plan(db, consultation.id).await?;
    Ok(to)
}

/// Writes down when something is next to happen to a consultation by itself, after it has changed.
pub async fn plan(db: &impl ConnectionTrait, id: ConsultationId) -> Result<(), DbErr> {
    let Some(consultation) = store::find(db, id).await? else { return Ok(()) };
    let due_at = due::next(&consultation).map(|(at, _)| at);
    if due_at == consultation.due_at { Ok(()) } else { store::save_due(db, id, due_at).await }
}

fn is_over(status: ConsultationStatus) -> bool {
    use ConsultationStatus as Status;
    matches!(status, Status::Ended | Status::Expired | Status::Cancelled | Status::NoShow)
}
