//! Runs the jobs of one lane for as long as the node lives.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::Instrument;

use super::entity::Model;
use super::kinds::{Failure, Kinds, Outcome};
use super::{Bell, Lane, queue};
use crate::clock::SharedClock;
use crate::db::Db;
use crate::telemetry;

/// A job that was enqueued by another node, or planned for later, is found after so long at the latest.
const POLL: Duration = Duration::from_secs(2);
/// How long jobs under way may take once the node stops; what is cut off is another node's when its lease ends.
const FAREWELL: Duration = Duration::from_secs(4);

/// What is written down of a job whose tries never came to an end, not even as failures.
const UNFINISHED: &str = "no try came to an end: the process was killed, or stopped, during each of them";

/// What runs jobs. `C` is what their handlers are given to work with.
pub struct Runner<C> {
    pub db: Db,
    pub clock: SharedClock,
    pub bell: Bell,
    pub kinds: Arc<Kinds<C>>,
    pub context: C,
}

impl<C: Clone + Send + Sync + 'static> Runner<C> {
    /// Works on a lane until `stopping` becomes true, then finishes what is under way.
    pub async fn run(self: Arc<Self>, lane: Lane, mut stopping: watch::Receiver<bool>) {
        let mut ticks = tokio::time::interval(POLL);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut running = JoinSet::new();
        while !*stopping.borrow() {
            let bell = self.bell.clone();
            // Listening begins before the look: what is enqueued in between rings it.
            let rung = bell.rung();
            tokio::pin!(rung);
            rung.as_mut().enable();
            self.fill(lane, &mut running).await;
            tokio::select! {
                Some(_) = running.join_next() => {}
                _ = ticks.tick() => {}
                () = &mut rung => {}
                changed = stopping.changed() => if changed.is_err() { break },
            }
        }
        if tokio::time::timeout(FAREWELL, async { while running.join_next().await.is_some() {} }).await.is_err() {
            tracing::warn!(lane = lane.name(), "jobs were cut off; they are done again when their lease has ended");
        }
    }

    /// Begins as many due jobs as the lane has room for.
    async fn fill(self: &Arc<Self>, lane: Lane, running: &mut JoinSet<()>) {
        let room = lane.width().saturating_sub(running.len());
        if room == 0 {
            return;
        }
        match self.claim(lane, room).await {
            Ok(claimed) => {
                for job in claimed {
                    let runner = self.clone();
                    running.spawn(async move { runner.run_one(lane, job).await });
                }
            }
            Err(error) => tracing::warn!(lane = lane.name(), %error, "jobs could not be claimed"),
        }
    }

    async fn claim(&self, lane: Lane, room: usize) -> Result<Vec<Model>, sea_orm::DbErr> {
        let now = self.clock.now();
        if !queue::is_any_due(&self.db.read, lane, now).await? {
            return Ok(Vec::new());
        }
        queue::claim(&self.db.write, lane, now, room).await
    }

    async fn run_one(&self, lane: Lane, job: Model) {
        let span = telemetry::span("job", &job.kind, job.id);
        async {
            let ran = match self.kinds.is_worn_out(&job) {
                true => Err(Failure { error: UNFINISHED.to_owned(), is_final: true }),
                false => self.kinds.run(self.context.clone(), job.clone(), lane).await,
            };
            let outcome = match &ran {
                Ok(_) => "done",
                Err(_) => "failed",
            };
            // Not the kind: a label must not grow with what is stored.
            metrics::counter!("jobs_run_total", "lane" => lane.name(), "outcome" => outcome).increment(1);
            if let Err(error) = self.note(&job, ran).await {
                tracing::error!(%error, "what became of a job could not be noted; it is done again when its lease has ended");
            }
        }
        .instrument(span)
        .await;
    }

    async fn note(&self, job: &Model, ran: Result<Outcome, Failure>) -> Result<(), sea_orm::DbErr> {
        let (db, now) = (&self.db.write, self.clock.now());
        match ran {
            Ok(Outcome::Done) => queue::finish(db, job).await,
            Ok(Outcome::Again(at)) => queue::again(db, job, at).await,
            Err(Failure { error, is_final }) if is_final || self.kinds.is_last(job) => {
                tracing::error!(error, "a job is given up: a dead letter");
                metrics::counter!("jobs_died_total").increment(1);
                queue::bury(db, job, now, &error).await
            }
            Err(Failure { error, .. }) => {
                tracing::warn!(error, "a job has failed and is tried again");
                queue::retry(db, job, now + self.kinds.pause_after(job), &error).await
            }
        }
    }
}

/// Does everything that is due, one after the other, until nothing is. For tests, which turn the clock themselves.
pub async fn drain<C: Clone + Send + Sync + 'static>(runner: &Runner<C>) -> Result<usize, sea_orm::DbErr> {
    let mut done = 0;
    loop {
        let before = done;
        for lane in Lane::ALL {
            for job in runner.claim(lane, lane.width()).await? {
                runner.run_one(lane, job).await;
                done += 1;
            }
        }
        if done == before {
            return Ok(done);
        }
    }
}
