//! Calling off a consultation before it begins, and moving it to another time.

use serde::{Deserialize, Serialize};

use super::entity::Model;
use super::error::ConsultationError;
use super::rules::{CancellationPolicy, Event};
use super::service::{self, Held};
use super::{Consultations, due, life, store};
use crate::accounts::{AccountId, CurrentUser};
use crate::availability::Slot;
use crate::events::{self, Work};
use crate::orders::Order;
use crate::payments::{Payment, RefundReason};
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::idempotency::Claim;
use platform::http::path::Named;
use platform::jobs::{Job, Lane, Outcome, Ran};
use platform::money::Rupiah;
use platform::work;

impl Model {
    /// The policy that it was bought under.
    pub fn cancellation(&self) -> CancellationPolicy {
        CancellationPolicy { free_minutes: self.free_cancel_minutes, late_refund_percent: self.late_refund_percent }
    }

    /// What goes back to the owner if that person calls it off now; nothing before it is paid and once it has begun.
    pub fn refund_if_called_off_by(&self, who: AccountId, now: Timestamp) -> Rupiah {
        match (self.status, self.starts_at) {
            (ConsultationStatus::Scheduled, Some(_)) if who == self.doctor_id => self.total,
            (ConsultationStatus::Scheduled, Some(starts_at)) => self.cancellation().refund(self.total, starts_at, now),
            _ => Rupiah::ZERO,
        }
    }
}

/// One of the two calls a consultation off that has not begun.
pub async fn call_off(
    consultations: &Consultations,
    me: &CurrentUser,
    id: ConsultationId,
    claim: Option<&Claim>,
) -> Result<Model, AppError> {
    work::retried(|| try_call_off(consultations, me.id, id, claim)).await
}

async fn try_call_off(
    consultations: &Consultations,
    me: AccountId,
    id: ConsultationId,
    claim: Option<&Claim>,
) -> Result<Model, AppError> {
    let mut work = Work::begin(&consultations.db, consultations.clock.now()).await?;
    let held = Model::hold(&work, id).await?;
    let current = &held.consultation;
    current.side_of(me).ok_or_else(ConsultationId::not_found)?;
    let is_doctor = me == current.doctor_id;
    let has_come = current.starts_at.is_some_and(|starts_at| work.now() >= starts_at);
    // What has come can only begin; a doctor has nothing to call off before it is paid.
    let is_due = current.status == ConsultationStatus::Scheduled && has_come;
    if is_due || (is_doctor && current.status == ConsultationStatus::AwaitingPayment) {
        return Err(ConsultationError::Impossible { from: current.status, event: Event::CalledOff }.into());
    }
    let reason = if is_doctor { RefundReason::DoctorCancelled } else { RefundReason::OwnerCancelled };
    let amount = current.refund_if_called_off_by(me, work.now());
    close(consultations, &mut work, &held, amount, reason).await?;
    if let Some(claim) = claim {
        claim.take(&*work, &id.to_string(), work.now()).await?;
    }
    let called_off = Model::find(&*work, id).await?.ok_or_else(ConsultationId::not_found)?;
    work.commit(&consultations.audience).await?;
    Ok(called_off)
}

/// Calls off what has not begun. What an owner who calls off late does not get back is the doctor's.
async fn close(
    consultations: &Consultations,
    work: &mut Work,
    held: &Held,
    refund: Rupiah,
    reason: RefundReason,
) -> Result<(), AppError> {
    let Held { order, consultation } = held;
    service::advance(work, consultation, Event::CalledOff).await?;
    if consultation.status == ConsultationStatus::AwaitingPayment {
        return Payment::call_off(work, order).await;
    }
    Payment::promise_refund(work, order.id, refund, reason).await?;
    if refund < order.total {
        Order::plan_earning(work, order.id, consultations.earned_at(work.now())).await?;
    }
    Ok(())
}

/// Calls off, and pays back in full, all that nobody has answered yet of a doctor who cannot be consulted any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct CallOffAll {
    pub doctor: AccountId,
}

impl Job for CallOffAll {
    const KIND: &'static str = "consultations.call_off_all";
    const LANE: Lane = Lane::Life;

    fn key(&self) -> String {
        self.doctor.to_string()
    }
}

impl Consultations {
    /// Each in a unit of work of its own: one that fails keeps no other from being called off.
    pub async fn call_off_all(&self, CallOffAll { doctor }: CallOffAll) -> Ran {
        let mut failed = None;
        for id in store::list_unanswered_of(&self.db.write, doctor).await? {
            if let Err(error) = work::retried(|| try_call_off_unanswered(self, id)).await {
                tracing::warn!(consultation = %id, error = error.for_log(), "a consultation could not be called off");
                failed = Some(error);
            }
        }
        failed.map_or(Ok(Outcome::Done), Err)
    }
}

