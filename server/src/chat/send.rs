//! Sending a message: one command behind both doors, HTTP and socket. Stored first, told afterwards.

use sea_orm::SqlErr;

use super::entity::{ConversationId, MessageId, Model, message};
use super::error::ChatError;
use super::rules::NewMessage;
use super::views::{self, MessageView};
use super::{pictures, store};
use crate::accounts::{AccountId, CurrentUser, Role};
use crate::app::App;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;

/// What sending led to.
pub struct Sent {
    pub message: MessageView,
    /// False when the message had been stored before under the same `clientId`.
    pub is_new: bool,
}

/// Sends to a person, into the one active conversation of the two.
pub async fn send_to(app: &App, me: &CurrentUser, receiver: AccountId, new: NewMessage) -> Result<Sent, AppError> {
    if let Some(client_id) = &new.client_id
        && let Some(first) = store::find_by_client_id(&app.db.read, me.id, client_id).await?
    {
        return repeat(app, me.id, first, |conversation| conversation.side_of(receiver).is_some()).await;
    }
    let (owner, doctor) = match me.role {
        Role::User => (me.id, receiver),
        Role::Dokter => (receiver, me.id),
        Role::Mitra | Role::Admin => return Err(ChatError::NoActiveConversation.into()),
    };
    let conversation = store::find_active(&app.db.read, owner, doctor).await?;
    let conversation = conversation.ok_or(ChatError::NoActiveConversation)?;
    store_and_tell(app, me.id, conversation.id, new).await
}

/// Sends into a conversation.
pub async fn send_into(
    app: &App,
    me: &CurrentUser,
    conversation: ConversationId,
    new: NewMessage,
) -> Result<Sent, AppError> {
    let found = store::find(&app.db.read, conversation).await?.ok_or_else(ConversationId::not_found)?;
    found.side_of(me.id).ok_or(ChatError::NotAParticipant)?;
    store_and_tell(app, me.id, conversation, new).await
}

async fn store_and_tell(
    app: &App,
    sender: AccountId,
    conversation: ConversationId,
    new: NewMessage,
) -> Result<Sent, AppError> {
    let _order = app.conversation_locks.lock(conversation).await;
    if let Some(client_id) = &new.client_id
        && let Some(first) = store::find_by_client_id(&app.db.read, sender, client_id).await?
    {
        return repeat(app, sender, first, |found| found.id == conversation).await;
    }
    app.limits.message_by_account.take(&sender.0)?;
    let (conversation, message) = match insert(app, sender, conversation, &new).await {
        Err(InsertError::SentBefore(first)) => {
            return repeat(app, sender, first, |found| found.id == conversation).await;
        }
        Err(InsertError::Other(error)) => return Err(error),
        Ok(inserted) => inserted,
    };
    let view = one_view(app, &conversation, message).await?;
    app.typing.stop(conversation.id, sender);
    let both = [conversation.owner_id.0, conversation.doctor_id.0];
    app.realtime.tell(&both, "newMessage", &view).await;
    metrics::counter!("chat_messages_stored_total").increment(1);
    Ok(Sent { message: view, is_new: true })
}

enum InsertError {
    /// Another node, or another connection of the same device, stored it meanwhile.
    SentBefore(message::Model),
    Other(AppError),
}

impl<E: Into<AppError>> From<E> for InsertError {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

async fn insert(
    app: &App,
    sender: AccountId,
    conversation: ConversationId,
    new: &NewMessage,
) -> Result<(Model, message::Model), InsertError> {
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let conversation = store::take_next_seq(&txn, conversation, now).await?.ok_or(ChatError::NoActiveConversation)?;
    let message = message::Model {
        id: MessageId::new(),
        conversation_id: conversation.id,
        seq: conversation.last_seq,
        sender_id: sender,
        client_id: new.client_id.clone(),
        body: new.body.clone(),
        created_at: now,
    };
    if let Err(error) = store::insert_message(&txn, message.clone()).await {
        drop(txn);
        if let (Some(SqlErr::UniqueConstraintViolation(_)), Some(client_id)) = (error.sql_err(), &new.client_id)
            && let Some(first) = store::find_by_client_id(&app.db.write, sender, client_id).await?
        {
            return Err(InsertError::SentBefore(first));
        }
        return Err(error.into());
    }
    if !new.attachments.is_empty()
        && !pictures::take_attachments(&txn, conversation.id, sender, &new.attachments, message.id).await?
    {
        return Err(ChatError::AttachmentUnusable.into());
    }
    txn.commit().await?;
    Ok((conversation, message))
}

/// Answers the message that was stored under the same `clientId` before.
async fn repeat(
    app: &App,
    sender: AccountId,
    first: message::Model,
    is_same: impl FnOnce(&Model) -> bool,
) -> Result<Sent, AppError> {
    let conversation = store::find(&app.db.read, first.conversation_id).await?;
    let conversation = conversation.filter(|found| found.side_of(sender).is_some() && is_same(found));
    let conversation = conversation.ok_or(ChatError::ClientIdReused)?;
    Ok(Sent { message: one_view(app, &conversation, first).await?, is_new: false })
}

async fn one_view(app: &App, conversation: &Model, message: message::Model) -> Result<MessageView, AppError> {
    let view = views::messages(&app.db.read, conversation, vec![message]).await?.pop();
    Ok(view.ok_or_else(|| anyhow::anyhow!("a message of conversation {} cannot be shown", conversation.id))?)
}
