//! Keeps the next slots that the directory shows true while time passes.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};

use super::{Availability, Schedule, store};
use crate::accounts::AccountId;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::jobs::{Job, Lane, Outcome, Ran};

#[derive(Debug, Serialize, Deserialize)]
pub struct Recheck {}

impl Job for Recheck {
    const KIND: &'static str = "availability.recheck";
    const LANE: Lane = Lane::Upkeep;
    const TRIES: i32 = i32::MAX;

    fn key(&self) -> String {
        "all".to_owned()
    }
}

const PERIOD: Duration = Duration::from_secs(10);
const BATCH: u64 = 200;
/// One that fails waits for so long, and keeps nobody else from being looked at.
const AFTER_FAILURE: Duration = Duration::from_secs(300);
/// Taken time is of no use to anybody so long after it has passed.
const CELLS_KEPT: Duration = Duration::from_secs(7 * 24 * 3600);

/// Looks again at the next slots whose time has come, until none is left.
pub async fn recheck(availability: &Availability, _: Recheck) -> Ran {
    let now = availability.clock.now();
    loop {
        let due = store::list_to_recheck(&availability.db.read, now, BATCH).await?;
        for doctor in &due {
            if let Err(error) = recheck_one(availability, *doctor, now).await {
                tracing::warn!(%doctor, error = error.for_log(), "a next slot could not be computed");
                store::recheck_later(&availability.db.write, *doctor, now + AFTER_FAILURE).await?;
            }
        }
        if (due.len() as u64) < BATCH {
            return Ok(Outcome::Again(availability.clock.now() + PERIOD));
        }
    }
}

async fn recheck_one(availability: &Availability, doctor: AccountId, now: Timestamp) -> Result<(), AppError> {
    let txn = availability.db.begin_write().await?;
    store::hold(&txn, doctor).await?;
    Schedule::refresh(&txn, doctor, now).await?;
    Ok(txn.commit().await?)
}

/// Forgets taken time that has long passed. How much of it.
pub async fn sweep_cells(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64, DbErr> {
    store::delete_cells_before(db, now - CELLS_KEPT).await
}
