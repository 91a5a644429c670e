//! Telling both sides that a consultation has changed. What it is now they ask for.

use serde_json::{Value, json};

use super::entity::Model;
use crate::app::App;

pub async fn tell(app: &App, consultation: &Model) {
    let payload = json!({"consultationId": consultation.id, "status": consultation.status});
    tell_both(app, consultation, "consultationChanged", &payload).await;
}

/// A slot begins in so many minutes.
pub async fn remind(app: &App, consultation: &Model, minutes: u32) {
    let payload = json!({"consultationId": consultation.id, "startsAt": consultation.starts_at, "inMinutes": minutes});
    tell_both(app, consultation, "consultationReminder", &payload).await;
}

/// The time that was bought is nearly over.
pub async fn warn(app: &App, consultation: &Model) {
    let payload = json!({"consultationId": consultation.id, "endsAt": consultation.ends_at});
    tell_both(app, consultation, "consultationEnding", &payload).await;
}

async fn tell_both(app: &App, consultation: &Model, event: &str, payload: &Value) {
    app.realtime.tell(&[consultation.owner_id.0, consultation.doctor_id.0], event, payload).await;
}
