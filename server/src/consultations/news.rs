//! Telling both sides that a consultation has changed. What it is now they ask for.

use serde_json::{Value, json};

use super::entity::Model;
use super::store;
use crate::app::App;
use crate::subjects::ConsultationId;

/// To both of its people.
pub async fn tell_changed(app: &App, id: ConsultationId) {
    match store::find(&app.db.read, id).await {
        Ok(Some(changed)) => tell(app, &changed).await,
        Ok(None) => {}
        Err(error) => tracing::warn!(consultation = %id, %error, "a change could not be told"),
    }
}

/// The time that was bought is nearly over.
pub async fn tell_ending(app: &App, id: ConsultationId) {
    match store::find(&app.db.read, id).await {
        Ok(Some(ending)) => warn(app, &ending).await,
        Ok(None) => {}
        Err(error) => tracing::warn!(consultation = %id, %error, "an end could not be announced"),
    }
}

pub async fn tell(app: &App, consultation: &Model) {
    let payload = json!({"consultationId": consultation.id, "status": consultation.status});
    tell_both(app, consultation, "consultationChanged", &payload).await;
}

/// A slot begins in so many minutes.
pub async fn remind(app: &App, consultation: &Model, minutes: u32) {
    let payload = json!({"consultationId": consultation.id, "startsAt": consultation.starts_at, "inMinutes": minutes});
    tell_both(app, consultation, "consultationReminder", &payload).await;
}

async fn warn(app: &App, consultation: &Model) {
    let payload = json!({"consultationId": consultation.id, "endsAt": consultation.ends_at});
    tell_both(app, consultation, "consultationEnding", &payload).await;
}

/// The summary of an ended consultation is missing: to the doctor.
pub async fn record_due(app: &App, consultation: &Model) {
    let payload = json!({"consultationId": consultation.id, "endedAt": consultation.ended_at});
    app.realtime.tell(&[consultation.doctor_id.0], "recordDue", &payload).await;
}

async fn tell_both(app: &App, consultation: &Model, event: &str, payload: &Value) {
    app.realtime.tell(&[consultation.owner_id.0, consultation.doctor_id.0], event, payload).await;
}
