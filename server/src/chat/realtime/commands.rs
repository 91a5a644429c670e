//! What somebody may ask of a socket, as it was checked. An event is read and checked when it arrives, since its JSON takes
//! many times the memory of what is in it, and it may have to wait for its turn.

use serde::Deserialize;

use crate::accounts::AccountId;
use crate::chat::ConversationId;
use crate::chat::error::ChatError;
use crate::chat::rules::{self, NewMessage};
use platform::http::error::AppError;
use platform::http::json::parse;
use platform::http::validate::Check;

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

#[derive(Debug)]
pub enum Command {
    Send { receiver: AccountId, message: NewMessage },
    Read { which: Which, seq: Option<i32> },
    Delivered { conversation: ConversationId, seq: Option<i32> },
    Type { reader: AccountId, is_typing: bool },
}

/// Which conversation was read.
#[derive(Debug)]
pub enum Which {
    This(ConversationId),
    NewestWith(AccountId),
}

impl Command {
    /// The event that it came by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Send { .. } => "sendMessage",
            Self::Read { .. } => "markAsRead",
            Self::Delivered { .. } => "markAsDelivered",
            Self::Type { .. } => "typing",
        }
    }

    /// Reads what `me` asks for by an event; nothing when there is no such event.
    pub fn read(event: &str, said: &str, me: AccountId) -> Option<Result<Self, AppError>> {
        let read = match event {
            "sendMessage" => Self::send,
            "markAsRead" => Self::mark_as_read,
            "markAsDelivered" => Self::mark_as_delivered,
            "typing" => Self::type_on,
            _ => return None,
        };
        Some(read(said.as_bytes(), me))
    }

    /// What it takes while it waits.
    pub fn bytes(&self) -> usize {
        let contents = match self {
            Self::Send { message, .. } => {
                let client_id = message.client_id.as_ref().map_or(0, String::capacity);
                message.body.capacity() + client_id + size_of_val(message.attachments.as_slice())
            }
            Self::Read { .. } | Self::Delivered { .. } | Self::Type { .. } => 0,
        };
        size_of::<Self>() + contents
    }

    fn send(said: &[u8], me: AccountId) -> Result<Self, AppError> {
        let event: SendMessage = parse(said)?;
        let mut check = Check::new();
        let sender = check.parsed::<AccountId>("senderId", event.sender_id.as_deref());
        let receiver = check.parsed::<AccountId>("receiverId", event.receiver_id.as_deref());
        let message = rules::check_message(&mut check, event.message, event.client_id, event.attachments);
        check.finish()?;
        must_be(me, sender)?;
        Ok(Self::Send { receiver: receiver.ok_or(ChatError::NotAParticipant)?, message })
    }

    fn mark_as_read(said: &[u8], me: AccountId) -> Result<Self, AppError> {
        let event: MarkAsRead = parse(said)?;
        let mut check = Check::new();
        let reader = check.parsed::<AccountId>("senderId", event.sender_id.as_deref());
        let other = check.parsed::<AccountId>("receiverId", event.receiver_id.as_deref());
        let conversation = event.conversation_id.as_deref().map(|id| check.parsed("conversationId", Some(id)));
        check.finish()?;
        must_be(me, reader)?;
        let which = match conversation.flatten() {
            Some(conversation) => Which::This(conversation),
            None => Which::NewestWith(other.ok_or(ChatError::NotAParticipant)?),
        };
        Ok(Self::Read { which, seq: event.seq })
    }

    fn mark_as_delivered(said: &[u8], _: AccountId) -> Result<Self, AppError> {
        let event: MarkAsDelivered = parse(said)?;
        let mut check = Check::new();
        let conversation = check.parsed("conversationId", event.conversation_id.as_deref());
        check.finish()?;
        let conversation = conversation.ok_or(ChatError::NotAParticipant)?;
        Ok(Self::Delivered { conversation, seq: event.seq })
    }

    fn type_on(said: &[u8], me: AccountId) -> Result<Self, AppError> {
        let event: TypingEvent = parse(said)?;
        let mut check = Check::new();
        let writer = check.parsed::<AccountId>("senderId", event.sender_id.as_deref());
        let reader = check.parsed::<AccountId>("receiverId", event.receiver_id.as_deref());
        check.finish()?;
        must_be(me, writer)?;
        let reader = reader.ok_or(ChatError::NotAParticipant)?;
        Ok(Self::Type { reader, is_typing: event.is_typing.unwrap_or(true) })
    }
}

fn must_be(me: AccountId, claimed: Option<AccountId>) -> Result<(), AppError> {
    if claimed == Some(me) { Ok(()) } else { Err(ChatError::NotAParticipant.into()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use serde_json::json;

    use super::*;

    #[test]
    fn what_waits_is_as_large_as_what_was_said() {
        let me = AccountId::new();
        let say = |text: &str| {
            let data = json!({"senderId": me.to_string(), "receiverId": AccountId::new().to_string(), "message": text});
            Command::read("sendMessage", &data.to_string(), me).unwrap().unwrap().bytes()
        };
        let (short, long) = (say("halo"), say(&"x".repeat(4_000)));
        assert!((4..1_000).contains(&short), "{short}");
        assert!((4_000..9_000).contains(&long), "{long}");
    }

    #[test]
    fn nonsense_is_refused_on_arrival_and_leaves_nothing() {
        let me = AccountId::new();
        for event in ["sendMessage", "markAsRead", "markAsDelivered", "typing"] {
            let nonsense = json!(vec![0; 10_000]).to_string();
            assert!(Command::read(event, &nonsense, me).unwrap().is_err(), "{event}");
        }
        assert!(Command::read("tidakAda", "null", me).is_none());
    }
}
