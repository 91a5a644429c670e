//! A picture and its thumbnail. Neither ever changes, so a device need not ask twice.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::accounts::CurrentUser;
use crate::chat::Chat;
use crate::chat::entity::AttachmentId;
use crate::chat::pictures::attachments;
use platform::http::error::AppError;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::range::{self, Object};

/// A picture of one of the caller's conversations
#[utoipa::path(get, path = "/attachments/{id}", operation_id = "read_attachment", tag = "conversations",
    params(("id" = AttachmentId, Path), ("Range" = Option<String>, Header, description = "One range of bytes")),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 206, content_type = "image/jpeg", body = Vec<u8>),
        (status = 304, description = "Not changed: it never does"), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 416, body = ProblemBody)))]
pub async fn read(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Id(id): Id<AttachmentId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let picture = attachments::find(&chat, &me, id).await?;
    let object = Object {
        key: picture.storage_key(),
        length: picture.byte_size,
        tag: id.to_string(),
        content_type: picture.content_type,
    };
    range::answer(&chat.pictures.storage, object, &headers).await?.ok_or_else(AttachmentId::not_found)
}

/// A picture of one of the caller's conversations, at most 480 pixels long
#[utoipa::path(get, path = "/attachments/{id}/thumbnail", operation_id = "read_thumbnail", tag = "conversations",
    params(("id" = AttachmentId, Path), ("Range" = Option<String>, Header, description = "One range of bytes")),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 206, content_type = "image/jpeg", body = Vec<u8>),
        (status = 304, description = "Not changed: it never does"), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 416, body = ProblemBody)))]
pub async fn read_thumbnail(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Id(id): Id<AttachmentId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let picture = attachments::find(&chat, &me, id).await?;
    // Pictures of before have no thumbnail: they are shown whole.
    let (key, length) = match picture.thumbnail_size {
        Some(size) => (picture.thumbnail_key(), size),
        None => (picture.storage_key(), picture.byte_size),
    };
    let object = Object { key, length, tag: format!("{id}-thumbnail"), content_type: picture.content_type };
    range::answer(&chat.pictures.storage, object, &headers).await?.ok_or_else(AttachmentId::not_found)
}
