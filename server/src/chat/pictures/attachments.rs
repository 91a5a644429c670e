//! Taking a picture into a conversation and finding it again: participants only.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::store;
use crate::accounts::{AccountId, CurrentUser};
use crate::chat::Chat;
use crate::chat::entity::{AttachmentId, ConversationId, ConversationStatus, attachment};
use crate::chat::error::ChatError;
use crate::chat::store as conversations;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::images::{self, Picture};
use platform::uploads::Upload;

/// Checks that somebody may add pictures to a conversation, before anything of them is read.
pub async fn may_add(chat: &Chat, me: &CurrentUser, conversation: ConversationId) -> Result<(), AppError> {
    let found = conversations::find(&chat.db.read, conversation).await?.ok_or_else(ConversationId::not_found)?;
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
    let picture = chat.pictures.work(upload, images::rewrite).await??;
    let attachment = keep_objects(chat, AttachmentId::new(), uploader, conversation, picture).await?;
    store::insert_attachment(&chat.db.write, attachment.clone()).await?;
    Ok(attachment)
}

/// Stores what a picture consists of and says what its row is to hold. The objects come first: a row without its object
/// would be a broken picture, an object without its row is only rubbish.
pub async fn keep_objects(
    chat: &Chat,
    id: AttachmentId,
    uploader: AccountId,
    conversation: ConversationId,
    picture: Picture,
) -> Result<attachment::Model, AppError> {
    let attachment = attachment::Model {
        id,
        conversation_id: conversation,
        uploader_id: uploader,
        message_id: None,
        content_type: images::CONTENT_TYPE.to_owned(),
        width: whole(picture.width as usize),
        height: whole(picture.height as usize),
        byte_size: whole(picture.bytes.len()),
        thumbnail_size: Some(whole(picture.thumbnail.len())),
        placeholder: Some(BASE64.encode(picture.placeholder)),
        created_at: chat.clock.now(),
    };
    chat.pictures.storage.put(&attachment.thumbnail_key(), picture.thumbnail.into()).await?;
    chat.pictures.storage.put(&attachment.storage_key(), picture.bytes.into()).await?;
    Ok(attachment)
}

fn whole(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A picture, for the two participants.
pub async fn find(chat: &Chat, me: &CurrentUser, id: AttachmentId) -> Result<attachment::Model, AppError> {
    let attachment = store::find_attachment(&chat.db.read, id).await?.ok_or_else(AttachmentId::not_found)?;
    let conversation = conversations::find(&chat.db.read, attachment.conversation_id).await?;
    let conversation = conversation.ok_or_else(AttachmentId::not_found)?;
    conversation.side_of(me.id).ok_or(ChatError::NotAParticipant)?;
    Ok(attachment)
}
