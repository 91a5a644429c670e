//! Objects that no row names are deleted after a day, again and again, so that a crash only delays it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Pictures, objects};
use crate::jobs::{Job, Lane, Outcome, Ran};

/// Deletes what was put and never settled, and what was released and could not be deleted at once.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepObjects {}

impl Job for SweepObjects {
    const KIND: &'static str = "sweep_objects";
    const LANE: Lane = Lane::Upkeep;
    const TRIES: i32 = i32::MAX;

    fn key(&self) -> String {
        "all".to_owned()
    }
}

const EVERY: Duration = Duration::from_secs(3600);
/// A day, and an hour in which a request that began within it is long over.
const UNKEPT: Duration = Duration::from_secs(25 * 3600);
const BATCH: u64 = 200;

/// Goes on behind what could not be deleted, which is tried again the next time.
pub async fn sweep(pictures: &Pictures, _: SweepObjects) -> Ran {
    let now = pictures.clock.now();
    let mut last = String::new();
    loop {
        let names = objects::list_unkept(&pictures.db.read, now - UNKEPT, &last, BATCH).await?;
        pictures.delete_objects(&names).await?;
        match names.last() {
            Some(name) if names.len() as u64 == BATCH => last.clone_from(name),
            _ => return Ok(Outcome::Again(now + EVERY)),
        }
    }
}
