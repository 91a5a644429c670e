//! A vet applies, hands in licences, and changes what owners read.

use sea_orm::ConnectionTrait;

use super::entity::Model;
use super::error::DoctorError;
use super::licences::entity::{LicenceId, LicenceStatus, Model as Licence};
use super::licences::{self, Licensed};
pub use super::rules::Given;
use super::rules::{self, Event, Profile};
use super::{Doctors, store};
use crate::accounts::{Account, AccountId};
use platform::clock::Timestamp;
use platform::db::unless_taken;
use platform::http::error::AppError;
use platform::http::validate::Check;

/// What somebody applies with, once it is checked.
pub struct Application {
    profile: Profile,
    licensed: Licensed,
}

impl Application {
    pub fn read(given: Given, licence: licences::Given, now: Timestamp) -> Result<Self, AppError> {
        let mut check = Check::new();
        let (profile, _) = rules::describe(&mut check, None, Given { username: None, ..given });
        let licensed = licences::read(&mut check, "licence.", licence, now);
        check.finish()?;
        Ok(Self { profile, licensed })
    }
}

/// Somebody applies with a first licence, inside the caller's transaction.
pub async fn apply(
    txn: &impl ConnectionTrait,
    me: AccountId,
    Application { profile, licensed }: Application,
    now: Timestamp,
) -> Result<Model, AppError> {
    let doctor = applicant(me, profile, &licensed, now);
    Model::create(txn, doctor.clone()).await.map_err(|error| unless_taken(error, DoctorError::AlreadyApplied))?;
    hand_in(txn, me, licensed, now).await?;
    Ok(doctor)
}

fn applicant(id: AccountId, profile: Profile, licensed: &Licensed, now: Timestamp) -> Model {
    Model {
        specialization: profile.specialization,
        experience_years: profile.experience_years,
        licence_number: licensed.number.clone(),
        base_price: profile.base_price,
        bio: profile.bio,
        species_mask: profile.species_mask,
        language_mask: profile.language_mask,
        ..Model::blank(id, now)
    }
}

async fn hand_in(
    txn: &impl ConnectionTrait,
    doctor: AccountId,
    licensed: Licensed,
    now: Timestamp,
) -> Result<(), AppError> {
    let licence = Licence {
        id: LicenceId::new(),
        doctor_id: doctor,
        kind: licensed.kind,
        number: licensed.number,
        issuer: licensed.issuer,
        expires_on: licensed.expires_on,
        status: LicenceStatus::Submitted,
        reason: None,
        decided_by: None,
        submitted_at: now,
        decided_at: None,
    };
    let inserted = licences::store::insert(txn, licence).await;
    inserted.map_err(|error| unless_taken(error, DoctorError::LicenceAlreadySubmitted))
}

/// Another licence, which is checked while the one before holds; it lets somebody who was rejected apply again.
pub async fn renew(doctors: &Doctors, me: AccountId, given: licences::Given) -> Result<Model, AppError> {
    let now = doctors.clock.now();
    let mut check = Check::new();
    let licensed = licences::read(&mut check, "", given, now);
    check.finish()?;
    let txn = doctors.db.begin_write().await?;
    let doctor = Model::find(&txn, me).await?.ok_or_else(Model::not_found)?;
    let status = rules::transition(doctor.status, Event::LicenceSubmitted)?;
    hand_in(&txn, me, licensed, now).await?;
    let reason = doctor.status_reason.clone().filter(|_| status == doctor.status);
    store::save_status(&txn, &doctor, status, reason.clone()).await?.or(DoctorError::ChangedMeanwhile)?;
    txn.commit().await?;
    Ok(Model { status, status_reason: reason, ..doctor })
}

/// What owners read from now on. A price is for what is bought from now on: quotes stay as they are.
pub async fn change(doctors: &Doctors, me: AccountId, given: Given) -> Result<Model, AppError> {
    let txn = doctors.db.begin_write().await?;
    // What is left out stays as another device may just have changed it.
    Account::lock(&txn, me).await?;
    let before = Model::find(&txn, me).await?.ok_or_else(Model::not_found)?;
    let mut check = Check::new();
    let (profile, username) = rules::describe(&mut check, Some(&before), given);
    check.finish()?;
    store::save_profile(&txn, me, &profile).await?;
    if let Some(username) = username {
        Account::rename(&txn, me, username, doctors.clock.now()).await?;
    }
    store::index(&txn, me).await?;
    txn.commit().await?;
    doctors.accounts.forget_sessions(me).await?;
    Model::find(&doctors.db.write, me).await?.ok_or_else(Model::not_found)
}
