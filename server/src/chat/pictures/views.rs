//! How pictures and uploads look on the wire.

use serde::Serialize;
use utoipa::ToSchema;

use super::entity::{UploadId, upload};
use crate::chat::entity::{AttachmentId, ConversationId, attachment};
use platform::clock::Timestamp;

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Attachment)]
pub struct AttachmentView {
    pub id: AttachmentId,
    /// Readable by the two participants only, as is the thumbnail.
    pub url: String,
    /// The picture, at most 480 pixels long.
    pub thumbnail_url: String,
    /// A ThumbHash in base64, to show until the thumbnail is there; none with pictures from before there were any.
    #[schema(required)]
    pub placeholder: Option<String>,
    pub content_type: String,
    pub width: i32,
    pub height: i32,
    pub byte_size: i32,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Upload)]
pub struct UploadView {
    pub id: UploadId,
    pub conversation_id: ConversationId,
    /// The bytes that the whole will have.
    pub size: i32,
    /// The bytes that are there; the next piece begins here.
    pub offset: i32,
    pub expires_at: Timestamp,
    /// The picture, once the last byte is there.
    #[schema(required)]
    pub attachment: Option<AttachmentView>,
}

impl From<attachment::Model> for AttachmentView {
    fn from(picture: attachment::Model) -> Self {
        Self {
            url: format!("/api/attachments/{}", picture.id),
            thumbnail_url: format!("/api/attachments/{}/thumbnail", picture.id),
            placeholder: picture.placeholder,
            id: picture.id,
            content_type: picture.content_type,
            width: picture.width,
            height: picture.height,
            byte_size: picture.byte_size,
        }
    }
}

impl UploadView {
    pub fn new(upload: upload::Model, attachment: Option<attachment::Model>) -> Self {
        Self {
            id: upload.id,
            conversation_id: upload.conversation_id,
            size: upload.size,
            offset: upload.offset,
            expires_at: upload.expires_at,
            attachment: attachment.map(AttachmentView::from),
        }
    }
}
