//! The face of a pet: one photo, written anew, replaced as a whole.

use anyhow::Context;

use super::entity::{Model, PetId, PhotoId};
use super::{Pets, service, store};
use crate::accounts::AccountId;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::images;
use platform::uploads::Upload;

/// Checks that somebody may replace a photo, before anything of it is read.
pub async fn may_replace(pets: &Pets, owner: AccountId, id: PetId) -> Result<(), AppError> {
    service::unarchived(store::find_own(&pets.db.read, owner, id).await?).map(|_| ())
}

/// Keeps another photo; the object comes first, since a row without its object would be a broken picture.
pub async fn replace(pets: &Pets, owner: AccountId, id: PetId, upload: Upload) -> Result<(), AppError> {
    let portrait = pets.pictures.work(upload, images::portrait).await??;
    let photo = PhotoId::new();
    let size = i32::try_from(portrait.len()).context("a portrait of gigabytes")?;
    let known = store::find_own(&pets.db.read, owner, id).await?.ok_or_else(PetId::not_found)?;
    pets.pictures.storage.put(&known.photo_key(photo), portrait.into()).await?;

    let txn = pets.db.begin_write().await?;
    let before = service::to_change(&txn, owner, id).await?;
    store::save_photo(&txn, id, (photo, size), pets.clock.now()).await?;
    txn.commit().await?;
    forget(pets, &before).await;
    Ok(())
}

/// Deletes the photo that was there before. Should that fail, it is only rubbish.
async fn forget(pets: &Pets, before: &Model) {
    let Some(old) = before.photo_id else { return };
    if let Err(error) = pets.pictures.storage.delete(&before.photo_key(old)).await {
        tracing::warn!(pet = %before.id, ?error, "the former photo of a pet could not be deleted");
    }
}
