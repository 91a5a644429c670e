//! Beginning a consultation and moving it on.

use sea_orm::{ConnectionTrait, DbErr};

use super::entity::{ConsultationId, ConsultationStatus, Model};
use super::error::ConsultationError;
use super::quote::Quote;
use super::rules::{Event, transition};
use super::store;
use crate::accounts::AccountId;
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;

/// A purchase that waits for its payment. Fails with a unique violation when the owner has one open with this doctor.
pub async fn draft(
    db: &impl ConnectionTrait,
    owner: AccountId,
    doctor: AccountId,
    quote: &Quote,
    now: Timestamp,
) -> Result<Model, DbErr> {
    let consultation = Model {
        id: ConsultationId::new(),
        owner_id: owner,
        doctor_id: doctor,
        status: ConsultationStatus::AwaitingPayment,
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

/// Lets something happen to a consultation, inside the caller's transaction.
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
    Ok(to)
}
