//! `PATCH /api/messages/end/{conversationId}`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::CurrentUser;
use crate::chat::{ConversationId, ConversationView};
use crate::consultations::{Consultations, end};
use platform::http::error::AppError;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;

#[derive(Debug, Serialize, ToSchema)]
pub struct EndedView {
    message: &'static str,
    conversation: ConversationView,
}

/// End a conversation, and with it the consultation
#[utoipa::path(patch, path = "/messages/end/{conversationId}", operation_id = "end_conversation", tag = "messages", params(("conversationId" = ConversationId, Path)),
    responses((status = 200, body = EndedView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn end(
    State(consultations): State<Arc<Consultations>>,
    me: CurrentUser,
    Id(id): Id<ConversationId>,
) -> Result<Json<EndedView>, AppError> {
    let ended = end::end(&consultations, &me, id).await?;
    let conversation = ConversationView::of(&consultations.db.read, me.id, ended).await?;
    Ok(Json(EndedView { message: "Percakapan berhasil diakhiri.", conversation }))
}
