//! Sending a message: one command behind both doors, HTTP and socket. Stored first, told afterwards.

use std::sync::Arc;

use super::entity::{ConversationId, Model, message};
use super::error::ChatError;
use super::rooms::{self, Room};
use super::rules::NewMessage;
use super::views::{self, MessageView};
use super::writer::Appended;
use super::{Chat, store};
use crate::accounts::{AccountId, CurrentUser, Role};
use platform::http::error::AppError;
use platform::http::path::Named;

/// What sending led to.
pub struct Sent {
    pub message: Arc<MessageView>,
    /// False when the message had been stored before under the same `clientId`.
    pub is_new: bool,
}

/// Sends to a person, into the one active conversation of the two.
pub async fn send_to(chat: &Chat, me: &CurrentUser, receiver: AccountId, new: NewMessage) -> Result<Sent, AppError> {
    let (owner, doctor) = match me.role {
        Role::User => (me.id, receiver),
        Role::Dokter => (receiver, me.id),
        Role::Mitra | Role::Admin => return Err(ChatError::NoActiveConversation.into()),
    };
    let is_ours = |found: &Model| found.side_of(receiver).is_some();
    match rooms::between(chat, owner, doctor).await? {
        Some(room) => append(chat, me.id, room, new, is_ours).await,
        None => repeat_or(chat, me.id, &new, is_ours, ChatError::NoActiveConversation).await,
    }
}

/// Sends into a conversation.
pub async fn send_into(
    chat: &Chat,
    me: &CurrentUser,
    conversation: ConversationId,
    new: NewMessage,
) -> Result<Sent, AppError> {
    let is_this = |found: &Model| found.id == conversation;
    if let Some(room) = rooms::find(chat, conversation).await? {
        if !room.has(me.id) {
            return Err(ChatError::NotAParticipant.into());
        }
        return append(chat, me.id, room, new, is_this).await;
    }
    let ended = Model::find(&chat.db.read, conversation).await?.ok_or_else(ConversationId::not_found)?;
    ended.side_of(me.id).ok_or(ChatError::NotAParticipant)?;
    repeat_or(chat, me.id, &new, is_this, ChatError::NoActiveConversation).await
}

async fn append(
    chat: &Chat,
    sender: AccountId,
    room: Arc<Room>,
    new: NewMessage,
    is_same: impl FnOnce(&Model) -> bool,
) -> Result<Sent, AppError> {
    if let Err(refusal) = chat.limits.message_by_account.take(&sender.0) {
        return repeat_or(chat, sender, &new, is_same, refusal).await;
    }
    match chat.engine.append(room, sender, new.clone()).await? {
        Appended::Stored(message) => Ok(Sent { message, is_new: true }),
        Appended::Known(first) => repeat(chat, sender, first, is_same).await,
        Appended::NotActive => repeat_or(chat, sender, &new, is_same, ChatError::NoActiveConversation).await,
        Appended::AttachmentUnusable => Err(ChatError::AttachmentUnusable.into()),
    }
}

/// What cannot be sent any more may have been sent before: then the first message is the answer, else the refusal.
async fn repeat_or(
    chat: &Chat,
    sender: AccountId,
    new: &NewMessage,
    is_same: impl FnOnce(&Model) -> bool,
    refusal: impl Into<AppError>,
) -> Result<Sent, AppError> {
    let Some(client_id) = &new.client_id else { return Err(refusal.into()) };
    match store::find_by_client_ids(&chat.db.read, &[(sender, client_id.clone())]).await?.pop() {
        Some(first) => repeat(chat, sender, first, is_same).await,
        None => Err(refusal.into()),
    }
}

/// Answers the message that was stored under the same `clientId` before.
async fn repeat(
    chat: &Chat,
    sender: AccountId,
    first: message::Model,
    is_same: impl FnOnce(&Model) -> bool,
) -> Result<Sent, AppError> {
    let conversation = Model::find(&chat.db.read, first.conversation_id).await?;
    let conversation = conversation.filter(|found| found.side_of(sender).is_some() && is_same(found));
    let conversation = conversation.ok_or(ChatError::ClientIdReused)?;
    let view = views::messages(&chat.db.read, &conversation, vec![first]).await?.pop();
    let message = view.ok_or_else(|| anyhow::anyhow!("a message of {} cannot be shown", conversation.id))?;
    Ok(Sent { message: Arc::new(message), is_new: false })
}
