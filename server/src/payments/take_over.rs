//! A consultation goes on with another doctor: what was paid for it goes along.

use sea_orm::ConnectionTrait;

use super::entity::PaymentId;
use super::{apply, postings, rules, store};
use crate::consultations::{ConsultationError, entity::Model};
use crate::ledger;
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;

/// Moves the payment of one consultation to the one that goes on for it, inside the caller's transaction.
pub async fn take_over(txn: &impl ConnectionTrait, from: &Model, to: &Model, now: Timestamp) -> Result<(), AppError> {
    let payment = store::find_by_consultation(txn, from.id).await?.ok_or_else(PaymentId::not_found)?;
    let promised = payment.promised_amount;
    let is_paid = rules::is_paid_for(payment.status, payment.amount, promised);
    if !is_paid || !store::save_consultation(txn, &payment, to.id).await? {
        return Err(ConsultationError::ChangedMeanwhile.into());
    }
    let quote = apply::stored_quote(txn, from).await?;
    let doctors = (from.doctor_id, to.doctor_id);
    Ok(ledger::post(txn, postings::take_over(payment.id, doctors, &quote, promised, now)).await?)
}
