//! What was said and led to no consultation is nobody's business after a week.

use std::time::Duration;

use sea_orm::sea_query::SelectStatement;
use serde::{Deserialize, Serialize};

use super::entity::Model;
use super::{Triage, store};
use platform::http::error::AppError;
use platform::jobs::{Job, Lane, Outcome, Ran};
use platform::pictures;

#[derive(Debug, Serialize, Deserialize)]
pub struct SweepIntakes {}

impl Job for SweepIntakes {
    const KIND: &'static str = "triage.sweep";
    const LANE: Lane = Lane::Upkeep;
    const TRIES: i32 = i32::MAX;

    fn key(&self) -> String {
        "all".to_owned()
    }
}

const EVERY: Duration = Duration::from_secs(3600);
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);
const BATCH: u64 = 200;

/// Deletes intakes that no consultation followed, or only one of those that came to nothing, with their pictures, until none
/// is left.
pub async fn sweep(triage: &Triage, _: SweepIntakes, came_to_nothing: SelectStatement) -> Ran {
    let now = triage.clock.now();
    loop {
        let unused = store::list_unused(&triage.db.read, came_to_nothing.clone(), now - KEPT, BATCH).await?;
        let mut deleted = 0;
        for intake in &unused {
            match delete(triage, came_to_nothing.clone(), intake).await {
                Ok(()) => deleted += 1,
                Err(error) => tracing::warn!(intake = %intake.id, error = error.for_log(), "an intake was not swept"),
            }
        }
        // What could not be deleted is tried again later, and keeps no other from being deleted.
        if (unused.len() as u64) < BATCH || deleted == 0 {
            return Ok(Outcome::Again(now + EVERY));
        }
    }
}

async fn delete(triage: &Triage, came_to_nothing: SelectStatement, intake: &Model) -> Result<(), AppError> {
    let beside = store::pictures_of(&triage.db.read, intake.id).await?;
    let txn = triage.db.begin_write().await?;
    if !store::delete_unused(&txn, came_to_nothing, intake.id).await? {
        return Ok(());
    }
    for picture in &beside {
        pictures::release(&txn, &picture.storage_key()).await?;
    }
    txn.commit().await?;
    for picture in &beside {
        triage.pictures.delete(&picture.storage_key()).await;
    }
    Ok(())
}
