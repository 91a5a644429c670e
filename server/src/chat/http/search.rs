//! `GET /api/messages/search`.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts::{AccountId, CurrentUser, Party};
use crate::chat::entity::{ConversationStatus, Model};
use crate::chat::error::ChatError;
use crate::chat::search::{self, Found, Search, rules};
use crate::chat::views::{self, MessageView};
use crate::chat::{Chat, ConversationId};
use platform::http::error::AppError;
use platform::http::page::{self, Page};
use platform::http::path::Named;
use platform::http::problem::ProblemBody;
use platform::http::query::Query;
use platform::http::validate::Check;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// 2 to 100 characters. Found anywhere in a message, whatever their case; `%`, `_` and `\` are themselves.
    #[param(required, min_length = 2, max_length = 100)]
    q: Option<String>,
    /// Only in this conversation.
    #[param(value_type = Option<ConversationId>)]
    conversation_id: Option<String>,
    /// 1 to 100; 20 unless said.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 100)]
    limit: Option<String>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FoundMessage)]
pub struct FoundView {
    message: MessageView,
    /// The other of the two.
    counterpart: Party,
    conversation_status: ConversationStatus,
}

/// Search the caller's own messages: newest conversation first, its newest message first
///
/// One request looks through 20,000 messages at most. A page may therefore hold less than `limit`, even nothing, and still have
/// a `nextCursor`: go on until it is null.
#[utoipa::path(get, path = "/messages/search", operation_id = "search_messages", tag = "messages", params(SearchQuery),
    responses((status = 200, body = Page<FoundView>), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn search(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Query(query): Query<SearchQuery>,
) -> Result<Json<Page<FoundView>>, AppError> {
    let mut check = Check::new();
    let needle = rules::check_needle(&mut check, query.q);
    check.finish()?;
    let limit = page::limit(query.limit.as_deref())?;
    let behind = page::cursor(query.cursor.as_deref())?;
    let within = match query.conversation_id {
        Some(id) => Some(own_conversation(&chat, me.id, &id).await?),
        None => None,
    };
    chat.limits.search_by_account.take(&me.id.0)?;
    let found = search::search(&chat, &me, Search { needle, within, behind, limit }).await?;
    let next_cursor = found.next.map(|position| position.to_string());
    Ok(Json(Page { items: views_of(&chat, me.id, found).await?, next_cursor }))
}

async fn own_conversation(chat: &Chat, me: AccountId, id: &str) -> Result<Model, AppError> {
    let id: ConversationId = id.parse().map_err(|_| ConversationId::not_found())?;
    let conversation = Model::find(&chat.db.read, id).await?.ok_or_else(ConversationId::not_found)?;
    conversation.side_of(me).ok_or(ChatError::NotAParticipant)?;
    Ok(conversation)
}

async fn views_of(chat: &Chat, viewer: AccountId, found: Found) -> Result<Vec<FoundView>, AppError> {
    let messages = views::messages_of(&chat.db.read, &found.conversations, found.messages).await?;
    let others = found.conversations.iter().filter_map(|conversation| {
        let side = conversation.side_of(viewer)?;
        Some((conversation.id, (conversation.account_on(side.other()), conversation.status)))
    });
    let others: HashMap<_, _> = others.collect();
    let people = Party::find_all(&chat.db.read, others.values().map(|(account, _)| *account)).await?;
    let view = |message: MessageView| {
        let (counterpart, conversation_status) = others.get(&message.conversation_id)?;
        let counterpart = people.get(counterpart)?.clone();
        Some(FoundView { message, counterpart, conversation_status: *conversation_status })
    };
    Ok(messages.into_iter().filter_map(view).collect())
}
