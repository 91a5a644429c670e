//! Which jobs there are and what does them: the list that joins the features' background work.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::app::AppState;
use crate::consultations::{self, Consultation};
use crate::{accounts, availability, chat, mail, orders, payments, triage};
use platform::http::idempotency;
use platform::jobs::{self, Attempt, Job, Kinds, Lane, Outcome, Ran, Runner};
use platform::pictures;
use platform::tasks::{self, Until};

/// Every kind of job, with what does it.
pub fn kinds() -> Kinds<AppState> {
    Kinds::default()
        .with(|app: AppState, job, _: Attempt| async move { consultations::live(&app.consultations, job).await })
        .with(|app: AppState, job, _: Attempt| async move { consultations::remind(&app.consultations, job).await })
        .with(|app: AppState, job, _: Attempt| async move {
            consultations::remind_of_record(&app.consultations, job).await
        })
        .with(|app: AppState, job, _: Attempt| async move { app.consultations.call_off_all(job).await })
        .with(|app: AppState, job, _: Attempt| async move { mail::send(&app.mails, job).await })
        .with(|app: AppState, job, _: Attempt| async move { accounts::answer_forgotten(&app.accounts, job).await })
        .with(|app: AppState, job, _: Attempt| async move { orders::earn(&app.orders, job).await })
        .with(|app: AppState, job, _: Attempt| async move { payments::ask(&app.payments, job).await })
        .with(|app: AppState, job, _: Attempt| async move { payments::close_page(&app.payments, job).await })
        .with(|app: AppState, job, attempt| async move { payments::send_refund(&app.payments, job, attempt).await })
        .with(|app: AppState, job, _: Attempt| async move { payments::compare(&app.payments, job).await })
        .with(|app: AppState, job, _: Attempt| async move { availability::recheck(&app.availability, job).await })
        .with(|app: AppState, job, _: Attempt| async move {
            triage::sweep(&app.triage, job, Consultation::came_to_nothing()).await
        })
        .with(|app: AppState, job, _: Attempt| async move { chat::sweep(&app.chat, job).await })
        .with(|app: AppState, job, _: Attempt| async move { pictures::sweep(&app.platform.pictures, job).await })
        .with(|app: AppState, job, _: Attempt| async move { sweep_rows(&app, job).await })
}

/// What runs the jobs of this node.
pub fn runner(app: &AppState) -> Runner<AppState> {
    Runner {
        db: app.platform.db.clone(),
        clock: app.platform.clock.clone(),
        bell: app.platform.bell.clone(),
        kinds: Arc::new(kinds()),
        context: app.clone(),
    }
}

const WATCH_EVERY: Duration = Duration::from_secs(15);

/// Runs jobs until the node stops, each lane by itself, and watches the queue.
pub fn start(app: &AppState, stopping: &watch::Receiver<bool>) {
    let runner = Arc::new(runner(app));
    for lane in Lane::ALL {
        app.platform.tasks.spawn(lane.name(), Until::Stop, runner.clone().run(lane, stopping.clone()));
    }
    let watched = app.clone();
    let watching = tasks::every(WATCH_EVERY, stopping.clone(), move || {
        let app = watched.clone();
        async move { jobs::watch(&app.platform.db, &app.platform.clock).await }
    });
    app.platform.tasks.watch("watch on jobs", Until::Stop, watching);
}

/// Deletes rows whose time is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepRows {}

impl Job for SweepRows {
    const KIND: &'static str = "sweep_rows";
    const LANE: Lane = Lane::Upkeep;
    const TRIES: i32 = i32::MAX;

    fn key(&self) -> String {
        "all".to_owned()
    }
}

const SWEEP_EVERY: Duration = Duration::from_secs(6 * 3600);

async fn sweep_rows(app: &AppState, _: SweepRows) -> Ran {
    let (db, now) = (&app.platform.db.write, app.platform.clock.now());
    let swept = idempotency::sweep(db, now).await?
        + payments::sweep_inbox(db, now).await?
        + accounts::sweep_sessions(db, now).await?
        + mail::sweep(db, now).await?
        + availability::sweep_cells(db, now).await?;
    tracing::debug!(swept, "rows whose time is over are gone");
    Ok(Outcome::Again(now + SWEEP_EVERY))
}

/// Has the regular jobs wait for their time, unless they do already.
pub async fn plan_upkeep(app: &AppState) -> Result<(), DbErr> {
    let (db, now) = (&app.platform.db.write, app.platform.clock.now());
    let soon = now + Duration::from_secs(10);
    jobs::enqueue(db, &availability::Recheck {}, soon, now).await?;
    jobs::enqueue(db, &triage::SweepIntakes {}, soon, now).await?;
    jobs::enqueue(db, &chat::SweepPictures {}, soon, now).await?;
    jobs::enqueue(db, &pictures::SweepObjects {}, soon, now).await?;
    jobs::enqueue(db, &SweepRows {}, soon, now).await?;
    jobs::enqueue(db, &payments::Compare {}, payments::tonight(now), now).await
}
