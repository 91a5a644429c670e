//! `/api/conversations`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use crate::accounts::CurrentUser;
use crate::chat::error::ChatError;
use crate::chat::views::{self, ConversationView};
use crate::chat::{Chat, Conversation, ConversationId, store};
use platform::http::error::AppError;
use platform::http::page::{self, Page, PageQuery};
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::query::Query;

/// The caller's conversations, newest first
#[utoipa::path(get, path = "/conversations", operation_id = "list_conversations", tag = "conversations", params(PageQuery),
    responses((status = 200, body = Page<ConversationView>), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn list(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<ConversationView>>, AppError> {
    let limit = query.limit()?;
    let rows = store::list_for(&chat.db.read, &me, query.cursor()?, limit + 1).await?;
    let (rows, next_cursor) = page::cut(rows, limit, |row| row.id.to_string());
    let items = views::conversations(&chat.db.read, me.id, rows).await?;
    Ok(Json(Page { items, next_cursor }))
}

/// One of the caller's conversations
#[utoipa::path(get, path = "/conversations/{id}", operation_id = "show_conversation", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Id(id): Id<ConversationId>,
) -> Result<Json<ConversationView>, AppError> {
    let row = Conversation::find(&chat.db.read, id).await?.ok_or_else(ConversationId::not_found)?;
    let view = views::conversations(&chat.db.read, me.id, vec![row]).await?.pop();
    Ok(Json(view.ok_or(ChatError::NotAParticipant)?))
}
