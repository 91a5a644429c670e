//! Calling off a consultation before it begins, and moving it to another time.

use sea_orm::ConnectionTrait;

use super::entity::{ConsultationId, ConsultationStatus, Model};
use super::error::ConsultationError;
use super::rules::{CancellationPolicy, Event};
use super::{due, life, news, service, store, waiting};
use crate::accounts::{AccountId, CurrentUser};
use crate::app::App;
use crate::availability;
use crate::chat;
use crate::payments::{self, RefundReason};
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;
use crate::platform::money::Rupiah;

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
pub async fn call_off(app: &App, me: &CurrentUser, id: ConsultationId) -> Result<Model, AppError> {
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let current = store::find_for_party(&txn, me.id, id).await?.ok_or_else(ConsultationId::not_found)?;
    let is_doctor = me.id == current.doctor_id;
    if is_doctor && current.status == ConsultationStatus::AwaitingPayment {
        return Err(ConsultationError::Impossible { from: current.status, event: Event::CalledOff }.into());
    }
    let status = service::advance(&txn, &current, Event::CalledOff, now).await?;
    if current.status == ConsultationStatus::AwaitingPayment {
        payments::call_off(&txn, current.id, now).await?;
    } else {
        let reason = if is_doctor { RefundReason::DoctorCancelled } else { RefundReason::OwnerCancelled };
        let amount = current.refund_if_called_off_by(me.id, now);
        payments::promise_refund(&txn, current.id, amount, reason, now).await?;
    }
    txn.commit().await?;
    payments::cancel_at_gateway(app, current.id).await;
    let called_off = Model { status, ended_at: Some(now), ..current };
    news::tell(app, &called_off).await;
    Ok(called_off)
}

/// What was called off at once, and the conversations that ended with it.
pub struct CalledOff {
    consultations: Vec<Model>,
    changes: Vec<chat::Change>,
}

/// A doctor cannot be consulted any more: all that nobody has answered yet is called off and paid back in full, inside
/// the caller's transaction.
pub async fn call_off_all_of(
    txn: &impl ConnectionTrait,
    doctor: AccountId,
    now: Timestamp,
) -> Result<CalledOff, AppError> {
    let mut called_off = CalledOff { consultations: Vec::new(), changes: Vec::new() };
    for current in store::list_unanswered_of(txn, doctor).await? {
        match current.status {
            ConsultationStatus::Active => called_off.changes.extend(life::give_up(txn, &current, now).await?),
            ConsultationStatus::AwaitingPayment => {
                service::advance(txn, &current, Event::CalledOff, now).await?;
                payments::call_off(txn, current.id, now).await?;
            }
            _ => {
                service::advance(txn, &current, Event::CalledOff, now).await?;
                let reason = RefundReason::DoctorCancelled;
                payments::promise_refund(txn, current.id, current.total, reason, now).await?;
            }
        }
        called_off.consultations.push(Model { status: ConsultationStatus::Cancelled, ..current });
    }
    Ok(called_off)
}

/// Tells everybody whom that concerns, once it is committed.
pub async fn tell_called_off(app: &App, called_off: CalledOff) {
    for change in called_off.changes {
        chat::announce(app, change).await;
    }
    for consultation in called_off.consultations {
        payments::cancel_at_gateway(app, consultation.id).await;
        news::tell(app, &consultation).await;
    }
}

/// The owner takes the money back because the doctor does not answer.
pub async fn give_up(app: &App, me: &CurrentUser, id: ConsultationId) -> Result<Model, AppError> {
    let txn = app.db.begin_write().await?;
    let found = store::find_to_change(&txn, id).await?.filter(|found| found.owner_id == me.id);
    let current = found.ok_or_else(ConsultationId::not_found)?;
    if current.late_at.is_none() || current.answered_at.is_some() {
        return Err(ConsultationError::NotLate.into());
    }
    let change = life::give_up(&txn, &current, app.clock.now()).await?;
    txn.commit().await?;
    if let Some(change) = change {
        chat::announce(app, change).await;
    }
    let given_up = store::find(&app.db.write, id).await?.ok_or_else(ConsultationId::not_found)?;
    news::tell(app, &given_up).await;
    waiting::tell(app, given_up.doctor_id).await;
    Ok(given_up)
}

/// The owner moves a slot to another time of the same doctor, as long as calling it off would cost nothing.
pub async fn reschedule(
    app: &App,
    me: &CurrentUser,
    id: ConsultationId,
    starts_at: Timestamp,
) -> Result<Model, AppError> {
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let current = store::find_for_owner(&txn, me.id, id).await?.ok_or_else(ConsultationId::not_found)?;
    let (ConsultationStatus::Scheduled, Some(old)) = (current.status, current.starts_at) else {
        return Err(ConsultationError::ChangedMeanwhile.into());
    };
    if now > current.cancellation().free_until(old) {
        return Err(ConsultationError::TooLateToMove.into());
    }
    // Its own time must not stand in the way of a slot that overlaps it.
    availability::release(&txn, current.doctor_id, id, now).await?;
    let (schedule, slot) = availability::find_slot(&txn, current.doctor_id, starts_at, now).await?;
    if !store::save_time(&txn, &current, slot.starts_at, due::reminders_missed(slot.starts_at, now)).await? {
        return Err(ConsultationError::ChangedMeanwhile.into());
    }
    availability::claim(&txn, current.doctor_id, &schedule, slot, id, now).await?;
    service::plan(&txn, id).await?;
    txn.commit().await?;
    let moved = Model { starts_at: Some(slot.starts_at), ..current };
    news::tell(app, &moved).await;
    Ok(moved)
}
