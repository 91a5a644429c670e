//! Pictures of a licence: added while it waits for a decision, seen by its doctor and the operator.

use sea_orm::ConnectionTrait;

use super::entity::document::{self, DocumentId};
use super::entity::{LicenceId, LicenceStatus, Model};
use super::store;
use crate::accounts::{Account, AccountId, CurrentUser, Role};
use crate::doctors::Doctors;
use crate::doctors::error::DoctorError;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::images::Shape;
use platform::pictures;
use platform::uploads::Upload;

/// Of one licence.
pub const MOST_DOCUMENTS: u64 = 6;

/// Checks that somebody may add a picture, before anything of it is read.
pub async fn may_add(doctors: &Doctors, doctor: AccountId, id: LicenceId) -> Result<Model, AppError> {
    let found = store::find(&doctors.db.read, id).await?.filter(|licence| licence.doctor_id == doctor);
    let licence = found.ok_or_else(LicenceId::not_found)?;
    check_room(&doctors.db.read, &licence).await?;
    Ok(licence)
}

async fn check_room(db: &impl ConnectionTrait, licence: &Model) -> Result<(), AppError> {
    if licence.status != LicenceStatus::Submitted {
        return Err(DoctorError::LicenceDecided.into());
    }
    if store::count_documents(db, licence.id).await? >= MOST_DOCUMENTS {
        return Err(DoctorError::TooManyDocuments.into());
    }
    Ok(())
}

/// Keeps a picture.
pub async fn add(doctors: &Doctors, licence: &Model, upload: Upload) -> Result<(), AppError> {
    let id = DocumentId::new();
    let key = id.storage_key(licence.id);
    let kept = doctors.pictures.keep(&key, licence.doctor_id.0, upload, Shape::Photo).await?;
    let document =
        document::Model { id, licence_id: licence.id, byte_size: kept.byte_size, created_at: doctors.clock.now() };
    let txn = doctors.db.begin_write().await?;
    // Counted and added by one at a time, else two at once would pass the limit.
    Account::lock(&txn, licence.doctor_id).await?;
    let now = store::find(&txn, licence.id).await?.ok_or_else(LicenceId::not_found)?;
    check_room(&txn, &now).await?;
    document::Model::insert(&txn, document).await?;
    pictures::settle(&txn, &key).await?;
    txn.commit().await?;
    Ok(())
}

/// A document that the caller may see.
pub async fn find(doctors: &Doctors, me: &CurrentUser, id: DocumentId) -> Result<document::Model, AppError> {
    let db = &doctors.db.read;
    let document = store::find_document(db, id).await?.ok_or_else(DocumentId::not_found)?;
    let licence = store::find(db, document.licence_id).await?.ok_or_else(DocumentId::not_found)?;
    let may_see = me.role == Role::Admin || licence.doctor_id == me.id;
    if may_see { Ok(document) } else { Err(DocumentId::not_found()) }
}
