//! Telling both sides that a consultation has changed. What it is now they ask for.

use serde::Serialize;
use utoipa::ToSchema;

use super::Consultations;
use super::entity::Model;
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::clock::Timestamp;
use platform::realtime::Event;

/// To both of its people.
pub async fn tell_changed(consultations: &Consultations, id: ConsultationId) {
    match Model::find(&consultations.db.read, id).await {
        Ok(Some(changed)) => tell(consultations, &changed).await,
        Ok(None) => {}
        Err(error) => tracing::warn!(consultation = %id, %error, "a change could not be told"),
    }
}

/// The time that was bought is nearly over.
pub async fn tell_ending(consultations: &Consultations, id: ConsultationId) {
    match Model::find(&consultations.db.read, id).await {
        Ok(Some(ending)) => warn(consultations, &ending).await,
        Ok(None) => {}
        Err(error) => tracing::warn!(consultation = %id, %error, "an end could not be announced"),
    }
}

pub async fn tell(consultations: &Consultations, consultation: &Model) {
    let changed = ConsultationChanged { consultation_id: consultation.id, status: consultation.status };
    tell_both(consultations, consultation, &changed).await;
}

/// A slot begins in so many minutes.
pub async fn remind(consultations: &Consultations, consultation: &Model, minutes: u32) {
    let (consultation_id, starts_at) = (consultation.id, consultation.starts_at);
    let reminder = ConsultationReminder { consultation_id, starts_at, in_minutes: minutes };
    tell_both(consultations, consultation, &reminder).await;
}

async fn warn(consultations: &Consultations, consultation: &Model) {
    let ending = ConsultationEnding { consultation_id: consultation.id, ends_at: consultation.ends_at };
    tell_both(consultations, consultation, &ending).await;
}

/// The summary of an ended consultation is missing: to the doctor.
pub async fn record_due(consultations: &Consultations, consultation: &Model) {
    let due = RecordDue { consultation_id: consultation.id, ended_at: consultation.ended_at };
    consultations.realtime.tell(&[consultation.doctor_id.0], &due).await;
}

async fn tell_both(consultations: &Consultations, consultation: &Model, event: &impl Event) {
    consultations.realtime.tell(&[consultation.owner_id.0, consultation.doctor_id.0], event).await;
}

/// Ask for it anew.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsultationChanged {
    consultation_id: ConsultationId,
    status: ConsultationStatus,
}

impl Event for ConsultationChanged {
    const NAME: &'static str = "consultationChanged";
}

/// A slot begins soon.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsultationReminder {
    consultation_id: ConsultationId,
    #[schema(value_type = Timestamp)]
    starts_at: Option<Timestamp>,
    in_minutes: u32,
}

impl Event for ConsultationReminder {
    const NAME: &'static str = "consultationReminder";
}

/// The time that was bought is nearly over.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsultationEnding {
    consultation_id: ConsultationId,
    #[schema(value_type = Timestamp)]
    ends_at: Option<Timestamp>,
}

impl Event for ConsultationEnding {
    const NAME: &'static str = "consultationEnding";
}

/// A summary is missing.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordDue {
    consultation_id: ConsultationId,
    #[schema(value_type = Timestamp)]
    ended_at: Option<Timestamp>,
}

impl Event for RecordDue {
    const NAME: &'static str = "recordDue";
}
