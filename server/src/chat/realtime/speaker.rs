//! What somebody says through a socket, carried out like a request and answered like one.

use std::sync::Arc;

use serde::Serialize;
use socketioxide::extract::AckSender;
use socketioxide::socket::Sid;

use super::commands::Which;
use crate::accounts::{AccountId, CurrentUser, Role};
use crate::chat::error::ChatError;
use crate::chat::receipts::{self, Mark};
use crate::chat::rules::NewMessage;
use crate::chat::views::MessageView;
use crate::chat::{Chat, ConversationId, rooms, send, store, typing};
use platform::http::error::AppError;
use platform::text::Language;

/// Who speaks through a socket.
#[derive(Clone)]
pub struct Speaker {
    pub chat: Arc<Chat>,
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

    pub async fn send(&self, receiver: AccountId, message: NewMessage) -> Result<Arc<MessageView>, AppError> {
        Ok(send::send_to(&self.chat, &self.me, receiver, message).await?.message)
    }

    pub async fn mark_as_read(&self, which: Which, seq: Option<i32>) -> Result<receipts::Receipt, AppError> {
        self.chat.limits.mark_by_account.take(&self.me.id.0)?;
        let conversation = match which {
            Which::This(conversation) => conversation,
            Which::NewestWith(other) => {
                let newest = store::find_newest_of(&self.chat.db.read, self.me.id, other).await?;
                newest.ok_or(ChatError::NoActiveConversation)?.id
            }
        };
        receipts::mark(&self.chat, self.me.id, conversation, Mark::Read, seq).await
    }

    pub async fn mark_as_delivered(
        &self,
        conversation: ConversationId,
        seq: Option<i32>,
    ) -> Result<receipts::Receipt, AppError> {
        self.chat.limits.mark_by_account.take(&self.me.id.0)?;
        receipts::mark(&self.chat, self.me.id, conversation, Mark::Delivered, seq).await
    }

    pub async fn type_on(&self, reader: AccountId, is_typing: bool) -> Result<(), AppError> {
        self.chat.limits.typing_by_account.take(&self.me.id.0)?;
        let (owner, doctor) = if self.me.role == Role::Dokter { (reader, self.me.id) } else { (self.me.id, reader) };
        let room = rooms::between(&self.chat, owner, doctor).await?.ok_or(ChatError::NoActiveConversation)?;
        typing::tell(&self.chat, room.id, self.me.id, reader, is_typing).await;
        Ok(())
    }

    /// The token that opened the socket must not have ended; the socket itself ends within a second (`expiry.rs`).
    pub fn must_be_current(&self) -> Result<(), AppError> {
        if self.chat.clock.now() < self.me.expires_at { Ok(()) } else { Err(AppError::unauthenticated()) }
    }
}
