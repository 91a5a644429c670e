//! Keeps the next slots that the directory shows true while time passes.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{service, store};
use crate::app::{App, AppState};
use crate::platform::http::error::AppError;
use crate::platform::tasks;

const PERIOD: Duration = Duration::from_secs(10);
const BATCH: u64 = 200;

pub fn start(app: AppState, shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tasks::every(PERIOD, shutdown, move || {
        let app = app.clone();
        async move {
            if let Err(error) = recheck(&app).await {
                tracing::warn!(?error, "next slots could not be computed");
            }
        }
    })
}

/// Looks again at the next slots whose time has come.
pub async fn recheck(app: &App) -> Result<(), AppError> {
    let now = app.clock.now();
    for doctor in store::list_to_recheck(&app.db.read, now, BATCH).await? {
        let txn = app.db.begin_write().await?;
        service::refresh(&txn, doctor, now).await?;
        txn.commit().await?;
    }
    Ok(())
}
