//! Ending a consultation before its time is over.

use super::{Consultation, Consultations, follow_up};
use crate::accounts::{AccountId, CurrentUser};
use crate::chat::{Conversation, ConversationId};
use crate::events::Work;
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::work;

/// One of the two ends their conversation, and with it the consultation. Before the doctor has answered that is giving it
/// up: all the money goes back, whoever ends it.
pub async fn end(
    consultations: &Consultations,
    me: &CurrentUser,
    id: ConversationId,
) -> Result<Conversation, AppError> {
    work::retried(|| try_end(consultations, me.id, id)).await
}

async fn try_end(consultations: &Consultations, me: AccountId, id: ConversationId) -> Result<Conversation, AppError> {
    let mut work = Work::begin(&consultations.db, consultations.clock.now()).await?;
    let conversation = Conversation::find_to_end(&*work, me, id).await?;
    let held = Consultation::hold(&work, conversation.consultation_id).await?;
    // Whoever was first has ended it by now.
    let conversation = Conversation::find_to_end(&*work, me, id).await?;
    if conversation.is_follow_up {
        follow_up::end(&mut work, held.consultation.id).await?;
    } else if held.consultation.status == ConsultationStatus::Active {
        consultations.close(&mut work, &held).await?;
    } else {
        return Err(ConsultationId::not_found());
    }
    let ended = Conversation::find(&*work, id).await?.ok_or_else(ConversationId::not_found)?;
    work.commit(&consultations.audience).await?;
    Ok(ended)
}
