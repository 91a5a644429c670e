//! What nobody finished and what nobody sent is deleted after a day, again and again, so that a crash only delays it.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::entity::upload;
use super::{rules, store};
use crate::app::{App, AppState};
use crate::platform::http::error::AppError;
use crate::platform::tasks;

const EVERY: Duration = Duration::from_secs(600);
const BATCH: u64 = 200;

pub fn start(app: AppState, shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tasks::every(EVERY, shutdown, move || {
        let app = app.clone();
        async move {
            if let Err(error) = sweep(&app).await {
                tracing::warn!(?error, "forgotten uploads could not be swept");
            }
        }
    })
}

/// Deletes uploads that have expired, then pictures that were never sent.
pub async fn sweep(app: &App) -> Result<(), AppError> {
    let now = app.clock.now();
    for upload in store::list_expired(&app.db.read, now - rules::SWEEP_GRACE, BATCH).await? {
        discard(app, &upload).await?;
    }
    // The upload of a picture is older than the picture: it is gone by now.
    let before = now - rules::KEPT_UNFINISHED - rules::SWEEP_GRACE;
    for picture in store::list_unsent(&app.db.read, before, BATCH).await? {
        if store::delete_unsent(&app.db.write, picture.id).await? {
            app.storage.delete(&picture.storage_key()).await?;
            app.storage.delete(&picture.thumbnail_key()).await?;
        }
    }
    Ok(())
}

/// Deletes an upload; its pieces first, since afterwards nothing would know of them.
pub async fn discard(app: &App, upload: &upload::Model) -> Result<(), AppError> {
    app.storage.delete_folder(&upload.storage_folder()).await?;
    store::delete_upload(&app.db.write, upload.id).await?;
    Ok(())
}

/// Deletes the pieces of an upload that has ended. What stays when that fails goes with the upload itself.
pub async fn forget_pieces(app: &App, upload: &upload::Model) {
    if let Err(error) = app.storage.delete_folder(&upload.storage_folder()).await {
        tracing::warn!(upload = %upload.id, ?error, "the pieces of an upload could not be deleted");
    }
}
