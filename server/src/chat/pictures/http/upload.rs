//! Pictures that come in one form.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::CurrentUser;
use crate::chat::pictures::{AttachmentView, attachments};
use crate::chat::rules::MOST_ATTACHMENTS;
use crate::chat::{Chat, ConversationId};
use platform::http::error::AppError;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;
use platform::images::error::refused;
use platform::images::{LARGEST_UPLOAD_BYTES, form};
use platform::text::Text;

/// Room for several pictures and the envelope around them.
pub const LARGEST_REQUEST_BYTES: usize = LARGEST_UPLOAD_BYTES * 2 + 64 * 1024;

#[derive(Debug, Serialize, ToSchema)]
pub struct UploadedView {
    items: Vec<AttachmentView>,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form to the API's readers; the form itself is read as a stream")]
pub struct UploadForm {
    /// A JPEG, PNG or WebP picture of at most 10 MiB; may be repeated.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

/// Upload pictures; they are written anew without metadata. Send them by their ids in a message
#[utoipa::path(post, path = "/conversations/{id}/attachments", operation_id = "upload_attachments", tag = "conversations", params(("id" = ConversationId, Path)),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 201, body = UploadedView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn upload(
    State(chat): State<Arc<Chat>>,
    me: CurrentUser,
    Id(conversation): Id<ConversationId>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<UploadedView>), AppError> {
    attachments::may_add(&chat, &me, conversation).await?;
    chat.pictures.take_turn(me.id.0)?;
    let mut form = form.map_err(|_| form::unreadable())?;
    let mut items = Vec::new();
    while let Some(upload) = form::next(&chat.pictures.memory, &mut form).await? {
        if items.len() == MOST_ATTACHMENTS {
            return Err(refused(
                "too_many",
                Text::new("Paling banyak 6 foto sekali kirim.", "At most 6 pictures at a time."),
            ));
        }
        items.push(attachments::upload(&chat, me.id, conversation, upload).await?.into());
    }
    if items.is_empty() {
        return Err(form::missing());
    }
    Ok((StatusCode::CREATED, Json(UploadedView { items })))
}
