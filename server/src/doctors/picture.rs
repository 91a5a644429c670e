//! The face of a doctor: one picture, written anew, replaced as a whole, seen by everybody.

use anyhow::Context;

use super::entity::{Model, PictureId};
use super::{Doctors, store};
use crate::accounts::{self, AccountId};
use platform::http::error::AppError;
use platform::images;
use platform::uploads::Upload;

/// Keeps another picture; the object comes first, since a row without its object would be a broken picture.
pub async fn replace(doctors: &Doctors, me: AccountId, upload: Upload) -> Result<Model, AppError> {
    let portrait = doctors.pictures.work(upload, images::portrait).await??;
    let picture = PictureId::new();
    let size = i32::try_from(portrait.len()).context("a portrait of gigabytes")?;
    let known = store::find(&doctors.db.read, me).await?.ok_or_else(super::not_found)?;
    doctors.pictures.storage.put(&known.picture_key(picture), portrait.into()).await?;

    let txn = doctors.db.begin_write().await?;
    accounts::lock(&txn, me).await?;
    let before = store::find(&txn, me).await?.ok_or_else(super::not_found)?;
    store::save_picture(&txn, me, (picture, size)).await?;
    // The address names the picture, so that nobody keeps showing the one before.
    let url = format!("/api/doctors/{me}/picture?v={picture}");
    accounts::show_picture(&txn, me, url, doctors.clock.now()).await?;
    txn.commit().await?;
    accounts::forget_sessions(&doctors.accounts, me).await?;
    forget(doctors, &before).await;
    Ok(Model { picture_id: Some(picture), picture_size: Some(size), ..before })
}

/// Deletes the picture that was there before. Should that fail, it is only rubbish.
async fn forget(doctors: &Doctors, before: &Model) {
    let Some(old) = before.picture_id else { return };
    if let Err(error) = doctors.pictures.storage.delete(&before.picture_key(old)).await {
        tracing::warn!(doctor = %before.account_id, ?error, "the former picture of a doctor could not be deleted");
    }
}
