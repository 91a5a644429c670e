//! How conversations and messages look on the wire, over HTTP and sockets alike.

use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::entity::{ConversationId, ConversationStatus, MessageId, Model, message};
use super::pictures::{self, AttachmentView};
use super::rooms::Room;
use super::rules::{MessageStatus, message_status};
use super::store;
use crate::accounts::{AccountId, Party};
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::realtime::Event;

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Message)]
pub struct MessageView {
    pub id: MessageId,
    pub conversation_id: ConversationId,
    pub sender_id: AccountId,
    pub receiver_id: AccountId,
    pub message: String,
    /// 1, 2, 3, … within the conversation, without gaps.
    pub seq: i32,
    #[schema(required)]
    pub client_id: Option<String>,
    pub created_at: Timestamp,
    pub status: MessageStatus,
    pub attachments: Vec<AttachmentView>,
    pub sender: Person,
    pub receiver: Person,
}

impl Event for MessageView {
    const NAME: &'static str = "newMessage";
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Person {
    pub id: AccountId,
    pub username: String,
    #[schema(required)]
    pub picture: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Conversation)]
pub struct ConversationView {
    pub id: ConversationId,
    pub consultation_id: ConsultationId,
    /// Whether it holds the free questions after the end of the consultation.
    pub is_follow_up: bool,
    pub status: ConversationStatus,
    pub created_at: Timestamp,
    #[schema(required)]
    pub ended_at: Option<Timestamp>,
    /// The other of the two.
    pub counterpart: Party,
    #[schema(required)]
    pub last_message: Option<MessageView>,
    pub unread_count: i64,
    pub last_seq: i32,
    /// Up to where the caller has received.
    pub delivered_seq: i32,
    /// Up to where the caller has read.
    pub read_seq: i32,
    pub counterpart_delivered_seq: i32,
    pub counterpart_read_seq: i32,
}

impl From<&Party> for Person {
    fn from(party: &Party) -> Self {
        Self { id: party.id, username: party.username.clone(), picture: party.picture.clone() }
    }
}

impl MessageView {
    /// A message that has just been stored.
    pub fn sent(room: &Room, row: message::Model, attachments: Vec<AttachmentView>) -> Self {
        let (sender, receiver) = room.between(row.sender_id);
        Self {
            id: row.id,
            conversation_id: row.conversation_id,
            sender_id: sender.id,
            receiver_id: receiver.id,
            message: row.body,
            seq: row.seq,
            client_id: row.client_id,
            created_at: row.created_at,
            status: MessageStatus::Sent,
            attachments,
            sender: sender.clone(),
            receiver: receiver.clone(),
        }
    }
}

/// Messages of one conversation.
pub async fn messages(
    db: &impl ConnectionTrait,
    conversation: &Model,
    rows: Vec<message::Model>,
) -> Result<Vec<MessageView>, AppError> {
    let conversations = std::slice::from_ref(conversation);
    messages_of(db, conversations, rows).await
}

/// Messages of several conversations; those of unknown ones are left out.
pub async fn messages_of(
    db: &impl ConnectionTrait,
    conversations: &[Model],
    rows: Vec<message::Model>,
) -> Result<Vec<MessageView>, AppError> {
    let people = conversations.iter().flat_map(|conversation| [conversation.owner_id, conversation.doctor_id]);
    let people = Party::find_all(db, people).await?;
    let mut pictures = if rows.is_empty() { Default::default() } else { pictures::attachments_of(db, &rows).await? };
    let view = |row: message::Model| {
        let conversation = conversations.iter().find(|conversation| conversation.id == row.conversation_id)?;
        let side = conversation.side_of(row.sender_id)?;
        let receiver_id = conversation.account_on(side.other());
        Some(MessageView {
            status: message_status(conversation, side, row.seq),
            attachments: pictures.remove(&row.id).unwrap_or_default().into_iter().map(AttachmentView::from).collect(),
            sender: people.get(&row.sender_id)?.into(),
            receiver: people.get(&receiver_id)?.into(),
            id: row.id,
            conversation_id: row.conversation_id,
            sender_id: row.sender_id,
            receiver_id,
            message: row.body,
            seq: row.seq,
            client_id: row.client_id,
            created_at: row.created_at,
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

/// Conversations as one of their participants sees them.
pub async fn conversations(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    rows: Vec<Model>,
) -> Result<Vec<ConversationView>, AppError> {
    let last_rows = store::last_messages(db, &rows).await?.into_values().collect();
    let mut last = messages_of(db, &rows, last_rows).await?;
    let unread = store::unread_counts(db, viewer, &rows).await?;
    let people = rows.iter().flat_map(|row| [row.owner_id, row.doctor_id]);
    let people = Party::find_all(db, people).await?;
    let view = |row: Model| {
        let mine = row.side_of(viewer)?;
        let theirs = mine.other();
        let last_index = last.iter().position(|message| message.conversation_id == row.id);
        Some(ConversationView {
            counterpart: people.get(&row.account_on(theirs))?.clone(),
            last_message: last_index.map(|index| last.swap_remove(index)),
            unread_count: unread.get(&row.id).copied().unwrap_or_default(),
            delivered_seq: row.delivered_seq(mine),
            read_seq: row.read_seq(mine),
            counterpart_delivered_seq: row.delivered_seq(theirs),
            counterpart_read_seq: row.read_seq(theirs),
            id: row.id,
            consultation_id: row.consultation_id,
            is_follow_up: row.is_follow_up,
            status: row.status,
            created_at: row.created_at,
            ended_at: row.ended_at,
            last_seq: row.last_seq,
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

impl ConversationView {
    /// A conversation as one of its two sees it.
    pub async fn of(db: &impl ConnectionTrait, me: AccountId, conversation: Model) -> Result<Self, AppError> {
        let view = conversations(db, me, vec![conversation]).await?.pop();
        view.ok_or_else(ConversationId::not_found)
    }
}
