//! What nobody finished and what nobody sent is deleted after a day, again and again, so that a crash only delays it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::entity::upload;
use super::{rules, store};
use crate::chat::Chat;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::jobs::{Job, Lane, Outcome, Ran};
use platform::pictures;

#[derive(Debug, Serialize, Deserialize)]
pub struct SweepPictures {}

impl Job for SweepPictures {
    const KIND: &'static str = "chat.sweep_pictures";
    const LANE: Lane = Lane::Upkeep;
    const TRIES: i32 = i32::MAX;

    fn key(&self) -> String {
        "all".to_owned()
    }
}

const EVERY: Duration = Duration::from_secs(600);
const BATCH: u64 = 200;

/// Deletes uploads that have expired, then pictures that were never sent, until none is left.
pub async fn sweep(chat: &Chat, _: SweepPictures) -> Ran {
    let now = chat.clock.now();
    while sweep_uploads(chat, now).await? == BATCH {}
    // The upload of a picture is older than the picture: it is gone by now.
    while sweep_unsent(chat, now - rules::KEPT_UNFINISHED - rules::SWEEP_GRACE).await? == BATCH {}
    Ok(Outcome::Again(now + EVERY))
}

/// One that cannot be deleted keeps no other from being deleted. How many were.
async fn sweep_uploads(chat: &Chat, now: Timestamp) -> Result<u64, AppError> {
    let mut deleted = 0;
    for upload in store::list_expired(&chat.db.read, now - rules::SWEEP_GRACE, BATCH).await? {
        match discard(chat, &upload).await {
            Ok(()) => deleted += 1,
            Err(error) => tracing::warn!(upload = %upload.id, error = error.for_log(), "an upload was not swept"),
        }
    }
    Ok(deleted)
}

async fn sweep_unsent(chat: &Chat, before: Timestamp) -> Result<u64, AppError> {
    let mut deleted = 0;
    for picture in store::list_unsent(&chat.db.read, before, BATCH).await? {
        let key = picture.storage_key();
        let txn = chat.db.begin_write().await?;
        if store::delete_unsent(&txn, picture.id).await? {
            pictures::release(&txn, &key).await?;
            txn.commit().await?;
            chat.pictures.delete(&key).await;
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// Deletes an upload; its pieces first, since afterwards nothing would know of them.
pub async fn discard(chat: &Chat, upload: &upload::Model) -> Result<(), AppError> {
    chat.pictures.storage.delete_folder(&upload.storage_folder()).await?;
    store::delete_upload(&chat.db.write, upload.id).await?;
    Ok(())
}

/// Deletes the pieces of an upload that has ended. What stays when that fails, or for a backup that is being taken, goes with
/// the upload itself.
pub async fn forget_pieces(chat: &Chat, upload: &upload::Model) {
    if chat.pictures.storage.is_held().await {
        return;
    }
    if let Err(error) = chat.pictures.storage.delete_folder(&upload.storage_folder()).await {
        tracing::warn!(upload = %upload.id, ?error, "the pieces of an upload could not be deleted");
    }
}
