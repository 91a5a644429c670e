//! The hash chain over the messages of a transcript: each hash covers its message and the hash before it, so that a copy
//! in which a word was changed, left out or moved no longer adds up. `docs/transcript.md` says how to check one.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::chat::ConversationId;
use crate::chat::entity::{attachment, message};

/// Grows by one message at a time, in the order of `seq` from the first one on.
pub struct Chain {
    last: String,
}

impl Chain {
    /// Begins with the conversation's id in the place of a hash, so that no message fits into another conversation.
    pub fn of(conversation: ConversationId) -> Self {
        Self { last: conversation.to_string() }
    }

    /// The hash of the next message, in hexadecimal digits. It covers a JSON array without spaces: unlike an object, it is
    /// written alike by every library.
    pub fn add(&mut self, message: &message::Model, pictures: &[attachment::Model]) -> String {
        let pictures: Vec<_> = pictures
            .iter()
            .map(|picture| json!([picture.id, picture.content_type, picture.width, picture.height, picture.byte_size]))
            .collect();
        let covered =
            json!([self.last, message.seq, message.id, message.sender_id, message.created_at, message.body, pictures]);
        self.last = hex::encode(Sha256::digest(covered.to_string()));
        self.last.clone()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;
    use crate::accounts::AccountId;
    use crate::chat::entity::{AttachmentId, MessageId};
    use platform::clock::Timestamp;

    const CONVERSATION: &str = "01900000-0000-7000-8000-000000000001";

    fn said(seq: i32, body: &str) -> message::Model {
        message::Model {
            id: MessageId("01900000-0000-7000-8000-00000000000a".parse().unwrap()),
            conversation_id: CONVERSATION.parse().unwrap(),
            seq,
            sender_id: AccountId("01900000-0000-7000-8000-00000000000b".parse().unwrap()),
            client_id: None,
            body: body.to_owned(),
            created_at: Timestamp::from_millis(1_795_334_400_500),
        }
    }

    fn picture() -> attachment::Model {
        let message = said(1, "");
        attachment::Model {
            id: AttachmentId("01900000-0000-7000-8000-00000000000c".parse().unwrap()),
            conversation_id: message.conversation_id,
            uploader_id: message.sender_id,
            message_id: Some(message.id),
            content_type: "image/jpeg".to_owned(),
            width: 640,
            height: 480,
            byte_size: 12_345,
            thumbnail_size: None,
            placeholder: None,
            created_at: message.created_at,
        }
    }

    fn hashes(messages: &[message::Model]) -> Vec<String> {
        let mut chain = Chain::of(CONVERSATION.parse().unwrap());
        messages.iter().map(|message| chain.add(message, &[])).collect()
    }

    #[test]
    fn a_hash_is_what_the_documentation_says() {
        let mut chain = Chain::of(CONVERSATION.parse().unwrap());
        let covered = concat!(
            r#"["01900000-0000-7000-8000-000000000001",1,"01900000-0000-7000-8000-00000000000a","#,
            r#""01900000-0000-7000-8000-00000000000b","2026-11-22T08:00:00.500Z","Halo \"Dok\"\n🐱","#,
            r#"[["01900000-0000-7000-8000-00000000000c","image/jpeg",640,480,12345]]]"#
        );
        assert_eq!(chain.add(&said(1, "Halo \"Dok\"\n🐱"), &[picture()]), hex::encode(Sha256::digest(covered)));
    }

    #[test]
    fn whatever_is_changed_left_out_or_moved_changes_all_that_follows() {
        let original = hashes(&[said(1, "satu"), said(2, "dua"), said(3, "tiga")]);
        for forged in [
            hashes(&[said(1, "Satu"), said(2, "dua"), said(3, "tiga")]),
            hashes(&[said(2, "dua"), said(3, "tiga")]),
            hashes(&[said(2, "dua"), said(1, "satu"), said(3, "tiga")]),
        ] {
            assert_ne!(forged.last(), original.last());
        }
        assert_eq!(hashes(&[said(1, "satu")])[0], original[0], "what was said before stays as it is");
    }
}
