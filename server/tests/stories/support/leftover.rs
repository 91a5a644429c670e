//! A story that leaves work behind has not seen what it does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use platform::clock::{Clock, Timestamp};
use platform::jobs::{Lane, Model};
use sea_orm::{Database, EntityTrait, ModelTrait};

use super::TestClock;

/// Looks, when a story is over, whether a job is due that somebody waits for.
pub struct Leftover {
    pub url: String,
    pub clock: Arc<TestClock>,
    pub is_meant: AtomicBool,
}

impl Leftover {
    /// What the story leaves behind is its subject.
    pub fn allow(&self) {
        self.is_meant.store(true, Ordering::Relaxed);
    }
}

async fn find_due(url: &str, now: Timestamp) -> Vec<String> {
    let db = Database::connect(url).await.unwrap();
    let all = <Model as ModelTrait>::Entity::find().all(&db).await.unwrap();
    db.close().await.unwrap();
    let due = |job: &Model| job.run_at <= now && job.dead_at.is_none() && job.lane != Lane::Upkeep.name();
    all.into_iter().filter(due).map(|job| job.kind).collect()
}

impl Drop for Leftover {
    fn drop(&mut self) {
        if std::thread::panicking() || self.is_meant.load(Ordering::Relaxed) {
            return;
        }
        let (url, now) = (self.url.clone(), self.clock.now());
        // The story's runtime stands still meanwhile.
        let look = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(find_due(&url, now))
        };
        let due = std::thread::spawn(look).join().unwrap();
        assert!(due.is_empty(), "the story leaves work behind that is due: {due:?}; run_jobs() does it");
    }
}