async fn try_call_off_unanswered(consultations: &Consultations, id: ConsultationId) -> Result<(), AppError> {
    use ConsultationStatus as Status;
    let mut work = Work::begin(&consultations.db, consultations.clock.now()).await?;
    let held = Model::hold(&work, id).await?;
    match held.consultation.status {
        Status::Active => life::give_up_or_note_answer(&mut work, &held).await?,
        Status::AwaitingPayment | Status::Scheduled => {
            close(consultations, &mut work, &held, held.order.total, RefundReason::DoctorCancelled).await?;
        }
        _ => return Ok(()),
    }
    service::plan(&mut work, id).await?;
    Ok(work.commit(&consultations.audience).await?)
}

/// The owner takes the money back because the doctor does not answer.
pub async fn give_up(
    consultations: &Consultations,
    me: &CurrentUser,
    id: ConsultationId,
    claim: Option<&Claim>,
) -> Result<Model, AppError> {
    work::retried(|| try_give_up(consultations, me.id, id, claim))
        .await?
        .ok_or_else(|| ConsultationError::NotLate.into())
}

/// Nothing when the doctor has answered after all: then that is noted.
async fn try_give_up(
    consultations: &Consultations,
    me: AccountId,
    id: ConsultationId,
    claim: Option<&Claim>,
) -> Result<Option<Model>, AppError> {
    let mut work = Work::begin(&consultations.db, consultations.clock.now()).await?;
    let held = Model::hold(&work, id).await?;
    let current = &held.consultation;
    if current.owner_id != me {
        return Err(ConsultationId::not_found());
    }
    if current.status != ConsultationStatus::Active {
        return Err(ConsultationError::Impossible { from: current.status, event: Event::GivenUp }.into());
    }
    if current.late_at.is_none() || current.answered_at.is_some() {
        return Err(ConsultationError::NotLate.into());
    }
    life::give_up_or_note_answer(&mut work, &held).await?;
    service::plan(&mut work, id).await?;
    let after = Model::find(&*work, id).await?.ok_or_else(ConsultationId::not_found)?;
    let is_given_up = after.status == ConsultationStatus::Cancelled;
    if let Some(claim) = claim.filter(|_| is_given_up) {
        claim.take(&*work, &id.to_string(), work.now()).await?;
    }
    work.commit(&consultations.audience).await?;
    Ok(is_given_up.then_some(after))
}

/// The owner moves a slot to another time of the same doctor, as long as calling it off would cost nothing.
pub async fn reschedule(
    consultations: &Consultations,
    me: &CurrentUser,
    id: ConsultationId,
    starts_at: Timestamp,
    claim: Option<&Claim>,
) -> Result<Model, AppError> {
    work::retried(|| try_reschedule(consultations, me.id, id, starts_at, claim)).await
}

async fn try_reschedule(
    consultations: &Consultations,
    me: AccountId,
    id: ConsultationId,
    starts_at: Timestamp,
    claim: Option<&Claim>,
) -> Result<Model, AppError> {
    let now = consultations.clock.now();
    let mut work = Work::begin(&consultations.db, now).await?;
    let current = Model::hold(&work, id).await?.consultation;
    if current.owner_id != me {
        return Err(ConsultationId::not_found());
    }
    let (ConsultationStatus::Scheduled, Some(old)) = (current.status, current.starts_at) else {
        return Err(ConsultationError::ChangedMeanwhile.into());
    };
    if now > current.cancellation().free_until(old) {
        return Err(ConsultationError::TooLateToMove.into());
    }
    // Its own time must not stand in the way of a slot that overlaps it.
    Slot::release(&*work, current.doctor_id, id, now).await?;
    let (schedule, slot) = Slot::find(&*work, current.doctor_id, starts_at, now).await?;
    // The vet may offer slots of another length by now: it lasts as long as what is taken for it, and never less than what
    // was bought.
    let offered = slot.minutes();
    let (of, duration) = ((current.doctor_id, id), offered.max(current.duration_minutes));
    if duration > offered {
        if !schedule.is_licensed_until(slot.starts_at + due::minutes(duration)) {
            return Err(Slot::not_offered());
        }
        if !Slot::claim_again(&*work, of, (slot.starts_at, duration), now).await? {
            return Err(Slot::taken());
        }
    } else {
        slot.claim(&*work, current.doctor_id, &schedule, id, now).await?;
    }
    let missed = due::reminders_missed(slot.starts_at, now);
    let moved = store::save_time(&*work, &current, (slot.starts_at, duration), missed).await?;
    moved.or(ConsultationError::ChangedMeanwhile)?;
    if let Some(claim) = claim {
        claim.take(&*work, &id.to_string(), now).await?;
    }
    service::plan(&mut work, id).await?;
    work.tell(events::Event::ConsultationChanged(id));
    let moved = Model::find(&*work, id).await?.ok_or_else(ConsultationId::not_found)?;
    work.commit(&consultations.audience).await?;
    Ok(moved)
}
