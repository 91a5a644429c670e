//! `/api/consultations/{id}/notes`.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::Doctor;
use crate::records::entity::note;
use crate::records::rules::LONGEST_NOTE;
use crate::records::{Records, service};
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;
use platform::http::validate::{Check, Lines};

#[derive(Debug, Deserialize, ToSchema)]
pub struct NoteRequest {
    /// At most 10,000 characters; may be empty.
    #[schema(required, value_type = String, max_length = 10_000)]
    body: Option<String>,
}

#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PrivateNote)]
pub struct NoteView {
    body: String,
    /// Null until something was noted.
    #[schema(required)]
    updated_at: Option<Timestamp>,
}

/// What the vet noted about a consultation for nobody else
#[utoipa::path(get, path = "/consultations/{id}/notes", operation_id = "show_private_note", tag = "records", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = NoteView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(records): State<Arc<Records>>,
    Doctor(me): Doctor,
    Id(id): Id<ConsultationId>,
) -> Result<JsonBody<NoteView>, AppError> {
    let note = service::find_note(&records, me.id, id).await?;
    Ok(JsonBody(note.map(NoteView::from).unwrap_or_default()))
}

/// Note something about a consultation that its owner never sees
#[utoipa::path(put, path = "/consultations/{id}/notes", operation_id = "save_private_note", tag = "records", params(("id" = ConsultationId, Path)), request_body = NoteRequest,
    responses((status = 200, body = NoteView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn save(
    State(records): State<Arc<Records>>,
    Doctor(me): Doctor,
    Id(id): Id<ConsultationId>,
    Json(body): Json<NoteRequest>,
) -> Result<JsonBody<NoteView>, AppError> {
    let mut check = Check::new();
    if body.body.is_none() {
        // A request that has lost its body must not empty what is there.
        check.missing("body");
    }
    let body = check.optional_text("body", body.body, LONGEST_NOTE, Lines::Many);
    check.finish()?;
    Ok(JsonBody(service::save_note(&records, me.id, id, body).await?.into()))
}

impl From<note::Model> for NoteView {
    fn from(note: note::Model) -> Self {
        Self { body: note.body, updated_at: Some(note.updated_at) }
    }
}
