//! A paid consultation opens a conversation; either of the two, or the money going back, ends it.

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::entity::{Column, ConversationId, ConversationStatus, Entity, Model};
use super::error::ChatError;
use super::{rules, store};
use crate::accounts::AccountId;
use crate::app::App;
use crate::events::{Event, Work};
use crate::subjects::ConsultationId;
use platform::http::error::AppError;
use platform::http::path::Named;

/// A conversation that was opened or has ended, as the nodes hear of it.
pub const ROOM_OPENED: &str = "roomOpened";
pub const ROOM_CLOSED: &str = "roomClosed";

#[derive(Serialize, Deserialize)]
pub struct RoomNotice {
    id: ConversationId,
    owner: AccountId,
    doctor: AccountId,
}

impl From<&Model> for RoomNotice {
    fn from(conversation: &Model) -> Self {
        Self { id: conversation.id, owner: conversation.owner_id, doctor: conversation.doctor_id }
    }
}

/// The two who talk about a consultation.
#[derive(Clone, Copy, Debug)]
pub struct Talk {
    pub consultation: ConsultationId,
    pub owner: AccountId,
    pub doctor: AccountId,
}

/// Something that both sides must be told once it is committed.
pub enum Change {
    Started(Model),
    Ended(Model),
}

/// Opens the conversation of a consultation that was just paid, inside the caller's unit of work.
pub async fn open(work: &mut Work, talk: Talk) -> Result<(), DbErr> {
    open_one(work, talk, false).await
}

/// Opens the conversation for questions after the end, inside the caller's unit of work. Fails with a unique violation when
/// the two have begun to talk meanwhile.
pub async fn open_follow_up(work: &mut Work, talk: Talk) -> Result<(), DbErr> {
    open_one(work, talk, true).await
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
    store::insert(&**work, conversation.clone()).await?;
    work.tell(Event::Conversation(Change::Started(conversation)));
    Ok(())
}

/// Holds the conversation of a consultation until the caller's transaction ends: a message is stored before this, and is
/// in the log, or finds what follows from it.
pub async fn hold_of(txn: &impl ConnectionTrait, consultation: ConsultationId) -> Result<(), DbErr> {
    let of = Entity::find().filter(Column::ConsultationId.eq(consultation)).filter(Column::IsFollowUp.eq(false));
    of.lock(LockType::NoKeyUpdate).one(txn).await.map(|_| ())
}

/// Ends the conversation of a consultation inside the caller's unit of work; nothing when it has ended.
pub async fn close_of(work: &mut Work, consultation: ConsultationId) -> Result<(), DbErr> {
    let found = store::find_by_consultation(&**work, consultation).await?;
    close(work, found).await
}

/// Ends the questions after the end of a consultation inside the caller's unit of work; nothing when there are none.
pub async fn close_follow_up_of(work: &mut Work, consultation: ConsultationId) -> Result<(), DbErr> {
    let found = store::find_follow_up(&**work, consultation).await?;
    close(work, found).await
}

async fn close(work: &mut Work, conversation: Option<Model>) -> Result<(), DbErr> {
    let Some(conversation) = conversation else { return Ok(()) };
    if store::end(&**work, conversation.id, work.now()).await? {
        work.tell(Event::Conversation(Change::Ended(conversation)));
    }
    Ok(())
}

/// A conversation that one of its two people wants to end.
pub async fn find_to_end(db: &impl ConnectionTrait, who: AccountId, id: ConversationId) -> Result<Model, AppError> {
    let current = store::find(db, id).await?.ok_or_else(ConversationId::not_found)?;
    current.side_of(who).ok_or(ChatError::NotAParticipant)?;
    rules::end(current.status)?;
    Ok(current)
}

/// The two see each other from now on, and their devices on this node listen.
pub async fn open_room(app: &App, RoomNotice { id, owner, doctor }: RoomNotice) {
    app.presence.have_met(owner, doctor);
    app.chat.expect(id, [owner, doctor], 0).await;
    app.realtime.have_join_here(&[owner.0, doctor.0], id.room()).await;
}

/// Nobody may write in a conversation any more: this node forgets that they might, and has told what was written.
pub async fn close_room(app: &App, RoomNotice { id, owner, doctor }: RoomNotice) {
    app.rooms.forget(id, owner, doctor);
    app.chat.finish(id).await;
}

/// Tells both sides what has been committed.
pub async fn announce(app: &App, change: Change) {
    let (event, conversation) = match change {
        Change::Started(conversation) => {
            open_room(app, RoomNotice::from(&conversation)).await;
            app.bus.publish(ROOM_OPENED, &RoomNotice::from(&conversation));
            ("conversationStarted", conversation)
        }
        Change::Ended(conversation) => {
            close_room(app, RoomNotice::from(&conversation)).await;
            app.bus.publish(ROOM_CLOSED, &RoomNotice::from(&conversation));
            ("conversationEnded", conversation)
        }
    };
    let both: [AccountId; 2] = [conversation.owner_id, conversation.doctor_id];
    let payload = json!({"conversationId": conversation.id, "consultationId": conversation.consultation_id});
    app.realtime.tell(&both.map(|account| account.0), event, &payload).await;
}
