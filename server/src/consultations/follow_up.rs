//! Questions after the end: for two days the two may go on in a conversation of their own, free of charge.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbErr, SqlErr};

use super::entity::{ConsultationId, ConsultationStatus, Model};
use super::error::ConsultationError;
use super::{news, service, store};
use crate::accounts::CurrentUser;
use crate::app::App;
use crate::chat::{self, Change, ConversationStatus};
use crate::payments;
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;

/// So long after a consultation its two people may still ask and answer.
pub const FOLLOW_UP: Duration = Duration::from_secs(48 * 3600);

impl Model {
    /// When there can be no more questions; nothing for what has not ended, or had no talk.
    pub fn follow_up_over_at(&self) -> Option<Timestamp> {
        self.ended_at.filter(|_| self.status == ConsultationStatus::Ended).map(|ended_at| ended_at + FOLLOW_UP)
    }
}

/// One of the two asks something more. Asking again while it goes on changes nothing.
pub async fn open(app: &App, me: &CurrentUser, id: ConsultationId) -> Result<Model, AppError> {
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let found = store::find_to_change(&txn, id).await?.filter(|found| found.side_of(me.id).is_some());
    let current = found.ok_or_else(ConsultationId::not_found)?;
    let until = current.follow_up_over_at().filter(|until| now < *until).ok_or(ConsultationError::FollowUpOver)?;
    if let Some(opened) = chat::find_follow_up(&txn, id).await? {
        let is_open = opened.status == ConversationStatus::Active;
        return if is_open { Ok(current) } else { Err(ConsultationError::FollowUpOver.into()) };
    }
    if !payments::is_paid_for(&txn, id).await? {
        return Err(ConsultationError::FollowUpOver.into());
    }
    if let Some(active) = chat::find_active(&txn, current.owner_id, current.doctor_id).await? {
        return Err(payments::already_talking(active.id));
    }
    let change = chat::open_follow_up(&txn, &current, now).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => ConsultationError::ChangedMeanwhile.into(),
        _ => AppError::from(error),
    })?;
    store::save_follow_up(&txn, id, Some(until)).await?;
    service::plan(&txn, id).await?;
    txn.commit().await?;
    chat::announce(app, change).await;
    let opened = Model { follow_up_until: Some(until), ..current };
    news::tell(app, &opened).await;
    Ok(opened)
}

/// Ends the questions inside the caller's transaction.
pub async fn end(txn: &impl ConnectionTrait, id: ConsultationId, now: Timestamp) -> Result<Option<Change>, AppError> {
    note_over(txn, id).await?;
    chat::close_follow_up_of(txn, id, now).await
}

/// Their conversation has ended.
pub async fn note_over(txn: &impl ConnectionTrait, id: ConsultationId) -> Result<(), DbErr> {
    store::save_follow_up(txn, id, None).await?;
    service::plan(txn, id).await
}
