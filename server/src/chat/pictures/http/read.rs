//! A picture and its thumbnail. Neither ever changes, so a device need not ask twice.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::accounts::CurrentUser;
use crate::chat::Chat;
use crate::chat::entity::{AttachmentId, attachment};
use crate::chat::pictures::attachments;
use platform::http::error::AppError;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::query::Query;
use platform::images::Size;
use platform::pictures::{Caching, Shown, SizeQuery};

/// A picture of one of the caller's conversations
#[utoipa::path(get, path = "/attachments/{id}", operation_id = "read_attachment", tag = "conversations",
    params(("id" = AttachmentId, Path), ("Range" = Option<String>, Header, description = "One range of bytes"), SizeQuery),
    responses((status = 200, content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp"))), (status = 206, content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp"))),
        (status = 304, description = "Not changed: it never does"), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 416, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn read(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Id(id): Id<AttachmentId>,
    Query(query): Query<SizeQuery>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let picture = attachments::find(&chat, &me, id).await?;
    chat.pictures.answer(shown(&picture), query.read()?, &headers).await?.ok_or_else(AttachmentId::not_found)
}

/// A picture of one of the caller's conversations, at most 480 pixels long
#[utoipa::path(get, path = "/attachments/{id}/thumbnail", operation_id = "read_thumbnail", tag = "conversations",
    params(("id" = AttachmentId, Path), ("Range" = Option<String>, Header, description = "One range of bytes")),
    responses((status = 200, content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp"))), (status = 206, content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp"))),
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
    let thumbnail = chat.pictures.answer(shown(&picture), Size::Thumbnail, &headers).await?;
    thumbnail.ok_or_else(AttachmentId::not_found)
}

fn shown(picture: &attachment::Model) -> Shown {
    let (key, tag) = (picture.storage_key(), picture.id.to_string());
    Shown { key, tag, byte_size: picture.byte_size, caching: Caching::ForGood }
}
