//! The operator's side: licences are accepted or refused, doctors suspended and let in again.

use sea_orm::ConnectionTrait;

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
use crate::availability;
use crate::consultations::{self, CallOffAll};
use crate::events::{self, Work};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;

/// The licence is in force from now on, unless one is that ends later. With the first one its doctor comes in.
pub async fn accept(app: &App, admin: AccountId, id: LicenceId) -> Result<Model, AppError> {
    let now = app.clock.now();
    let work = Work::begin(&app.db, app.clock.now()).await?;
    let (licence, doctor) = to_decide(&*work, id).await?;
    let ends_at = ends_at(&licence.expires_on).filter(|ends_at| now < *ends_at).ok_or(DoctorError::LicenceExpired)?;
    if licences::store::count_documents(&*work, id).await? == 0 {
        return Err(DoctorError::DocumentsMissing.into());
    }
    if doctor.status == DoctorStatus::Applied {
        check_unused(&*work, doctor.account_id).await?;
        accounts::make_doctor(&*work, doctor.account_id, now).await?;
    }
    decide(&*work, &licence, Decision { status: LicenceStatus::Accepted, by: admin, at: now, reason: None }).await?;
    let status = move_on(&*work, &doctor, Event::LicenceAccepted, doctor.status_reason.clone()).await?;
    if is_longest(&doctor, ends_at) {
        store::save_licence(&*work, &licence, ends_at, now).await?;
    }
    availability::refresh(&*work, doctor.account_id, now).await?;
    tell(app, work, doctor.account_id, status).await.inspect(|_| {
        tracing::info!(doctor = %doctor.account_id, licence = %id, %admin, "a licence is accepted");
    })
}

/// Whether no licence in force ends later: what may be booked beyond this one's end stays bookable.
fn is_longest(doctor: &Model, ends_at: Timestamp) -> bool {
    doctor.licence_ends_at.is_none_or(|in_force| in_force <= ends_at)
}

/// The licence does not do; the doctor reads why. An applicant is rejected, and may hand in another one.
pub async fn refuse(app: &App, admin: AccountId, id: LicenceId, reason: String) -> Result<Model, AppError> {
    let now = app.clock.now();
    let work = Work::begin(&app.db, app.clock.now()).await?;
    let (licence, doctor) = to_decide(&*work, id).await?;
    let decision = Decision { status: LicenceStatus::Refused, by: admin, at: now, reason: Some(reason.clone()) };
    decide(&*work, &licence, decision).await?;
    let is_rejected = doctor.status == DoctorStatus::Applied;
    let reason = if is_rejected { Some(reason) } else { doctor.status_reason.clone() };
    let status = move_on(&*work, &doctor, Event::LicenceRefused, reason).await?;
    tell(app, work, doctor.account_id, status).await.inspect(|_| {
        tracing::info!(doctor = %doctor.account_id, licence = %id, %admin, "a licence is refused");
    })
}

/// The doctor cannot be consulted any more: what has not begun is called off and paid back in full.
pub async fn suspend(app: &App, admin: AccountId, doctor: AccountId, reason: String) -> Result<Model, AppError> {
    let mut work = Work::begin(&app.db, app.clock.now()).await?;
    let before = store::find(&*work, doctor).await?.ok_or_else(super::not_found)?;
    let status = move_on(&*work, &before, Event::Suspended, Some(reason)).await?;
    // Each purchase is a lock of its own: it is called off after this, by the job, and at once where that is possible. A job
    // of an earlier suspension that runs at this moment is not enough.
    let call_off = CallOffAll { doctor };
    let now = work.now();
    work.schedule(&call_off, now).await?;
    let suspended = tell(app, work, doctor, status).await?;
    tracing::info!(%doctor, %admin, "a doctor is suspended");
    if let Err(error) = consultations::call_off_all(app, call_off).await {
        tracing::warn!(%doctor, error = error.for_log(), "not everything is called off yet; the job goes on");
    }
    Ok(suspended)
}

pub async fn reinstate(app: &App, admin: AccountId, doctor: AccountId) -> Result<Model, AppError> {
    let work = Work::begin(&app.db, app.clock.now()).await?;
    let before = store::find(&*work, doctor).await?.ok_or_else(super::not_found)?;
    let status = move_on(&*work, &before, Event::Reinstated, None).await?;
    tell(app, work, doctor, status).await.inspect(|_| tracing::info!(%doctor, %admin, "a doctor is reinstated"))
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

/// Commits what became of a doctor, and tells it.
async fn tell(app: &App, mut work: Work, doctor: AccountId, status: DoctorStatus) -> Result<Model, AppError> {
    work.tell(events::Event::DoctorStatusChanged { doctor, status });
    work.commit(app).await?;
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
