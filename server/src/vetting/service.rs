//! Applications, and what the operator decides of doctors.

use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::Vetting;
use crate::accounts::{Account, AccountId};
use crate::availability::Schedule;
use crate::consultations::{CallOffAll, Consultation};
use crate::doctors::application::{self, Application};
use crate::doctors::licences::LicenceId;
use crate::doctors::{Doctor, DoctorError, DoctorStatus, decisions};
use crate::events::Work;
use crate::pets::Pet;
use platform::audit::{self, Deed};
use platform::http::error::AppError;

/// Somebody who is neither an owner nor a doctor yet applies with a first licence.
pub async fn apply(vetting: &Vetting, me: AccountId, application: Application) -> Result<Doctor, AppError> {
    let txn = vetting.db.begin_write().await?;
    check_unused(&txn, me).await?;
    let doctor = application::apply(&txn, me, application, vetting.clock.now()).await?;
    txn.commit().await?;
    Ok(doctor)
}

/// An owner's account stays an owner's: a vet's consultations and an owner's do not mix.
async fn check_unused(txn: &impl ConnectionTrait, account: AccountId) -> Result<(), AppError> {
    // Held, so that no pet comes between the look and the deed.
    Account::lock(txn, account).await?;
    if Pet::has_any(txn, account).await? || Consultation::is_owner_of_any(txn, account).await? {
        return Err(DoctorError::AccountInUse.into());
    }
    Ok(())
}

/// A licence is proved; with the first one its doctor comes in.
pub async fn accept(vetting: &Vetting, admin: AccountId, id: LicenceId) -> Result<Doctor, AppError> {
    let mut work = Work::begin(&vetting.db, vetting.clock.now()).await?;
    let before = decisions::accept(&mut work, admin, id).await?;
    let doctor = before.account_id;
    if before.status == DoctorStatus::Applied {
        check_unused(&*work, doctor).await?;
    }
    Schedule::refresh(&*work, doctor, work.now()).await?;
    note(&work, admin, "licence.accepted", id.0, None).await?;
    work.commit(&vetting.audience).await?;
    find(vetting, doctor).await
}

/// A licence does not do; the doctor reads why.
pub async fn refuse(vetting: &Vetting, admin: AccountId, id: LicenceId, reason: String) -> Result<Doctor, AppError> {
    let mut work = Work::begin(&vetting.db, vetting.clock.now()).await?;
    let doctor = decisions::refuse(&mut work, admin, id, &reason).await?.account_id;
    note(&work, admin, "licence.refused", id.0, Some(&reason)).await?;
    work.commit(&vetting.audience).await?;
    find(vetting, doctor).await
}

/// A doctor cannot be consulted any more: what has not begun is called off and paid back in full.
pub async fn suspend(
    vetting: &Vetting,
    admin: AccountId,
    doctor: AccountId,
    reason: String,
) -> Result<Doctor, AppError> {
    let mut work = Work::begin(&vetting.db, vetting.clock.now()).await?;
    decisions::suspend(&mut work, doctor, &reason).await?;
    note(&work, admin, "doctor.suspended", doctor.0, Some(&reason)).await?;
    // Each purchase is a lock of its own: it is called off after this, by the job, and at once where that is possible. A job
    // of an earlier suspension that runs at this moment is not enough.
    let call_off = CallOffAll { doctor };
    let now = work.now();
    work.schedule(&call_off, now).await?;
    work.commit(&vetting.audience).await?;
    if let Err(error) = vetting.consultations.call_off_all(call_off).await {
        tracing::warn!(%doctor, error = error.for_log(), "not everything is called off yet; the job goes on");
    }
    find(vetting, doctor).await
}

pub async fn reinstate(vetting: &Vetting, admin: AccountId, doctor: AccountId) -> Result<Doctor, AppError> {
    let mut work = Work::begin(&vetting.db, vetting.clock.now()).await?;
    decisions::reinstate(&mut work, doctor).await?;
    note(&work, admin, "doctor.reinstated", doctor.0, None).await?;
    work.commit(&vetting.audience).await?;
    find(vetting, doctor).await
}

async fn note(
    work: &Work,
    admin: AccountId,
    action: &'static str,
    subject: Uuid,
    reason: Option<&str>,
) -> Result<(), DbErr> {
    audit::write(work, Deed { actor: Some(admin.0), action, subject, reason }, work.now()).await
}

async fn find(vetting: &Vetting, doctor: AccountId) -> Result<Doctor, AppError> {
    Doctor::find(&vetting.db.write, doctor).await?.ok_or_else(Doctor::not_found)
}
