//! Questions after the end: for two days the two may go on in a conversation of their own, free of charge.

use std::time::Duration;

use super::entity::Model;
use super::error::{ConsultationError, PurchaseError, in_a_race};
use super::service::{self, Held};
use super::{Consultations, store};
use crate::accounts::{AccountId, CurrentUser};
use crate::chat::{Conversation, ConversationStatus};
use crate::events::{self, Work};
use crate::orders::OrderStatus;
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::work;

/// So long after a consultation its two people may still ask and answer.
pub const FOLLOW_UP: Duration = Duration::from_secs(48 * 3600);

impl Model {
    /// When there can be no more questions; nothing for what has not ended, or had no talk.
    pub fn follow_up_over_at(&self) -> Option<Timestamp> {
        self.ended_at.filter(|_| self.status == ConsultationStatus::Ended).map(|ended_at| ended_at + FOLLOW_UP)
    }
}

/// One of the two asks something more. Asking again while it goes on changes nothing.
pub async fn open(consultations: &Consultations, me: &CurrentUser, id: ConsultationId) -> Result<Model, AppError> {
    work::retried(|| try_open(consultations, me.id, id)).await
}

async fn try_open(consultations: &Consultations, me: AccountId, id: ConsultationId) -> Result<Model, AppError> {
    let mut work = Work::begin(&consultations.db, consultations.clock.now()).await?;
    let Held { order, consultation: current } = Model::hold(&work, id).await?;
    current.side_of(me).ok_or_else(ConsultationId::not_found)?;
    let until = current.follow_up_over_at().filter(|until| work.now() < *until);
    let until = until.ok_or(ConsultationError::FollowUpOver)?;
    if let Some(opened) = Conversation::find_follow_up(&*work, id).await? {
        let is_open = opened.status == ConversationStatus::Active;
        return if is_open { Ok(current) } else { Err(ConsultationError::FollowUpOver.into()) };
    }
    if !matches!(order.status, OrderStatus::Paid | OrderStatus::Earned) {
        return Err(ConsultationError::FollowUpOver.into());
    }
    if let Some(active) = Conversation::find_active(&*work, current.owner_id, current.doctor_id).await? {
        return Err(PurchaseError::ConversationAlreadyActive(active.id).into());
    }
    current.talk().open_follow_up(&mut work).await.map_err(in_a_race)?;
    store::save_follow_up(&*work, id, Some(until)).await?;
    service::plan(&mut work, id).await?;
    work.tell(events::Event::ConsultationChanged(id));
    work.commit(&consultations.audience).await?;
    Ok(Model { follow_up_until: Some(until), ..current })
}

/// Ends the questions inside the caller's unit of work.
pub async fn end(work: &mut Work, id: ConsultationId) -> Result<(), AppError> {
    store::save_follow_up(&**work, id, None).await?;
    Conversation::close_follow_up_of(work, id).await?;
    work.tell(events::Event::ConsultationChanged(id));
    Ok(service::plan(work, id).await?)
}
