//! The face of a doctor: one picture, written anew, replaced as a whole, seen by everybody.

use super::entity::{Model, PictureId};
use super::{Doctors, store};
use crate::accounts::{Account, AccountId};
use platform::http::error::AppError;
use platform::images::Shape;
use platform::pictures;
use platform::uploads::Upload;

/// Keeps another picture, and deletes the one that was there before.
pub async fn replace(doctors: &Doctors, me: AccountId, upload: Upload) -> Result<Model, AppError> {
    let known = Model::find(&doctors.db.read, me).await?.ok_or_else(Model::not_found)?;
    let picture = PictureId::new();
    let key = known.picture_key(picture);
    let kept = doctors.pictures.keep(&key, me.0, upload, Shape::Portrait).await?;

    let txn = doctors.db.begin_write().await?;
    Account::lock(&txn, me).await?;
    let before = Model::find(&txn, me).await?.ok_or_else(Model::not_found)?;
    store::save_picture(&txn, me, (picture, kept.byte_size)).await?;
    pictures::settle(&txn, &key).await?;
    let former = before.picture_id.map(|former| before.picture_key(former));
    if let Some(former) = &former {
        pictures::release(&txn, former).await?;
    }
    // The address names the picture, so that nobody keeps showing the one before.
    let url = format!("/api/doctors/{me}/picture?v={picture}");
    Account::show_picture(&txn, me, url, doctors.clock.now()).await?;
    txn.commit().await?;
    doctors.accounts.forget_sessions(me).await?;
    if let Some(former) = former {
        doctors.pictures.delete(&former).await;
    }
    Ok(Model { picture_id: Some(picture), picture_size: Some(kept.byte_size), ..before })
}
