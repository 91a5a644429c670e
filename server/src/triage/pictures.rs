//! Pictures beside an intake: added by the owner before it is used, seen by the owner and the vet.

use sea_orm::ConnectionTrait;

use super::entity::{IntakeId, IntakePictureId, Model, picture};
use super::error::IntakeError;
use super::{Triage, store};
use crate::accounts::{Account, AccountId};
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::images::Shape;
use platform::pictures;
use platform::uploads::Upload;

/// Of one intake.
pub const MOST_PICTURES: u64 = 4;

/// Checks that somebody may add a picture, before anything of it is read.
pub async fn may_add(triage: &Triage, owner: AccountId, id: IntakeId) -> Result<Model, AppError> {
    let intake = store::find_own(&triage.db.read, owner, id).await?.ok_or_else(IntakeId::not_found)?;
    check_room(&triage.db.read, &intake).await?;
    Ok(intake)
}

async fn check_room(db: &impl ConnectionTrait, intake: &Model) -> Result<(), AppError> {
    if intake.consultation_id.is_some() {
        return Err(IntakeError::Used.into());
    }
    if store::count_pictures(db, intake.id).await? >= MOST_PICTURES {
        return Err(IntakeError::TooManyPictures.into());
    }
    Ok(())
}

/// Keeps a picture.
pub async fn add(triage: &Triage, intake: &Model, upload: Upload) -> Result<(), AppError> {
    let id = IntakePictureId::new();
    let key = picture::storage_key(intake.id, id);
    let kept = triage.pictures.keep(&key, intake.owner_id.0, upload, Shape::Photo).await?;
    let picture = picture::Model {
        id,
        intake_id: intake.id,
        width: kept.width,
        height: kept.height,
        byte_size: kept.byte_size,
        created_at: triage.clock.now(),
    };
    let txn = triage.db.begin_write().await?;
    // Counted and added by one at a time, else two at once would pass the limit.
    Account::lock(&txn, intake.owner_id).await?;
    let now = store::find(&txn, intake.id).await?.ok_or_else(IntakeId::not_found)?;
    check_room(&txn, &now).await?;
    store::insert_picture(&txn, picture).await?;
    pictures::settle(&txn, &key).await?;
    txn.commit().await?;
    Ok(())
}

impl picture::Model {
    /// A picture with the intake that it is beside.
    pub async fn find(db: &impl ConnectionTrait, id: IntakePictureId) -> Result<(Self, Model), AppError> {
        let picture = store::find_picture(db, id).await?.ok_or_else(IntakePictureId::not_found)?;
        let intake = store::find(db, picture.intake_id).await?.ok_or_else(IntakePictureId::not_found)?;
        Ok((picture, intake))
    }
}
