//! A paid consultation opens a conversation; either of the two, or the money going back, ends it.

use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::entity::{ConversationId, ConversationStatus, Model};
use super::error::ChatError;
use super::{rules, store};
use crate::accounts::{AccountId, CurrentUser};
use crate::app::App;
use crate::consultations::{self, ConsultationId, Event};
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;

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

/// Something that both sides must be told once it is committed.
pub enum Change {
    Started(Model),
    Ended(Model),
}

/// Opens the conversation of a consultation that was just paid, inside the caller's transaction.
pub async fn open(
    db: &impl ConnectionTrait,
    consultation: &consultations::entity::Model,
    now: Timestamp,
) -> Result<Change, DbErr> {
    open_one(db, consultation, false, now).await
}

/// Opens the conversation for questions after the end, inside the caller's transaction. Fails with a unique violation when
/// the two have begun to talk meanwhile.
pub async fn open_follow_up(
    db: &impl ConnectionTrait,
    consultation: &consultations::entity::Model,
    now: Timestamp,
) -> Result<Change, DbErr> {
    open_one(db, consultation, true, now).await
}

async fn open_one(
    db: &impl ConnectionTrait,
    consultation: &consultations::entity::Model,
    is_follow_up: bool,
    now: Timestamp,
) -> Result<Change, DbErr> {
    let conversation = Model {
        id: ConversationId::new(),
        consultation_id: consultation.id,
        owner_id: consultation.owner_id,
        doctor_id: consultation.doctor_id,
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
    store::insert(db, conversation.clone()).await?;
    Ok(Change::Started(conversation))
}

/// Ends the conversation of a consultation inside the caller's transaction; nothing when it has ended.
pub async fn close_of(
    db: &impl ConnectionTrait,
    consultation: ConsultationId,
    now: Timestamp,
) -> Result<Option<Change>, AppError> {
    close(db, store::find_by_consultation(db, consultation).await?, now).await
}

/// Ends the questions after the end of a consultation inside the caller's transaction; nothing when there are none.
pub async fn close_follow_up_of(
    db: &impl ConnectionTrait,
    consultation: ConsultationId,
    now: Timestamp,
) -> Result<Option<Change>, AppError> {
    close(db, store::find_follow_up(db, consultation).await?, now).await
}

async fn close(
    db: &impl ConnectionTrait,
    conversation: Option<Model>,
    now: Timestamp,
) -> Result<Option<Change>, AppError> {
    let Some(conversation) = conversation else { return Ok(None) };
    let ended = store::end(db, conversation.id, now).await?;
    Ok(ended.then_some(Change::Ended(conversation)))
}

/// One of the two ends the conversation, and with it the consultation.
pub async fn end(app: &App, me: &CurrentUser, id: ConversationId) -> Result<Model, AppError> {
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let current = store::find(&txn, id).await?.ok_or_else(ConversationId::not_found)?;
    current.side_of(me.id).ok_or(ChatError::NotAParticipant)?;
    let status = rules::end(current.status)?;
    if !store::end(&txn, id, now).await? {
        return Err(ChatError::AlreadyEnded.into());
    }
    if current.is_follow_up {
        consultations::note_follow_up_over(&txn, current.consultation_id).await?;
    } else {
        let consultation = consultations::find(&txn, current.consultation_id).await?;
        let consultation = consultation.ok_or_else(ConsultationId::not_found)?;
        consultations::advance(&txn, &consultation, Event::Closed, now).await?;
    }
    txn.commit().await?;
    let ended = Model { status, ended_at: Some(now), updated_at: now, ..current };
    announce(app, Change::Ended(ended.clone())).await;
    consultations::tell_waiting(app, ended.doctor_id).await;
    Ok(ended)
}

/// The two see each other from now on, and their devices on this node listen.
pub async fn open_room(app: &App, RoomNotice { id, owner, doctor }: RoomNotice) {
    app.presence.have_met(owner, doctor);
    app.chat.expect(id, [owner, doctor], 0).await;
    app.realtime.have_listen_here(&[owner.0, doctor.0], id.0).await;
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
