//! Watches the queue: figures for the operator, and an alarm when work has waited for too long.

use std::time::Duration;

use super::queue;
use crate::clock::SharedClock;
use crate::db::Db;

/// A job that has been due for so long holds something up that people wait for.
const ALARM: Duration = Duration::from_secs(300);

/// Reads how the queue stands and says it as metrics; an error in the log when the oldest job has waited too long.
pub async fn watch(db: &Db, clock: &SharedClock) {
    let now = clock.now();
    match queue::backlog(&db.read, now).await {
        Ok(backlog) => {
            let age = backlog.oldest.map_or(Duration::ZERO, |oldest| now.since(oldest));
            metrics::gauge!("jobs_dead").set(backlog.dead as f64);
            metrics::gauge!("jobs_oldest_age_seconds").set(age.as_secs_f64());
            if age > ALARM {
                tracing::error!(age_seconds = age.as_secs(), "the oldest job has waited for too long");
            }
        }
        Err(error) => tracing::warn!(%error, "the queue of jobs could not be looked at"),
    }
}
