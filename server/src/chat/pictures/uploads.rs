//! A picture in pieces: begun once, continued from any node after any interruption, finished by the one who adds or asks
//! when the last byte is there.

use anyhow::Context;

use super::entity::{ChunkId, UploadId, chunk, upload};
use super::error::UploadError;
use super::rules::{self, NewUpload, Place};
use super::views::UploadView;
use super::{attachments, store, sweep};
use crate::accounts::{AccountId, CurrentUser};
use crate::chat::Chat;
use crate::chat::entity::{ConversationId, attachment};
use platform::db::is_taken;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::images::Shape;
use platform::pictures;
use platform::uploads::Upload;

/// What beginning led to.
pub struct Begun {
    pub upload: UploadView,
    /// False when it had begun before under the same `clientId`.
    pub is_new: bool,
}

pub async fn begin(
    chat: &Chat,
    me: &CurrentUser,
    conversation: ConversationId,
    new: NewUpload,
) -> Result<Begun, AppError> {
    attachments::may_add(chat, me, conversation).await?;
    let now = chat.clock.now();
    if let Some(first) = store::find_upload_by_client_id(&chat.db.read, me.id, &new.client_id).await? {
        if !rules::is_expired(&first, now) {
            return repeat(chat, first, conversation, &new).await;
        }
        sweep::discard(chat, &first).await?;
    }
    chat.pictures.take_turn(me.id.0)?;
    chat.pictures.check_quota(me.id.0).await?;
    let upload = upload::Model {
        id: UploadId::new(),
        conversation_id: conversation,
        uploader_id: me.id,
        client_id: new.client_id.clone(),
        size: new.size,
        offset: 0,
        content_type: new.content_type.clone(),
        attachment_id: None,
        refusal: None,
        created_at: now,
        expires_at: now + rules::KEPT_UNFINISHED,
    };
    if let Err(error) = store::insert_upload(&chat.db.write, upload.clone()).await {
        // The same device, on another connection, was faster.
        if is_taken(&error)
            && let Some(first) = store::find_upload_by_client_id(&chat.db.write, me.id, &new.client_id).await?
        {
            return repeat(chat, first, conversation, &new).await;
        }
        return Err(error.into());
    }
    Ok(Begun { upload: UploadView::new(upload, None), is_new: true })
}

async fn repeat(
    chat: &Chat,
    first: upload::Model,
    conversation: ConversationId,
    new: &NewUpload,
) -> Result<Begun, AppError> {
    if first.conversation_id != conversation || first.size != new.size {
        return Err(UploadError::ClientIdReused.into());
    }
    Ok(Begun { upload: present_state(chat, first).await?, is_new: false })
}

/// How far somebody's own upload has come.
pub async fn show(chat: &Chat, uploader: AccountId, id: UploadId) -> Result<UploadView, AppError> {
    let upload = find_own(chat, uploader, id).await?;
    present_state(chat, upload).await
}

/// Whether somebody may add a piece; asked before anything of it is read.
pub async fn may_append(chat: &Chat, me: &CurrentUser, id: UploadId) -> Result<upload::Model, AppError> {
    let upload = find_own(chat, me.id, id).await?;
    attachments::may_add(chat, me, upload.conversation_id).await?;
    chat.limits.chunk_by_account.take(&me.id.0)?;
    Ok(upload)
}

/// Adds a piece that begins at `from`.
pub async fn append(chat: &Chat, before: upload::Model, from: i32, piece: Upload) -> Result<UploadView, AppError> {
    let length = i32::try_from(piece.len()).map_err(|_| UploadError::ChunkTooLarge)?;
    let is_added = match rules::place(&before, from, length)? {
        Place::Next => add(chat, &before, piece, length).await?,
        Place::Known => true,
    };
    let after = find_own(chat, before.uploader_id, before.id).await?;
    if !is_added {
        // Another piece was faster. Perhaps it was this very one, sent again too early.
        rules::place(&after, from, length)?;
    }
    present_state(chat, after).await
}

/// Nobody but the uploader knows of an upload.
async fn find_own(chat: &Chat, uploader: AccountId, id: UploadId) -> Result<upload::Model, AppError> {
    let found = store::find_upload(&chat.db.read, uploader, id).await?;
    found.filter(|upload| !rules::is_expired(upload, chat.clock.now())).ok_or_else(UploadId::not_found)
}

