//! What happens to consultations by itself when its time has come.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{life, store};
use crate::app::{App, AppState};
use crate::platform::http::error::AppError;
use crate::platform::tasks;

const PERIOD: Duration = Duration::from_secs(2);
const BATCH: u64 = 100;

pub fn start(app: AppState, shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tasks::every(PERIOD, shutdown, move || {
        let app = app.clone();
        async move {
            if let Err(error) = work_off(&app).await {
                tracing::warn!(?error, "what is due of consultations could not be done");
            }
        }
    })
}

/// Does everything that is due.
pub async fn work_off(app: &App) -> Result<(), AppError> {
    for id in store::list_due(&app.db.read, app.clock.now(), BATCH).await? {
        if let Err(error) = life::live(app, id).await {
            tracing::warn!(consultation = %id, ?error, "what was due of a consultation could not be done");
        }
    }
    Ok(())
}
