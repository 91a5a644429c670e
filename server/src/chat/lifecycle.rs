//! A paid consultation opens a conversation; either of the two, or the money going back, ends it.

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::entity::{Column, ConversationId, ConversationStatus, Entity, Model};
use super::error::ChatError;
use super::{Chat, rules, store};
use crate::accounts::AccountId;
use crate::events::{Conversation, Event, Work};
use crate::subjects::ConsultationId;
use platform::db::Moved;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::realtime;

/// A conversation that was opened or has ended, as the nodes hear of it.
pub const ROOM_OPENED: &str = "roomOpened";
pub const ROOM_CLOSED: &str = "roomClosed";

#[derive(Serialize, Deserialize)]
pub struct RoomNotice {
    id: ConversationId,
    owner: AccountId,
    doctor: AccountId,
}

impl From<Conversation> for RoomNotice {
    fn from(Conversation { id, owner, doctor, .. }: Conversation) -> Self {
        Self { id, owner, doctor }
    }
}

impl From<&Model> for Conversation {
    fn from(row: &Model) -> Self {
        Self { id: row.id, consultation: row.consultation_id, owner: row.owner_id, doctor: row.doctor_id }
    }
}

/// The two who talk about a consultation.
#[derive(Clone, Copy, Debug)]
pub struct Talk {
    pub consultation: ConsultationId,
    pub owner: AccountId,
    pub doctor: AccountId,
}

impl Talk {
    /// Opens the conversation of a consultation that was just paid, inside the caller's unit of work.
    pub async fn open(self, work: &mut Work) -> Result<(), DbErr> {
        open_one(work, self, false).await
    }

    /// Opens the conversation for questions after the end, inside the caller's unit of work. Fails with a unique
    /// violation when the two have begun to talk meanwhile.
    pub async fn open_follow_up(self, work: &mut Work) -> Result<(), DbErr> {
        open_one(work, self, true).await
    }
}

async fn open_one(work: &mut Work, talk: Talk, is_follow_up: bool) -> Result<(), DbErr> {
    let now = work.now();
    let conversation = Model {
        id: ConversationId::new(),
        consultation_id: talk.consultation,
        owner_id: talk.owner,
        doctor_id: talk.doctor,
        status: ConversationStatus::Active,
        last_seq: 0,
        owner_delivered_seq: 0,
        owner_read_seq: 0,
        doctor_delivered_seq: 0,
        doctor_read_seq: 0,
        is_follow_up,
        created_at: now,
        updated_at: now,
        ended_at: None,
    };
    work.tell(Event::ConversationStarted((&conversation).into()));
    store::insert(&**work, conversation).await
}

impl Model {
    /// Holds the conversation of a consultation until the caller's transaction ends: a message is stored before this,
    /// and is in the log, or finds what follows from it.
    pub async fn hold_of(txn: &impl ConnectionTrait, consultation: ConsultationId) -> Result<(), DbErr> {
        let of = Entity::find().filter(Column::ConsultationId.eq(consultation)).filter(Column::IsFollowUp.eq(false));
        of.lock(LockType::NoKeyUpdate).one(txn).await.map(|_| ())
    }

    /// Ends the conversation of a consultation inside the caller's unit of work; nothing when it has ended.
    pub async fn close_of(work: &mut Work, consultation: ConsultationId) -> Result<(), DbErr> {
        let found = store::find_by_consultation(&**work, consultation).await?;
        close(work, found).await
    }

    /// Ends the questions after the end of a consultation inside the caller's unit of work; nothing when there are
    /// none.
    pub async fn close_follow_up_of(work: &mut Work, consultation: ConsultationId) -> Result<(), DbErr> {
        let found = Self::find_follow_up(&**work, consultation).await?;
        close(work, found).await
    }

    /// A conversation that one of its two people wants to end.
    pub async fn find_to_end(db: &impl ConnectionTrait, who: AccountId, id: ConversationId) -> Result<Self, AppError> {
        let current = Self::find(db, id).await?.ok_or_else(ConversationId::not_found)?;
        current.side_of(who).ok_or(ChatError::NotAParticipant)?;
        rules::end(current.status)?;
        Ok(current)
    }
}

async fn close(work: &mut Work, conversation: Option<Model>) -> Result<(), DbErr> {
    let Some(conversation) = conversation else { return Ok(()) };
    if store::end(&**work, conversation.id, work.now()).await? == Moved::Moved {
        work.tell(Event::ConversationEnded((&conversation).into()));
    }
    Ok(())
}

/// The two see each other from now on, and their devices on this node listen.
pub async fn open_room(chat: &Chat, RoomNotice { id, owner, doctor }: RoomNotice) {
    chat.presence.have_met(owner, doctor);
    chat.engine.expect(id, [owner, doctor], 0).await;
    chat.realtime.have_join_here(&[owner.0, doctor.0], id.room()).await;
}

/// Nobody may write in a conversation any more: this node forgets that they might, and has told what was written.
pub async fn close_room(chat: &Chat, RoomNotice { id, owner, doctor }: RoomNotice) {
    chat.rooms.forget(id, owner, doctor);
    chat.engine.finish(id).await;
}

/// The two may talk.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationStarted {
    conversation_id: ConversationId,
    consultation_id: ConsultationId,
}

impl realtime::Event for ConversationStarted {
    const NAME: &'static str = "conversationStarted";
}

/// They may not any more.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationEnded {
    conversation_id: ConversationId,
    consultation_id: ConsultationId,
}

impl realtime::Event for ConversationEnded {
    const NAME: &'static str = "conversationEnded";
}

/// Tells both sides that they may talk.
pub async fn tell_started(chat: &Chat, started: Conversation) {
    open_room(chat, started.into()).await;
    chat.bus.publish(ROOM_OPENED, &RoomNotice::from(started));
    let event = ConversationStarted { conversation_id: started.id, consultation_id: started.consultation };
    chat.realtime.tell(&[started.owner.0, started.doctor.0], &event).await;
}

/// Tells both sides that they have talked.
pub async fn tell_ended(chat: &Chat, ended: Conversation) {
    close_room(chat, ended.into()).await;
    chat.bus.publish(ROOM_CLOSED, &RoomNotice::from(ended));
    let event = ConversationEnded { conversation_id: ended.id, consultation_id: ended.consultation };
    chat.realtime.tell(&[ended.owner.0, ended.doctor.0], &event).await;
}
