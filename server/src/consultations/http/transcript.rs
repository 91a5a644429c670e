//! `GET /api/conversations/{id}/transcript.json` and `.pdf`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};

use crate::accounts::CurrentUser;
use crate::chat::ConversationId;
use crate::chat::transcript::{self, About, Head, json, pdf};
use crate::consultations::{Consultation, Consultations};
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::text::Language;

/// A conversation as a document for programs, with a hash chain to check it by (docs/transcript.md)
#[utoipa::path(get, path = "/conversations/{id}/transcript.json", operation_id = "read_transcript_json", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = json::Whole), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn as_json(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<ConversationId>,
) -> Result<Response, AppError> {
    let head = open(&consultations, &me, id).await?;
    let described = description("application/json", "json", head.exported_at);
    Ok((described, json::stream(consultations.chat.clone(), head)?).into_response())
}

/// A conversation as a document for people, in Indonesian, or in English with `Accept-Language: en`
///
/// A very long conversation is cut after 5,000 messages or 1,000,000 bytes of text, and the document says so; the JSON
/// transcript is always whole.
#[utoipa::path(get, path = "/conversations/{id}/transcript.pdf", operation_id = "read_transcript_pdf", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 429, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn as_pdf(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<ConversationId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let head = open(&consultations, &me, id).await?;
    let described = description("application/pdf", "pdf", head.exported_at);
    let file = pdf::write(&consultations.chat, head, Language::from_headers(&headers)).await?;
    Ok((described, Body::from(file)).into_response())
}

async fn open(consultations: &Consultations, me: &CurrentUser, id: ConversationId) -> Result<Head, AppError> {
    let conversation = transcript::find(&consultations.chat, me, id).await?;
    let found = Consultation::find(&consultations.db.read, conversation.consultation_id)
        .await?
        .ok_or_else(ConsultationId::not_found)?;
    let about = About {
        id: found.id,
        status: found.status,
        created_at: found.created_at,
        started_at: found.started_at,
        ended_at: found.ended_at,
    };
    transcript::head(&consultations.chat, conversation, about).await
}

/// A file to keep, which grows with the conversation and is nobody else's.
fn description(media_type: &str, extension: &str, at: Timestamp) -> [(HeaderName, String); 3] {
    let date = at.in_jakarta().date_naive();
    [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"hellopet-percakapan-{date}.{extension}\"")),
    ]
}
