//! Telling both sides that a consultation has changed. What it is now they ask for.

use serde_json::json;

use super::entity::Model;
use crate::app::App;

pub async fn tell(app: &App, consultation: &Model) {
    let both = [consultation.owner_id.0, consultation.doctor_id.0];
    let payload = json!({"consultationId": consultation.id, "status": consultation.status});
    app.realtime.tell(&both, "consultationChanged", &payload).await;
}
