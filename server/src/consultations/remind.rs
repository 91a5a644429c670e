//! Reminders: of a slot that comes, to both, and of a summary that is missing, to the doctor. They are jobs, so that none is
//! lost.

use std::time::Duration;

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use super::{Consultation, Consultations, news};
use crate::events::Work;
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::jobs::{Job, Lane, Outcome, Ran};

/// Tells both that a slot comes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Remind {
    pub consultation: ConsultationId,
    pub minutes: u32,
}

impl Job for Remind {
    const KIND: &'static str = "consultations.remind";
    const LANE: Lane = Lane::Life;

    fn key(&self) -> String {
        format!("{}:{}", self.consultation, self.minutes)
    }
}

/// One that was called off or has begun meanwhile is not announced any more.
pub async fn remind(consultations: &Consultations, Remind { consultation, minutes }: Remind) -> Ran {
    let found = Consultation::find(&consultations.db.read, consultation).await?;
    if let Some(found) = found.filter(|found| found.status == ConsultationStatus::Scheduled) {
        news::remind(consultations, &found, minutes).await;
    }
    Ok(Outcome::Done)
}

/// Tells the doctor that the summary of an ended consultation is missing, once a day until it is there or it is too late.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemindOfRecord {
    pub consultation: ConsultationId,
}

impl Job for RemindOfRecord {
    const KIND: &'static str = "consultations.remind_of_record";
    const LANE: Lane = Lane::Life;

    fn key(&self) -> String {
        self.consultation.to_string()
    }
}

const DAY: Duration = Duration::from_secs(24 * 3600);
const LAST: Duration = Duration::from_secs(6 * 24 * 3600);

/// From a day after the end on.
pub async fn plan_for_record(work: &mut Work, consultation: ConsultationId) -> Result<(), DbErr> {
    let at = work.now() + DAY;
    work.schedule(&RemindOfRecord { consultation }, at).await
}

pub async fn remind_of_record(consultations: &Consultations, RemindOfRecord { consultation }: RemindOfRecord) -> Ran {
    let found = Consultation::find(&consultations.db.read, consultation).await?;
    let missing = found.filter(|found| found.status == ConsultationStatus::Ended && found.recorded_at.is_none());
    let Some((found, ended_at)) = missing.and_then(|found| found.ended_at.map(|ended_at| (found, ended_at))) else {
        return Ok(Outcome::Done);
    };
    news::record_due(consultations, &found).await;
    let next = consultations.clock.now() + DAY;
    if next > ended_at + LAST { Ok(Outcome::Done) } else { Ok(Outcome::Again(next)) }
}
