//! What a message may be, how far it has come, and when a conversation ends.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::entity::{AttachmentId, ConversationStatus, Model, Side};
use super::error::ChatError;
use platform::http::validate::{Check, Lines};
use platform::text::Text;

pub const LONGEST_MESSAGE: usize = 4_000;
const LONGEST_CLIENT_ID: usize = 64;
pub const MOST_ATTACHMENTS: usize = 6;

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum MessageStatus {
    /// On our disk.
    Sent,
    /// On a device of the other.
    Delivered,
    /// Seen by the other.
    Read,
}

pub fn message_status(conversation: &Model, sender: Side, seq: i32) -> MessageStatus {
    let receiver = sender.other();
    if seq <= conversation.read_seq(receiver) {
        MessageStatus::Read
    } else if seq <= conversation.delivered_seq(receiver) {
        MessageStatus::Delivered
    } else {
        MessageStatus::Sent
    }
}

/// A message that may be stored.
#[derive(Clone, Debug)]
pub struct NewMessage {
    pub body: String,
    pub client_id: Option<String>,
    pub attachments: Vec<AttachmentId>,
}

/// Checks what somebody wants to say. A picture needs no words.
pub fn check_message(
    check: &mut Check,
    message: Option<String>,
    client_id: Option<String>,
    attachments: Option<Vec<String>>,
) -> NewMessage {
    let given = attachments.unwrap_or_default();
    let attachments: Vec<AttachmentId> = given.iter().filter_map(|id| id.parse().ok()).collect();
    if attachments.len() != given.len() || attachments.len() > MOST_ATTACHMENTS {
        check.invalid(
            "attachments",
            "invalid_attachments",
            Text::new(
                format!("Paling banyak {MOST_ATTACHMENTS} gambar yang sudah diunggah."),
                format!("At most {MOST_ATTACHMENTS} pictures that were uploaded before."),
            ),
        );
    }
    let body = if given.is_empty() {
        check.text("message", message, LONGEST_MESSAGE, Lines::Many)
    } else {
        check.optional_text("message", message, LONGEST_MESSAGE, Lines::Many)
    };
    NewMessage { body, client_id: check_client_id(check, client_id), attachments }
}

pub fn check_client_id(check: &mut Check, given: Option<String>) -> Option<String> {
    let client_id = given?;
    let is_plain = client_id.bytes().all(|byte| byte.is_ascii_graphic());
    if client_id.is_empty() || client_id.len() > LONGEST_CLIENT_ID || !is_plain {
        check.invalid(
            "clientId",
            "invalid_client_id",
            Text::new(
                "Pakai 1 sampai 64 karakter ASCII, misalnya UUID.",
                "Use 1 to 64 ASCII characters, such as a UUID.",
            ),
        );
    }
    Some(client_id)
}

/// The `seq` just before the page around a message: half a page before it, more where the conversation ends too soon.
pub fn before_page_around(seq: i32, limit: u64, last_seq: i32) -> i32 {
    let limit = i32::try_from(limit).unwrap_or(i32::MAX);
    let half_a_page_before = seq.saturating_sub(1).saturating_sub(limit / 2);
    half_a_page_before.min(last_seq.saturating_sub(limit)).max(0)
}

/// Ends a conversation, once.
pub fn end(from: ConversationStatus) -> Result<ConversationStatus, ChatError> {
    match from {
        ConversationStatus::Active => Ok(ConversationStatus::Ended),
        ConversationStatus::Ended => Err(ChatError::AlreadyEnded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::AccountId;
    use crate::chat::ConversationId;
    use crate::subjects::ConsultationId;
    use platform::clock::Timestamp;

    fn conversation() -> Model {
        let now = Timestamp::from_millis(0);
        Model {
            id: ConversationId::new(),
            consultation_id: ConsultationId::new(),
            owner_id: AccountId::new(),
            doctor_id: AccountId::new(),
            status: ConversationStatus::Active,
            last_seq: 9,
            owner_delivered_seq: 9,
            owner_read_seq: 9,
            doctor_delivered_seq: 6,
            doctor_read_seq: 3,
            is_follow_up: false,
            created_at: now,
            updated_at: now,
            ended_at: None,
        }
    }

    #[test]
    fn a_message_is_as_far_as_the_other_side_has_come() {
        let conversation = conversation();
        assert_eq!(message_status(&conversation, Side::Owner, 3), MessageStatus::Read);
        assert_eq!(message_status(&conversation, Side::Owner, 6), MessageStatus::Delivered);
        assert_eq!(message_status(&conversation, Side::Owner, 7), MessageStatus::Sent);
        assert_eq!(message_status(&conversation, Side::Doctor, 9), MessageStatus::Read);
    }

    #[test]
    fn a_message_needs_words_or_a_picture() {
        for (text, pictures, is_fine) in [
            (Some("halo".to_owned()), None, true),
            (Some(" \n ".to_owned()), None, false),
            (None, None, false),
            (None, Some(vec![AttachmentId::new().to_string()]), true),
            (Some("a".repeat(LONGEST_MESSAGE)), None, true),
            (Some("a".repeat(LONGEST_MESSAGE + 1)), None, false),
            (Some("nul \u{0}".to_owned()), None, true),
            (Some("\u{200b}\u{202e}".to_owned()), None, false),
            (Some("\u{200b}".to_owned()), Some(vec![AttachmentId::new().to_string()]), true),
            (Some("halo".to_owned()), Some(vec!["not an id".to_owned()]), false),
        ] {
            let mut check = Check::new();
            check_message(&mut check, text.clone(), None, pictures);
            assert_eq!(check.finish().is_ok(), is_fine, "{text:?}");
        }
    }

    #[test]
    fn a_page_around_a_message_holds_it_and_is_full() {
        for (seq, limit, last_seq, before) in [
            (50, 20, 100, 39),
            (50, 21, 100, 39),
            (50, 1, 100, 49),
            (1, 20, 100, 0),
            (0, 20, 100, 0),
            (5, 20, 100, 0),
            (100, 20, 100, 80),
            (95, 20, 100, 80),
            (7, 20, 10, 0),
            (i32::MAX, 20, 100, 80),
            (3, 20, 0, 0),
        ] {
            assert_eq!(before_page_around(seq, limit, last_seq), before, "{seq} of {last_seq}");
        }
    }

    #[test]
    fn a_conversation_ends_once() {
        assert!(end(ConversationStatus::Active).is_ok());
        assert!(end(ConversationStatus::Ended).is_err());
    }
}
