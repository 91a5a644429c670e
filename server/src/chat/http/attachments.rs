//! Pictures: uploaded into a conversation, read by its two participants.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, middleware};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::CurrentUser;
use crate::app::AppState;
use crate::chat::ConversationId;
use crate::chat::attachments;
use crate::chat::entity::AttachmentId;
use crate::chat::images::LARGEST_UPLOAD_BYTES;
use crate::chat::rules::MOST_ATTACHMENTS;
use crate::chat::views::AttachmentView;
use crate::platform::http::drain;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Id;
use crate::platform::http::problem::ProblemBody;
use crate::platform::text::Text;

/// Room for several pictures and the envelope around them.
const LARGEST_REQUEST_BYTES: usize = LARGEST_UPLOAD_BYTES * 2 + 64 * 1024;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(upload))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST_BYTES))
        .layer(middleware::from_fn(drain::refused_uploads))
        .routes(routes!(read))
}

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
        (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn upload(
    State(app): State<AppState>,
    me: CurrentUser,
    Id(conversation): Id<ConversationId>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<UploadedView>), AppError> {
    attachments::may_upload(&app, &me, conversation).await?;
    let mut form = form.map_err(|_| unreadable())?;
    let mut items = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| refusal(error.status()))? {
        if field.file_name().is_none() && field.name() != Some("file") {
            continue;
        }
        let bytes = field.bytes().await.map_err(|error| refusal(error.status()))?;
        if bytes.len() > LARGEST_UPLOAD_BYTES {
            return Err(refusal(StatusCode::PAYLOAD_TOO_LARGE));
        }
        if items.len() == MOST_ATTACHMENTS {
            return Err(attachments::refused(
                "too_many",
                "Paling banyak 6 foto sekali kirim.",
                "At most 6 pictures at a time.",
            ));
        }
        items.push(attachments::upload(&app, me.id, conversation, bytes).await?.into());
    }
    if items.is_empty() {
        return Err(attachments::refused("required", "Pilih foto yang akan dikirim.", "Choose a picture to send."));
    }
    Ok((StatusCode::CREATED, Json(UploadedView { items })))
}

/// A picture of one of the caller's conversations
#[utoipa::path(get, path = "/attachments/{id}", operation_id = "read_attachment", tag = "conversations", params(("id" = AttachmentId, Path)),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 304, description = "Not changed: it never does"), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn read(
    State(app): State<AppState>,
    me: CurrentUser,
    Id(id): Id<AttachmentId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let (attachment, bytes) = attachments::read(&app, &me, id).await?;
    let tag = format!("\"{id}\"");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    let described = [
        (header::CONTENT_TYPE, attachment.content_type),
        (header::CACHE_CONTROL, "private, max-age=86400".to_owned()),
        (header::CONTENT_DISPOSITION, "inline".to_owned()),
        (header::ETAG, tag),
    ];
    Ok((described, bytes).into_response())
}

fn refusal(status: StatusCode) -> AppError {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return AppError::refused(
            StatusCode::PAYLOAD_TOO_LARGE,
            "payload_too_large",
            Text::new("Foto paling besar 10 MiB.", "A picture may have 10 MiB at most."),
        );
    }
    unreadable()
}

fn unreadable() -> AppError {
    AppError::bad_request(
        "malformed_upload",
        Text::new(
            "Kirim foto sebagai multipart/form-data, isian `file`.",
            "Send the picture as multipart/form-data, field `file`.",
        ),
    )
}
