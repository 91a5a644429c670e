//! `/api/messages`: the original platform's calls, which name two people instead of a conversation.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::accounts::{AccountId, CurrentUser};
use crate::chat::error::ChatError;
use crate::chat::receipts::{self, Mark};
use crate::chat::store::{self, Part};
use crate::chat::views::{self, MessageView};
use crate::chat::{Chat, rules, send};
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::problem::ProblemBody;
use platform::http::query::Query;
use platform::http::validate::Check;
use platform::text::Text;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct PairQuery {
    #[param(required)]
    sender_id: Option<String>,
    #[param(required)]
    receiver_id: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SendToRequest {
    /// At most 4,000 characters; may be empty beside attachments.
    #[schema(required, value_type = String, max_length = 4_000)]
    message: Option<String>,
    /// The caller.
    #[schema(required, value_type = String, format = Uuid)]
    sender_id: Option<String>,
    #[schema(required, value_type = String, format = Uuid)]
    receiver_id: Option<String>,
    /// Made by the client; the same one again answers the first message.
    #[schema(min_length = 1, max_length = 64)]
    client_id: Option<String>,
    #[schema(max_items = 6)]
    attachments: Option<Vec<String>>,
}

/// The messages of the newest conversation of two people, of whom the caller is one
#[utoipa::path(get, path = "/messages/client", operation_id = "read_pair", tag = "messages", params(PairQuery),
    responses((status = 200, body = Vec<MessageView>), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
pub async fn history(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Query(query): Query<PairQuery>,
) -> Result<JsonBody<Vec<MessageView>>, AppError> {
    let mut check = Check::new();
    let sender = check.parsed::<AccountId>("senderId", query.sender_id.as_deref());
    let receiver = check.parsed::<AccountId>("receiverId", query.receiver_id.as_deref());
    check.finish()?;
    let (Some(sender), Some(receiver)) = (sender, receiver) else { return Err(ChatError::NotAParticipant.into()) };
    if me.id != sender && me.id != receiver {
        return Err(ChatError::NotAParticipant.into());
    }
    let Some(conversation) = store::find_newest_of(&chat.db.read, sender, receiver).await? else {
        return Ok(JsonBody(Vec::new()));
    };
    let rows = store::messages(&chat.db.read, conversation.id, Part::All, None).await?;
    receipts::mark(&chat, me.id, conversation.id, Mark::Delivered, Some(conversation.last_seq)).await?;
    Ok(JsonBody(views::messages(&chat.db.read, &conversation, rows).await?))
}

/// Send a message to a person
#[utoipa::path(post, path = "/messages/send/{receiverId}", operation_id = "send_to_person", tag = "messages", params(("receiverId" = AccountId, Path)), request_body = SendToRequest,
    responses((status = 201, body = MessageView), (status = 200, body = MessageView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn send(
    chat: State<Arc<Chat>>,
    me: CurrentUser,
    path: Path<String>,
    body: Json<SendToRequest>,
) -> Result<(StatusCode, JsonBody<Arc<MessageView>>), AppError> {
    send_to(chat, me, path, body).await
}

/// Send a message to a person: another address of the same call
#[utoipa::path(post, path = "/messages/client/send/{receiverId}", operation_id = "send_to_person_as_client", tag = "messages", params(("receiverId" = AccountId, Path)), request_body = SendToRequest,
    responses((status = 201, body = MessageView), (status = 200, body = MessageView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn send_as_client(
    chat: State<Arc<Chat>>,
    me: CurrentUser,
    path: Path<String>,
    body: Json<SendToRequest>,
) -> Result<(StatusCode, JsonBody<Arc<MessageView>>), AppError> {
    send_to(chat, me, path, body).await
}

async fn send_to(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Path(receiver): Path<String>,
    Json(body): Json<SendToRequest>,
) -> Result<(StatusCode, JsonBody<Arc<MessageView>>), AppError> {
    let mut check = Check::new();
    let sender = check.parsed::<AccountId>("senderId", body.sender_id.as_deref());
    let named = check.parsed::<AccountId>("receiverId", body.receiver_id.as_deref());
    let message = rules::check_message(&mut check, body.message, body.client_id, body.attachments);
    let receiver = receiver.parse::<AccountId>().ok();
    if named.is_some() && named != receiver {
        check.invalid(
            "receiverId",
            "differs_from_path",
            Text::new("receiverId tidak sama dengan alamat.", "receiverId differs from the address."),
        );
    }
    check.finish()?;
    let (Some(sender), Some(receiver)) = (sender, receiver) else { return Err(ChatError::NotAParticipant.into()) };
    if sender != me.id {
        return Err(ChatError::NotAParticipant.into());
    }
    let sent = send::send_to(&chat, &me, receiver, message).await?;
    Ok((if sent.is_new { StatusCode::CREATED } else { StatusCode::OK }, JsonBody(sent.message)))
}
