//! What happens to consultations by itself when its time has come.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::entity::{ConsultationId, Model};
use super::rules::Event;
use super::{news, service, store};
use crate::app::{App, AppState};
use crate::chat;
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;
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
    let now = app.clock.now();
    for consultation in store::list_to_start(&app.db.read, now, BATCH).await? {
        if let Err(error) = begin(app, &consultation, now).await {
            tracing::warn!(consultation = %consultation.id, ?error, "a slot could not begin");
        }
    }
    Ok(())
}

/// The time of a slot has come: the two can talk.
async fn begin(app: &App, consultation: &Model, now: Timestamp) -> Result<(), AppError> {
    let txn = app.db.begin_write().await?;
    let status = service::advance(&txn, consultation, Event::Started, now).await?;
    // An earlier conversation of the two that nobody closed ends here: each has its own record.
    let mut changes = Vec::new();
    if let Some(earlier) = chat::find_active(&txn, consultation.owner_id, consultation.doctor_id).await? {
        let finished = store::find(&txn, earlier.consultation_id).await?.ok_or_else(ConsultationId::not_found)?;
        service::advance(&txn, &finished, Event::Closed, now).await?;
        changes.extend(chat::close_of(&txn, finished.id, now).await?);
    }
    let begun = Model { status, started_at: Some(now), ..consultation.clone() };
    changes.push(chat::open(&txn, &begun, now).await?);
    txn.commit().await?;
    for change in changes {
        chat::announce(app, change).await;
    }
    news::tell(app, &begun).await;
    Ok(())
}
