//! Every night gateway, orders and journal are compared: the gateway is asked about what settled lately, and the books are
//! recomputed. Where the gateway differs mends itself, as ever; where the books do is an error in the log and the metrics.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ask::AskGateway;
use super::entity::PaymentId;
use super::{Payments, store};
use crate::events::Work;
use crate::ledger;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::jobs::{Job, Lane, Outcome, Ran};

#[derive(Debug, Serialize, Deserialize)]
pub struct Compare {}

impl Job for Compare {
    const KIND: &'static str = "payments.compare";
    const LANE: Lane = Lane::Upkeep;
    const TRIES: i32 = i32::MAX;
    const FIRST_PAUSE: Duration = Duration::from_secs(600);

    fn key(&self) -> String {
        "nightly".to_owned()
    }
}

const DAY: Duration = Duration::from_secs(24 * 3600);
/// What settled before is asked about when its own job says so.
const LATELY: Duration = Duration::from_secs(2 * 24 * 3600);
const BATCH: u64 = 200;

pub async fn compare(payments: &Payments, _: Compare) -> Ran {
    let now = payments.clock.now();
    ask_about_lately(payments, now).await?;
    let difference = ledger::verify(&payments.db.read).await?;
    metrics::gauge!("ledger_differs").set(if difference.is_some() { 1.0 } else { 0.0 });
    if let Some(difference) = difference {
        tracing::error!(%difference, "the books do not add up");
    }
    metrics::gauge!("refunds_owed_rupiah").set(store::owed_back(&payments.db.read).await?.0 as f64);
    Ok(Outcome::Again(tonight(now)))
}

/// Each payment has a job that asks about it, eight at a time and again when the gateway is silent: that one is due now.
async fn ask_about_lately(payments: &Payments, now: Timestamp) -> Result<(), AppError> {
    let mut last: Option<PaymentId> = None;
    loop {
        let batch = store::list_settled_after(&payments.db.read, last, now - LATELY, BATCH).await?;
        let Some(newest) = batch.last().copied() else { return Ok(()) };
        let mut work = Work::begin(&payments.db, now).await?;
        for payment in batch {
            work.schedule(&AskGateway { payment }, now).await?;
        }
        work.commit(&payments.audience).await?;
        last = Some(newest);
    }
}

/// The next 01.00 in Jakarta.
pub fn tonight(now: Timestamp) -> Timestamp {
    let today = now.start_of_day_in_jakarta() + Duration::from_secs(3600);
    if now < today { today } else { today + DAY }
}