/// Stores a piece, then moves the upload on, unless another piece was faster. The object has a name of its own, so that
/// the slower one cannot write over what already counts.
async fn add(chat: &Chat, upload: &upload::Model, piece: Upload, length: i32) -> Result<bool, AppError> {
    let row = chunk::Model { id: ChunkId::new(), upload_id: upload.id, offset: upload.offset };
    chat.pictures.storage.put(&row.storage_key(), piece.bytes()).await?;
    let txn = chat.db.begin_write().await?;
    let is_next = store::advance(&txn, &row, length).await?;
    txn.commit().await?;
    if !is_next {
        chat.pictures.storage.delete(&row.storage_key()).await?;
    }
    Ok(is_next)
}

/// The state to answer; a complete upload is finished first, also when the node that took its last byte is gone.
async fn present_state(chat: &Chat, upload: upload::Model) -> Result<UploadView, AppError> {
    let attachment = match outcome(chat, &upload).await? {
        None if rules::is_complete(&upload) => Some(finish(chat, &upload).await?),
        outcome => outcome,
    };
    Ok(UploadView::new(upload, attachment))
}

/// The picture that an upload has become, or the refusal that it ended with.
async fn outcome(chat: &Chat, upload: &upload::Model) -> Result<Option<attachment::Model>, AppError> {
    match (upload.refusal, upload.attachment_id) {
        (Some(refusal), _) => Err(refusal.into()),
        (None, Some(id)) => Ok(store::find_attachment(&chat.db.read, id).await?),
        (None, None) => Ok(None),
    }
}

/// Turns a complete upload into a picture, for one who asks at a time. Its bytes are gathered only when a worker is free
/// for them.
async fn finish(chat: &Chat, upload: &upload::Model) -> Result<attachment::Model, AppError> {
    let _alone = chat.upload_locks.lock(upload.id).await;
    let known = find_own(chat, upload.uploader_id, upload.id).await?;
    if let Some(finished) = outcome(chat, &known).await? {
        return Ok(finished);
    }
    chat.pictures.check_quota(upload.uploader_id.0).await?;
    let turn = chat.pictures.workers().turn().await?;
    let bytes = gather(chat, upload).await?;
    // Asked after its pieces were read: whoever finished it meanwhile, on another node, has deleted them.
    let upload = find_own(chat, upload.uploader_id, upload.id).await?;
    if let Some(finished) = outcome(chat, &upload).await? {
        return Ok(finished);
    }
    let bytes = bytes.with_context(|| format!("a piece of the upload {} is missing", upload.id))?;
    let picture = match chat.pictures.rewrite(turn, bytes, Shape::Message).await? {
        Ok(picture) => picture,
        Err(refusal) => {
            store::refuse(&chat.db.write, upload.id, refusal).await?;
            sweep::forget_pieces(chat, &upload).await;
            return Err(refusal.into());
        }
    };
    let id = upload.future_attachment();
    let key = attachment::storage_key(upload.conversation_id, id);
    let kept = chat.pictures.put(&key, upload.uploader_id.0, picture).await?;
    let attachment = attachments::row(chat, id, upload.uploader_id, upload.conversation_id, kept);
    let txn = chat.db.begin_write().await?;
    store::insert_attachment(&txn, attachment.clone()).await?;
    store::finish(&txn, upload.id, id).await?;
    pictures::settle(&txn, &key).await?;
    txn.commit().await?;
    sweep::forget_pieces(chat, &upload).await;
    Ok(attachment)
}

/// The whole file; nothing when a piece of it is gone.
async fn gather(chat: &Chat, upload: &upload::Model) -> Result<Option<Upload>, AppError> {
    let size = usize::try_from(upload.size).unwrap_or_default();
    let room = chat.pictures.memory.room(size)?;
    let mut bytes = Vec::with_capacity(size);
    for piece in store::chunks_of(&chat.db.read, upload.id).await? {
        let Some(part) = chat.pictures.storage.get(&piece.storage_key()).await? else { return Ok(None) };
        bytes.extend_from_slice(&part);
    }
    Ok(Some(room.hold(bytes)))
}
