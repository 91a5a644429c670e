//! The transcript for programs, written while it is read: a long conversation is never in memory as a whole.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures_util::stream;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Entry, Head, ParticipantRole, Reader};
use crate::accounts::AccountId;
use crate::chat::entity::{AttachmentId, ConversationStatus, MessageId, Side, attachment};
use crate::chat::{Chat, ConversationId};
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::clock::Timestamp;
use platform::http::error::AppError;

/// Goes up when a member changes its meaning or goes away; new members do not change it.
const VERSION: u32 = 1;

/// The document as its readers see it; it is written piece by piece.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Transcript)]
pub struct Whole {
    #[serde(flatten)]
    head: HeadPart,
    messages: Vec<MessagePart>,
    /// The hash of the last message; null when nothing has been said.
    #[schema(required)]
    last_hash: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TranscriptHead)]
pub struct HeadPart {
    /// Always `hellopet-transcript`.
    format: &'static str,
    version: u32,
    exported_at: Timestamp,
    conversation: ConversationPart,
    consultation: ConsultationPart,
    /// The owner, then the doctor.
    participants: Vec<ParticipantPart>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TranscriptConversation)]
pub struct ConversationPart {
    id: ConversationId,
    status: ConversationStatus,
    created_at: Timestamp,
    #[schema(required)]
    ended_at: Option<Timestamp>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TranscriptConsultation)]
pub struct ConsultationPart {
    id: ConsultationId,
    status: ConsultationStatus,
    created_at: Timestamp,
    #[schema(required)]
    started_at: Option<Timestamp>,
    #[schema(required)]
    ended_at: Option<Timestamp>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = TranscriptParticipant)]
pub struct ParticipantPart {
    id: AccountId,
    role: ParticipantRole,
    name: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TranscriptMessage)]
pub struct MessagePart {
    seq: i32,
    id: MessageId,
    sender_id: AccountId,
    sender: ParticipantRole,
    sent_at: Timestamp,
    text: String,
    attachments: Vec<AttachmentPart>,
    /// SHA-256 in hexadecimal digits over the hash before and this message.
    hash: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TranscriptAttachment)]
pub struct AttachmentPart {
    id: AttachmentId,
    content_type: String,
    width: i32,
    height: i32,
    byte_size: i32,
}

impl From<Head> for HeadPart {
    fn from(head: Head) -> Self {
        let [owner, doctor] = [(Side::Owner, head.owner), (Side::Doctor, head.doctor)]
            .map(|(side, party)| ParticipantPart { id: party.id, role: side.into(), name: party.username });
        Self {
            format: "hellopet-transcript",
            version: VERSION,
            exported_at: head.exported_at,
            conversation: ConversationPart {
                id: head.conversation.id,
                status: head.conversation.status,
                created_at: head.conversation.created_at,
                ended_at: head.conversation.ended_at,
            },
            consultation: ConsultationPart {
                id: head.about.id,
                status: head.about.status,
                created_at: head.about.created_at,
                started_at: head.about.started_at,
                ended_at: head.about.ended_at,
            },
            participants: vec![owner, doctor],
        }
    }
}

impl From<Entry> for MessagePart {
    fn from(entry: Entry) -> Self {
        let attachment = |picture: attachment::Model| AttachmentPart {
            id: picture.id,
            content_type: picture.content_type,
            width: picture.width,
            height: picture.height,
            byte_size: picture.byte_size,
        };
        Self {
            seq: entry.message.seq,
            id: entry.message.id,
            sender_id: entry.message.sender_id,
            sender: entry.side.into(),
            sent_at: entry.message.created_at,
            text: entry.message.body,
            attachments: entry.pictures.into_iter().map(attachment).collect(),
            hash: entry.hash,
        }
    }
}

/// The document as a stream. A failure on the way cuts it off before its end, so that nobody takes a part for the whole.
pub fn stream(chat: Arc<Chat>, head: Head) -> Result<Body, AppError> {
    let reader = Reader::new(&head.conversation);
    let mut opening = serde_json::to_string(&HeadPart::from(head)).map_err(anyhow::Error::from)?;
    // The head's own closing brace gives way to the two members that follow.
    opening.pop();
    opening.push_str(",\"messages\":[");
    let writer = Writer { chat, reader, opening: Some(opening), last_hash: None, is_done: false };
    Ok(Body::from_stream(stream::try_unfold(writer, |mut writer| async move {
        let piece = writer.next().await?;
        Ok::<_, anyhow::Error>(piece.map(|piece| (Bytes::from(piece), writer)))
    })))
}

struct Writer {
    chat: Arc<Chat>,
    reader: Reader,
    opening: Option<String>,
    last_hash: Option<String>,
    is_done: bool,
}

impl Writer {
    async fn next(&mut self) -> anyhow::Result<Option<String>> {
        if let Some(opening) = self.opening.take() {
            return Ok(Some(opening));
        }
        if self.is_done {
            return Ok(None);
        }
        let entries = self.reader.next(&self.chat).await.map_err(into_cause)?;
        if entries.is_empty() {
            self.is_done = true;
            return Ok(Some(format!("],\"lastHash\":{}}}", serde_json::to_string(&self.last_hash)?)));
        }
        let mut piece = String::new();
        for entry in entries {
            if self.last_hash.is_some() {
                piece.push(',');
            }
            self.last_hash = Some(entry.hash.clone());
            piece.push_str(&serde_json::to_string(&MessagePart::from(entry))?);
        }
        Ok(Some(piece))
    }
}

/// The answer has begun: what goes wrong now can only be logged.
fn into_cause(error: AppError) -> anyhow::Error {
    let problem = error.into_problem();
    anyhow::anyhow!("a transcript broke off: {}", problem.code)
}
