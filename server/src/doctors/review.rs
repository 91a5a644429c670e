//! The operator's side: licences are accepted or refused, doctors suspended and let in again.

use sea_orm::ConnectionTrait;
use serde_json::json;

use super::application::check_unused;
use super::entity::{DoctorStatus, Model};
use super::error::DoctorError;
use super::licences::entity::{LicenceId, LicenceStatus, Model as Licence};
use super::licences::store::Decision;
use super::licences::{self, ends_at};
use super::rules::{self, Event};
use super::store;
use crate::accounts::{self, AccountId};
use crate::app::App;
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;
use crate::{availability, consultations};

/// The licence is in force from now on. With the first one its doctor comes in.
pub async fn accept(app: &App, admin: AccountId, id: LicenceId) -> Result<Model, AppError> {
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let (licence, doctor) = to_decide(&txn, id).await?;
    let ends_at = ends_at(&licence.expires_on).filter(|ends_at| now < *ends_at).ok_or(DoctorError::LicenceExpired)?;
    if licences::store::count_documents(&txn, id).await? == 0 {
        return Err(DoctorError::DocumentsMissing.into());
    }
    if doctor.status == DoctorStatus::Applied {
        check_unused(&txn, doctor.account_id).await?;
        accounts::make_doctor(&txn, doctor.account_id, now).await?;
    }
    decide(&txn, &licence, Decision { status: LicenceStatus::Accepted, by: admin, at: now, reason: None }).await?;
    let status = move_on(&txn, &doctor, Event::LicenceAccepted, doctor.status_reason.clone()).await?;
    store::save_licence(&txn, &licence, ends_at, now).await?;
    availability::refresh(&txn, doctor.account_id, now).await?;
    txn.commit().await?;
    tracing::info!(doctor = %doctor.account_id, licence = %id, %admin, "a licence is accepted");
    tell(app, doctor.account_id, status).await
}

/// The licence does not do; the doctor reads why. An applicant is rejected, and may hand in another one.
pub async fn refuse(app: &App, admin: AccountId, id: LicenceId, reason: String) -> Result<Model, AppError> {
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let (licence, doctor) = to_decide(&txn, id).await?;
    let decision = Decision { status: LicenceStatus::Refused, by: admin, at: now, reason: Some(reason.clone()) };
    decide(&txn, &licence, decision).await?;
    let is_rejected = doctor.status == DoctorStatus::Applied;
    let reason = if is_rejected { Some(reason) } else { doctor.status_reason.clone() };
    let status = move_on(&txn, &doctor, Event::LicenceRefused, reason).await?;
    txn.commit().await?;
    tracing::info!(doctor = %doctor.account_id, licence = %id, %admin, "a licence is refused");
    tell(app, doctor.account_id, status).await
}

/// The doctor cannot be consulted any more: what has not begun is called off and paid back in full.
pub async fn suspend(app: &App, admin: AccountId, doctor: AccountId, reason: String) -> Result<Model, AppError> {
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let before = store::find(&txn, doctor).await?.ok_or_else(super::not_found)?;
    let status = move_on(&txn, &before, Event::Suspended, Some(reason)).await?;
    let called_off = consultations::call_off_all_of(&txn, doctor, now).await?;
    txn.commit().await?;
    tracing::info!(%doctor, %admin, "a doctor is suspended");
    consultations::tell_called_off(app, called_off).await;
    tell(app, doctor, status).await
}

pub async fn reinstate(app: &App, admin: AccountId, doctor: AccountId) -> Result<Model, AppError> {
    let txn = app.db.begin_write().await?;
    let before = store::find(&txn, doctor).await?.ok_or_else(super::not_found)?;
    let status = move_on(&txn, &before, Event::Reinstated, None).await?;
    txn.commit().await?;
    tracing::info!(%doctor, %admin, "a doctor is reinstated");
    tell(app, doctor, status).await
}

async fn to_decide(txn: &impl ConnectionTrait, id: LicenceId) -> Result<(Licence, Model), AppError> {
    let licence = licences::store::find(txn, id).await?.ok_or_else(LicenceId::not_found)?;
    if licence.status != LicenceStatus::Submitted {
        return Err(DoctorError::LicenceDecided.into());
    }
    let doctor = store::find(txn, licence.doctor_id).await?.ok_or_else(super::not_found)?;
    Ok((licence, doctor))
}

async fn decide(txn: &impl ConnectionTrait, licence: &Licence, decision: Decision) -> Result<(), AppError> {
    let is_first = licences::store::decide(txn, licence.id, decision).await?;
    if is_first { Ok(()) } else { Err(DoctorError::LicenceDecided.into()) }
}

async fn move_on(
    txn: &impl ConnectionTrait,
    before: &Model,
    event: Event,
    reason: Option<String>,
) -> Result<DoctorStatus, AppError> {
    let status = rules::transition(before.status, event)?;
    let is_first = store::save_status(txn, before, status, reason).await?;
    if is_first { Ok(status) } else { Err(DoctorError::ChangedMeanwhile.into()) }
}

async fn tell(app: &App, doctor: AccountId, status: DoctorStatus) -> Result<Model, AppError> {
    accounts::forget_sessions(app, doctor).await?;
    app.realtime.tell(&[doctor.0], "doctorStatusChanged", &json!({"status": status})).await;
    store::find(&app.db.write, doctor).await?.ok_or_else(super::not_found)
}

/// A doctor of the demo with a licence in force.
pub async fn import_licence(db: &impl ConnectionTrait, licence: Licence, now: Timestamp) -> Result<(), AppError> {
    licences::store::insert(db, licence.clone()).await?;
    if let Some(ends_at) = ends_at(&licence.expires_on).filter(|_| licence.status == LicenceStatus::Accepted) {
        store::save_licence(db, &licence, ends_at, now).await?;
    }
    Ok(())
}
