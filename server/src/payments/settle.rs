//! What settled money buys: a conversation at once, a slot, or nothing any more, and then it goes back.

use sea_orm::ConnectionTrait;

use super::apply::{Followed, stored_quote};
use super::entity::{Model, RefundReason};
use super::{postings, refunds, store};
use crate::availability;
use crate::chat;
use crate::consultations::entity::Model as Consultation;
use crate::consultations::{self, ConsultationKind, ConsultationStatus, Event};
use crate::ledger;
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;

pub async fn settle(
    txn: &impl ConnectionTrait,
    payment: &Model,
    consultation: &Consultation,
    now: Timestamp,
) -> Result<Followed, AppError> {
    match consultation.kind {
        ConsultationKind::Instant => open(txn, payment, consultation, now).await,
        ConsultationKind::Slot => book(txn, payment, consultation, now).await,
    }
}

async fn open(
    txn: &impl ConnectionTrait,
    payment: &Model,
    consultation: &Consultation,
    now: Timestamp,
) -> Result<Followed, AppError> {
    let mut changes = Vec::new();
    if let Some(earlier) = chat::find_active(txn, consultation.owner_id, consultation.doctor_id).await? {
        if !earlier.is_follow_up {
            // The two talk already, over another payment: this money has no purpose left.
            return strand(txn, payment, RefundReason::NothingToOpen, now).await;
        }
        changes.extend(consultations::end_follow_up(txn, earlier.consultation_id, now).await?);
    }
    post(txn, payment, consultation, now).await?;
    consultations::advance(txn, consultation, Event::Paid, now).await?;
    changes.push(chat::open(txn, consultation, now).await?);
    Ok(Followed { chat: changes, consultation: Some(consultation.id) })
}

async fn book(
    txn: &impl ConnectionTrait,
    payment: &Model,
    consultation: &Consultation,
    now: Timestamp,
) -> Result<Followed, AppError> {
    let is_held = consultation.status == ConsultationStatus::AwaitingPayment;
    if !is_held && !hold_again(txn, consultation, now).await? {
        return strand(txn, payment, RefundReason::SlotLost, now).await;
    }
    post(txn, payment, consultation, now).await?;
    consultations::advance(txn, consultation, Event::Booked, now).await?;
    Ok(Followed::consultation(consultation.id))
}

/// The hold had run out when the money came: the slot is still the owner's if nobody else has taken it.
async fn hold_again(txn: &impl ConnectionTrait, consultation: &Consultation, now: Timestamp) -> Result<bool, AppError> {
    let Some(starts_at) = consultation.starts_at else { return Ok(false) };
    let again = async {
        let (schedule, slot) = availability::find_slot(txn, consultation.doctor_id, starts_at, now).await?;
        availability::claim(txn, consultation.doctor_id, &schedule, slot, consultation.id, now).await
    };
    match again.await {
        Ok(()) => Ok(true),
        Err(AppError::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The doctor is owed the base, the fee is ours.
async fn post(
    txn: &impl ConnectionTrait,
    payment: &Model,
    consultation: &Consultation,
    now: Timestamp,
) -> Result<(), AppError> {
    let quote = stored_quote(txn, consultation).await?;
    Ok(ledger::post(txn, postings::settlement(payment.id, consultation.doctor_id, &quote, now)).await?)
}

async fn strand(
    txn: &impl ConnectionTrait,
    payment: &Model,
    reason: RefundReason,
    now: Timestamp,
) -> Result<Followed, AppError> {
    ledger::post(txn, postings::stranded(payment.id, payment.amount, now)).await?;
    store::save_promised(txn, payment, payment.amount).await?;
    refunds::order(txn, payment.id, payment.amount, reason, now).await?;
    tracing::warn!(payment = %payment.id, ?reason, "a payment settled for which there is nothing to open; it goes back");
    Ok(Followed::consultation(payment.consultation_id))
}
