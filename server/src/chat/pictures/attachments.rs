//! Taking a picture into a conversation and finding it again: participants only.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::store;
use crate::accounts::{AccountId, CurrentUser};
use crate::chat::entity::{AttachmentId, ConversationId, ConversationStatus, attachment};
use crate::chat::error::ChatError;
use crate::chat::{Chat, Conversation};
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::images::{self, Shape};
use platform::pictures::{self, Kept};
use platform::uploads::Upload;

/// Checks that somebody may add pictures to a conversation, before anything of them is read.
pub async fn may_add(chat: &Chat, me: &CurrentUser, conversation: ConversationId) -> Result<(), AppError> {
    let found = Conversation::find(&chat.db.read, conversation).await?.ok_or_else(ConversationId::not_found)?;
    found.side_of(me.id).ok_or(ChatError::NotAParticipant)?;
    if found.status != ConversationStatus::Active {
        return Err(ChatError::NoActiveConversation.into());
    }
    Ok(())
}

/// Takes a picture that came in one go.
pub async fn upload(
    chat: &Chat,
    uploader: AccountId,
    conversation: ConversationId,
    upload: Upload,
) -> Result<attachment::Model, AppError> {
    let id = AttachmentId::new();
    let key = attachment::storage_key(conversation, id);
    let kept = chat.pictures.keep(&key, uploader.0, upload, Shape::Message).await?;
    let attachment = row(chat, id, uploader, conversation, kept);
    let txn = chat.db.begin_write().await?;
    store::insert_attachment(&txn, attachment.clone()).await?;
    pictures::settle(&txn, &key).await?;
    txn.commit().await?;
    Ok(attachment)
}

/// What is remembered of a picture that no message has taken along yet.
pub fn row(
    chat: &Chat,
    id: AttachmentId,
    uploader: AccountId,
    conversation: ConversationId,
    kept: Kept,
) -> attachment::Model {
    attachment::Model {
        id,
        conversation_id: conversation,
        uploader_id: uploader,
        message_id: None,
        content_type: images::CONTENT_TYPE.to_owned(),
        width: kept.width,
        height: kept.height,
        byte_size: kept.byte_size,
        thumbnail_size: kept.thumbnail_size,
        placeholder: Some(BASE64.encode(kept.placeholder)),
        created_at: chat.clock.now(),
    }
}

/// A picture, for the two participants.
pub async fn find(chat: &Chat, me: &CurrentUser, id: AttachmentId) -> Result<attachment::Model, AppError> {
    let attachment = store::find_attachment(&chat.db.read, id).await?.ok_or_else(AttachmentId::not_found)?;
    let conversation = Conversation::find(&chat.db.read, attachment.conversation_id).await?;
    let conversation = conversation.ok_or_else(AttachmentId::not_found)?;
    conversation.side_of(me.id).ok_or(ChatError::NotAParticipant)?;
    Ok(attachment)
}
