//! What somebody says through a socket, checked like a request and answered like one.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use socketioxide::extract::AckSender;
use socketioxide::socket::Sid;

use crate::accounts::{AccountId, CurrentUser, Role};
use crate::app::AppState;
use crate::chat::error::ChatError;
use crate::chat::receipts::{self, Mark};
use crate::chat::views::MessageView;
use crate::chat::{rooms, rules, send, store, typing};
use crate::platform::http::error::AppError;
use crate::platform::http::json::mistyped;
use crate::platform::http::validate::Check;
use crate::platform::text::Language;

/// `sendMessage`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SendMessage {
    sender_id: Option<String>,
    receiver_id: Option<String>,
    message: Option<String>,
    client_id: Option<String>,
    attachments: Option<Vec<String>>,
}

/// `markAsRead`: the reader is `senderId`, as the original platform's server had it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MarkAsRead {
    sender_id: Option<String>,
    receiver_id: Option<String>,
    conversation_id: Option<String>,
    seq: Option<i32>,
}

/// `markAsDelivered`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MarkAsDelivered {
    conversation_id: Option<String>,
    seq: Option<i32>,
}

/// `typing`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TypingEvent {
    sender_id: Option<String>,
    receiver_id: Option<String>,
    is_typing: Option<bool>,
}

/// Who speaks through a socket.
#[derive(Clone)]
pub struct Speaker {
    pub app: AppState,
    pub me: CurrentUser,
    pub language: Language,
    pub socket_id: Sid,
}

impl Speaker {
    /// Acknowledges with the result or with the problem; does nothing when the client asked for no acknowledgement.
    pub fn answer<T: Serialize>(&self, ack: AckSender, result: Result<T, AppError>) {
        let sent = match result {
            Ok(result) => ack.send(&result),
            Err(error) => ack.send(&error.into_problem().body(self.language, &self.socket_id.to_string())),
        };
        if let Err(error) = sent {
            tracing::debug!(%error, "an acknowledgement could not be sent");
        }
    }

    pub async fn send(&self, data: Value) -> Result<Arc<MessageView>, AppError> {
        let event: SendMessage = read(data)?;
        let mut check = Check::new();
        let sender = check.parsed::<AccountId>("senderId", event.sender_id.as_deref());
        let receiver = check.parsed::<AccountId>("receiverId", event.receiver_id.as_deref());
        let message = rules::check_message(&mut check, event.message, event.client_id, event.attachments);
        check.finish()?;
        self.must_be_me(sender)?;
        let receiver = receiver.ok_or(ChatError::NotAParticipant)?;
        Ok(send::send_to(&self.app, &self.me, receiver, message).await?.message)
    }

    pub async fn mark_as_read(&self, data: Value) -> Result<receipts::Receipt, AppError> {
        let event: MarkAsRead = read(data)?;
        let mut check = Check::new();
        let reader = check.parsed::<AccountId>("senderId", event.sender_id.as_deref());
        let other = check.parsed::<AccountId>("receiverId", event.receiver_id.as_deref());
        let conversation = event.conversation_id.as_deref().map(|id| check.parsed("conversationId", Some(id)));
        check.finish()?;
        self.must_be_me(reader)?;
        let conversation = match conversation.flatten() {
            Some(conversation) => conversation,
            None => {
                let other = other.ok_or(ChatError::NotAParticipant)?;
                let newest = store::find_newest_of(&self.app.db.read, self.me.id, other).await?;
                newest.ok_or(ChatError::NoActiveConversation)?.id
            }
        };
        receipts::mark(&self.app, self.me.id, conversation, Mark::Read, event.seq).await
    }

    pub async fn mark_as_delivered(&self, data: Value) -> Result<receipts::Receipt, AppError> {
        let event: MarkAsDelivered = read(data)?;
        let mut check = Check::new();
        let conversation = check.parsed("conversationId", event.conversation_id.as_deref());
        check.finish()?;
        let conversation = conversation.ok_or(ChatError::NotAParticipant)?;
        receipts::mark(&self.app, self.me.id, conversation, Mark::Delivered, event.seq).await
    }

    pub async fn type_on(&self, data: Value) -> Result<(), AppError> {
        let event: TypingEvent = read(data)?;
        let mut check = Check::new();
        let writer = check.parsed::<AccountId>("senderId", event.sender_id.as_deref());
        let reader = check.parsed::<AccountId>("receiverId", event.receiver_id.as_deref());
        check.finish()?;
        self.must_be_me(writer)?;
        let reader = reader.ok_or(ChatError::NotAParticipant)?;
        self.app.limits.typing_by_account.take(&self.me.id.0)?;
        let (owner, doctor) = if self.me.role == Role::Dokter { (reader, self.me.id) } else { (self.me.id, reader) };
        let room = rooms::between(&self.app, owner, doctor).await?.ok_or(ChatError::NoActiveConversation)?;
        typing::tell(&self.app, room.id, self.me.id, reader, event.is_typing.unwrap_or(true)).await;
        Ok(())
    }

    /// The token that opened the socket must not have ended; the socket itself ends within a second (`expiry.rs`).
    pub fn must_be_current(&self) -> Result<(), AppError> {
        if self.app.clock.now() < self.me.expires_at { Ok(()) } else { Err(AppError::unauthenticated()) }
    }

    fn must_be_me(&self, claimed: Option<AccountId>) -> Result<(), AppError> {
        if claimed == Some(self.me.id) { Ok(()) } else { Err(ChatError::NotAParticipant.into()) }
    }
}

/// Reads an event's payload; the refusal names the field of the wrong type.
fn read<T: DeserializeOwned>(data: Value) -> Result<T, AppError> {
    serde_path_to_error::deserialize(data).map_err(|error| mistyped(&error.path().to_string()))
}
