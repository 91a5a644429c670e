//! What was said and led to no consultation is nobody's business after a week.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::entity::Model;
use super::store;
use crate::app::{App, AppState};
use crate::platform::http::error::AppError;
use crate::platform::tasks;

const EVERY: Duration = Duration::from_secs(3600);
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);
const BATCH: u64 = 200;

pub fn start(app: AppState, shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tasks::every(EVERY, shutdown, move || {
        let app = app.clone();
        async move {
            if let Err(error) = sweep(&app).await {
                tracing::warn!(?error, "unused intakes could not be swept");
            }
        }
    })
}

/// Deletes intakes that were never used, with their pictures.
pub async fn sweep(app: &App) -> Result<(), AppError> {
    for intake in store::list_unused(&app.db.read, app.clock.now() - KEPT, BATCH).await? {
        delete(app, &intake).await?;
    }
    Ok(())
}

async fn delete(app: &App, intake: &Model) -> Result<(), AppError> {
    let pictures = store::pictures_of(&app.db.read, intake.id).await?;
    let txn = app.db.begin_write().await?;
    if !store::delete_unused(&txn, intake.id).await? {
        return Ok(());
    }
    txn.commit().await?;
    // Objects without a row are only rubbish; rows without an object would be broken pictures.
    for picture in pictures {
        app.storage.delete(&picture.storage_key()).await?;
    }
    Ok(())
}
