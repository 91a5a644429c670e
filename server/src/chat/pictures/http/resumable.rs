//! A picture in pieces, for connections that break.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum_extra::headers::{ContentType, HeaderMapExt};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::accounts::CurrentUser;
use crate::chat::pictures::entity::UploadId;
use crate::chat::pictures::error::UploadError;
use crate::chat::pictures::views::UploadView;
use crate::chat::pictures::{rules, uploads};
use crate::chat::{Chat, ConversationId};
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;
use platform::http::validate::Check;
use platform::uploads::Unread;

const CHUNK_TYPE: &str = "application/offset+octet-stream";
const OFFSET: &str = "Upload-Offset";

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UploadRequest {
    /// The bytes of the whole file, at most 10 MiB.
    #[schema(required, value_type = i64, minimum = 1, maximum = 10_485_760)]
    size: Option<i64>,
    /// `image/jpeg`, `image/png` or `image/webp`.
    #[schema(required, value_type = String)]
    content_type: Option<String>,
    /// Made by the client; the same one again answers 200 with what is there.
    #[schema(required, value_type = String, min_length = 1, max_length = 64)]
    client_id: Option<String>,
}

/// The bytes of a piece, as they are.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes the body to the API's readers; the body itself is read as bytes")]
pub struct Piece(String);

/// Begin to upload a picture in pieces, or find out how far it has come
#[utoipa::path(post, path = "/conversations/{id}/uploads", operation_id = "begin_upload", tag = "conversations", params(("id" = ConversationId, Path)), request_body = UploadRequest,
    responses((status = 201, body = UploadView), (status = 200, body = UploadView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn begin(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Id(conversation): Id<ConversationId>,
    Json(body): Json<UploadRequest>,
) -> Result<(StatusCode, JsonBody<UploadView>), AppError> {
    let mut check = Check::new();
    let new = rules::check_upload(&mut check, body.size, body.content_type, body.client_id);
    check.finish()?;
    let begun = uploads::begin(&chat, &me, conversation, new).await?;
    Ok((if begun.is_new { StatusCode::CREATED } else { StatusCode::OK }, JsonBody(begun.upload)))
}

/// How far an upload has come, and the picture once it is there; 422 when it could not become one
#[utoipa::path(get, path = "/uploads/{id}", operation_id = "show_upload", tag = "conversations", params(("id" = UploadId, Path)),
    responses((status = 200, body = UploadView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn show(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Id(id): Id<UploadId>,
) -> Result<JsonBody<UploadView>, AppError> {
    Ok(JsonBody(uploads::show(&chat, me.id, id).await?))
}

/// Add the next piece, at most 1 MiB. The last one answers with the picture
#[utoipa::path(patch, path = "/uploads/{id}", operation_id = "append_to_upload", tag = "conversations",
    params(("id" = UploadId, Path), ("Upload-Offset" = i32, Header, description = "The bytes that are there already")),
    request_body(content = Piece, content_type = "application/offset+octet-stream"),
    responses((status = 200, body = UploadView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 413, body = ProblemBody), (status = 415, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody),
        (status = 503, body = ProblemBody)))]
pub async fn append(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Id(id): Id<UploadId>,
    headers: HeaderMap,
    body: Body,
) -> Result<JsonBody<UploadView>, AppError> {
    if headers.typed_get::<ContentType>() != CHUNK_TYPE.parse().ok() {
        return Err(UploadError::NoChunk.into());
    }
    let from = offset(&headers)?;
    let before = uploads::may_append(&chat, &me, id).await?;
    let piece = chat.pictures.memory.read(body.into_data_stream(), rules::LARGEST_CHUNK_BYTES).await;
    let piece = piece.map_err(|unread| match unread {
        Unread::TooLarge => UploadError::ChunkTooLarge.into(),
        Unread::NoRoom => AppError::busy(),
        Unread::Broken(_) => UploadError::ChunkUnreadable.into(),
    })?;
    Ok(JsonBody(uploads::append(&chat, before, from, piece).await?))
}

fn offset(headers: &HeaderMap) -> Result<i32, AppError> {
    let mut check = Check::new();
    let given = headers.get(OFFSET).map(|value| value.to_str().unwrap_or("?"));
    let offset = check.parsed::<u32>(OFFSET, given);
    check.finish()?;
    // No file is that long: the refusal then says where it really is.
    Ok(offset.and_then(|offset| i32::try_from(offset).ok()).unwrap_or(i32::MAX))
}
