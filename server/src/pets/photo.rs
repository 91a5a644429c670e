//! The face of a pet: one photo, written anew, replaced as a whole.

use super::entity::{PetId, PhotoId};
use super::{Pet, Pets, service, store};
use crate::accounts::AccountId;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::images::Shape;
use platform::pictures;
use platform::uploads::Upload;

/// Checks that somebody may replace a photo, before anything of it is read.
pub async fn may_replace(pets: &Pets, owner: AccountId, id: PetId) -> Result<(), AppError> {
    service::unarchived(Pet::find_own(&pets.db.read, owner, id).await?).map(|_| ())
}

/// Keeps another photo, and deletes the one that was there before.
pub async fn replace(pets: &Pets, owner: AccountId, id: PetId, upload: Upload) -> Result<(), AppError> {
    let known = Pet::find_own(&pets.db.read, owner, id).await?.ok_or_else(PetId::not_found)?;
    let photo = PhotoId::new();
    let key = known.photo_key(photo);
    let kept = pets.pictures.keep(&key, owner.0, upload, Shape::Portrait).await?;

    let txn = pets.db.begin_write().await?;
    let before = service::to_change(&txn, owner, id).await?;
    store::save_photo(&txn, id, (photo, kept.byte_size), pets.clock.now()).await?;
    pictures::settle(&txn, &key).await?;
    let former = before.photo_id.map(|former| before.photo_key(former));
    if let Some(former) = &former {
        pictures::release(&txn, former).await?;
    }
    txn.commit().await?;
    if let Some(former) = former {
        pets.pictures.delete(&former).await;
    }
    Ok(())
}
