//! A copy of a conversation to keep: JSON for programs, whole; PDF for people. Both are for its two participants, carry
//! the same hash chain, and hold what had been said when they were asked for.

mod chain;
pub mod json;
pub mod pdf;
mod pictures;

use serde::Serialize;
use utoipa::ToSchema;

use self::chain::Chain;
use super::entity::{ConversationId, Model, Side, attachment, message};
use super::error::ChatError;
use super::store::{self, Part};
use crate::accounts::{Account, AccountId, CurrentUser, Party};
use crate::chat::Chat;
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;

/// Messages read at once.
const BATCH: u64 = 200;

/// What stands above the messages.
#[derive(Clone)]
pub struct Head {
    pub exported_at: Timestamp,
    pub conversation: Model,
    pub about: About,
    pub owner: Party,
    pub doctor: Party,
}

/// The consultation that it was about.
#[derive(Clone)]
pub struct About {
    pub id: ConsultationId,
    pub status: ConsultationStatus,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

/// A message as it stands in a transcript.
pub struct Entry {
    pub message: message::Model,
    pub side: Side,
    pub pictures: Vec<attachment::Model>,
    pub hash: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ParticipantRole {
    Owner,
    Doctor,
}

impl From<Side> for ParticipantRole {
    fn from(side: Side) -> Self {
        match side {
            Side::Owner => Self::Owner,
            Side::Doctor => Self::Doctor,
        }
    }
}

/// A conversation for one of its two participants, who wants a transcript of it.
pub async fn find(chat: &Chat, me: &CurrentUser, id: ConversationId) -> Result<Model, AppError> {
    let conversation = Model::find(&chat.db.read, id).await?.ok_or_else(ConversationId::not_found)?;
    conversation.side_of(me.id).ok_or(ChatError::NotAParticipant)?;
    chat.limits.transcript_by_account.take(&me.id.0)?;
    Ok(conversation)
}

/// Begins the transcript of a conversation.
pub async fn head(chat: &Chat, conversation: Model, about: About) -> Result<Head, AppError> {
    let mut people = Party::find_all(&chat.db.read, [conversation.owner_id, conversation.doctor_id]).await?;
    let mut person = |id: AccountId| people.remove(&id).ok_or_else(|| Account::missing(id));
    Ok(Head {
        exported_at: chat.clock.now(),
        about,
        owner: person(conversation.owner_id)?,
        doctor: person(conversation.doctor_id)?,
        conversation,
    })
}

/// Goes through a conversation from its first message to the last one that was there when it began.
pub struct Reader {
    conversation: Model,
    chain: Chain,
    seq: i32,
}

impl Reader {
    pub fn new(conversation: &Model) -> Self {
        Self { chain: Chain::of(conversation.id), conversation: conversation.clone(), seq: 0 }
    }

    /// The next messages; none at the end.
    pub async fn next(&mut self, chat: &Chat) -> Result<Vec<Entry>, AppError> {
        let left = u64::try_from(self.conversation.last_seq - self.seq).unwrap_or(0);
        if left == 0 {
            return Ok(Vec::new());
        }
        let part = Part::After(self.seq);
        let rows = store::messages(&chat.db.read, self.conversation.id, part, Some(BATCH.min(left))).await?;
        let mut pictures = super::pictures::attachments_of(&chat.db.read, &rows).await?;
        let mut entries = Vec::with_capacity(rows.len());
        for message in rows {
            let sender = self.conversation.side_of(message.sender_id);
            let side = sender.ok_or_else(|| anyhow::anyhow!("message {} is of neither participant", message.id))?;
            let pictures = pictures.remove(&message.id).unwrap_or_default();
            let hash = self.chain.add(&message, &pictures);
            self.seq = message.seq;
            entries.push(Entry { message, side, pictures, hash });
        }
        Ok(entries)
    }
}
