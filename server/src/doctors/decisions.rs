//! Licences are accepted or refused, doctors suspended and let in again, inside the unit of work of who decides it
//! (`vetting`).

use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::entity::{DoctorStatus, Model};
use super::error::DoctorError;
use super::licences::entity::{LicenceId, LicenceStatus, Model as Licence};
use super::licences::store::Decision;
use super::licences::{self, ends_at};
pub use super::rules::check_reason;
use super::rules::{self, Event};
use super::{Doctors, store};
use crate::accounts::{Account, AccountId};
use crate::events::{Event as News, Work};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::realtime;

/// The licence is in force from now on, unless one is that ends later. With the first one its doctor comes in. Answers the
/// doctor of before.
pub async fn accept(work: &mut Work, admin: AccountId, id: LicenceId) -> Result<Model, AppError> {
    let now = work.now();
    let (licence, doctor) = to_decide(&**work, id).await?;
    let ends_at = ends_at(&licence.expires_on).filter(|ends_at| now < *ends_at).ok_or(DoctorError::LicenceExpired)?;
    if licences::store::count_documents(&**work, id).await? == 0 {
        return Err(DoctorError::DocumentsMissing.into());
    }
    if doctor.status == DoctorStatus::Applied {
        Account::make_doctor(&**work, doctor.account_id, now).await?;
    }
    decide(&**work, &licence, Decision { status: LicenceStatus::Accepted, by: admin, at: now, reason: None }).await?;
    move_on(work, &doctor, Event::LicenceAccepted, doctor.status_reason.clone()).await?;
    if is_longest(&doctor, ends_at) {
        store::save_licence(&**work, &licence, ends_at, now).await?;
    }
    Ok(doctor)
}

/// Whether no licence in force ends later: what may be booked beyond this one's end stays bookable.
fn is_longest(doctor: &Model, ends_at: Timestamp) -> bool {
    doctor.licence_ends_at.is_none_or(|in_force| in_force <= ends_at)
}

/// The licence does not do; the doctor reads why. An applicant is rejected, and may hand in another one. Answers the doctor
/// of before.
pub async fn refuse(work: &mut Work, admin: AccountId, id: LicenceId, reason: &str) -> Result<Model, AppError> {
    let (licence, doctor) = to_decide(&**work, id).await?;
    let decision =
        Decision { status: LicenceStatus::Refused, by: admin, at: work.now(), reason: Some(reason.to_owned()) };
    decide(&**work, &licence, decision).await?;
    let is_rejected = doctor.status == DoctorStatus::Applied;
    let reason = if is_rejected { Some(reason.to_owned()) } else { doctor.status_reason.clone() };
    move_on(work, &doctor, Event::LicenceRefused, reason).await?;
    Ok(doctor)
}

/// The doctor cannot be consulted any more.
pub async fn suspend(work: &mut Work, doctor: AccountId, reason: &str) -> Result<(), AppError> {
    let before = Model::find(&**work, doctor).await?.ok_or_else(Model::not_found)?;
    move_on(work, &before, Event::Suspended, Some(reason.to_owned())).await
}

pub async fn reinstate(work: &mut Work, doctor: AccountId) -> Result<(), AppError> {
    let before = Model::find(&**work, doctor).await?.ok_or_else(Model::not_found)?;
    move_on(work, &before, Event::Reinstated, None).await
}

async fn to_decide(txn: &impl ConnectionTrait, id: LicenceId) -> Result<(Licence, Model), AppError> {
    let licence = licences::store::find(txn, id).await?.ok_or_else(LicenceId::not_found)?;
    if licence.status != LicenceStatus::Submitted {
        return Err(DoctorError::LicenceDecided.into());
    }
    let doctor = Model::find(txn, licence.doctor_id).await?.ok_or_else(Model::not_found)?;
    Ok((licence, doctor))
}

async fn decide(txn: &impl ConnectionTrait, licence: &Licence, decision: Decision) -> Result<(), AppError> {
    Ok(licences::store::decide(txn, licence.id, decision).await?.or(DoctorError::LicenceDecided)?)
}

async fn move_on(work: &mut Work, before: &Model, event: Event, reason: Option<String>) -> Result<(), AppError> {
    let status = rules::transition(before.status, event)?;
    store::save_status(&**work, before, status, reason).await?.or(DoctorError::ChangedMeanwhile)?;
    work.tell(News::DoctorStatusChanged { doctor: before.account_id, status });
    Ok(())
}

/// A decision was committed: the doctor's sessions look at the account anew, and the devices are told.
pub async fn tell_status(doctors: &Doctors, doctor: AccountId, status: DoctorStatus) {
    if let Err(error) = doctors.accounts.forget_sessions(doctor).await {
        tracing::warn!(%doctor, error = error.for_log(), "sessions look at the account again only later");
    }
    doctors.realtime.tell(&[doctor.0], &DoctorStatusChanged { status }).await;
}

/// Whether the doctor may be consulted has changed.
#[derive(Serialize, ToSchema)]
pub struct DoctorStatusChanged {
    status: DoctorStatus,
}

impl realtime::Event for DoctorStatusChanged {
    const NAME: &'static str = "doctorStatusChanged";
}

impl Licence {
    /// A doctor of the demo with a licence in force.
    pub async fn import(db: &impl ConnectionTrait, licence: Self, now: Timestamp) -> Result<(), AppError> {
        licences::store::insert(db, licence.clone()).await?;
        if let Some(ends_at) = ends_at(&licence.expires_on).filter(|_| licence.status == LicenceStatus::Accepted) {
            store::save_licence(db, &licence, ends_at, now).await?;
        }
        Ok(())
    }
}
