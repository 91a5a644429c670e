//! What money does to a consultation: it buys it, late or in time, or finds that there is nothing to buy any more; it fails
//! to come; or it goes back.

use async_trait::async_trait;

use super::entity::{ClosedBecause, ConsultationKind, Model};
use super::rules::Event;
use super::service::{self, Terms};
use super::{Consultations, follow_up, life, store};
use crate::availability::Slot;
use crate::chat::{Conversation, Occasion};
use crate::doctors::Verified;
use crate::events::Work;
use crate::orders::OrderId;
use crate::payments::{Goods, Unsold};
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::http::error::AppError;
use platform::http::path::Named;

#[async_trait]
impl Goods for Consultations {
    async fn sell(&self, work: &mut Work, order: OrderId) -> Result<Result<(), Unsold>, AppError> {
        let found = of_order(work, order).await?;
        if let Err(unsold) = may_be_sold(work, &found).await? {
            return Ok(Err(unsold));
        }
        match found.kind {
            ConsultationKind::Instant => begin(self, work, &found).await,
            ConsultationKind::Slot => book(work, &found).await,
        }
    }

    async fn payment_failed(&self, work: &mut Work, order: OrderId, is_expired: bool) -> Result<(), AppError> {
        let found = of_order(work, order).await?;
        if found.status == ConsultationStatus::AwaitingPayment {
            let event = if is_expired { Event::PaymentExpired } else { Event::PaymentFailed };
            service::advance(work, &found, event).await?;
        }
        Ok(())
    }

    async fn paid_back(&self, work: &mut Work, order: OrderId) -> Result<(), AppError> {
        let found = of_order(work, order).await?;
        if matches!(found.status, ConsultationStatus::Scheduled | ConsultationStatus::Active) {
            service::advance(work, &found, Event::PaidBack).await?;
            Conversation::close_of(work, found.id).await?;
        } else if found.follow_up_until.is_some() {
            follow_up::end(work, found.id).await?;
        }
        Ok(())
    }

    async fn is_rendered(&self, work: &Work, order: OrderId) -> Result<bool, AppError> {
        let found = store::find_of_order(&**work, order).await?;
        Ok(found.is_some_and(|found| matches!(found.status, ConsultationStatus::Ended | ConsultationStatus::NoShow)))
    }

    async fn is_slot(&self, work: &Work, order: OrderId) -> Result<bool, AppError> {
        let found = store::find_of_order(&**work, order).await?;
        Ok(found.is_some_and(|found| found.kind == ConsultationKind::Slot))
    }
}

#[async_trait]
impl Occasion for Consultations {
    async fn doctor_spoke(&self, consultation: ConsultationId) -> Result<(), AppError> {
        life::note_answer(self, consultation).await
    }
}

async fn of_order(work: &Work, order: OrderId) -> Result<Model, AppError> {
    store::find_of_order(&**work, order).await?.ok_or_else(ConsultationId::not_found)
}

async fn may_be_sold(work: &Work, found: &Model) -> Result<Result<(), Unsold>, AppError> {
    let is_open = match (found.status, found.closed_because) {
        (ConsultationStatus::AwaitingPayment, _) => true,
        (_, Some(because)) => matches!(because, ClosedBecause::PaymentExpired | ClosedBecause::PaymentFailed),
        // Of before there was a reason: expired ones only.
        (status, None) => status == ConsultationStatus::Expired,
    };
    if !is_open {
        return Ok(Err(Unsold::CalledOff));
    }
    let doctor = Verified::hold(&**work, found.doctor_id, work.now()).await?;
    Ok(doctor.map(|_| ()).ok_or(Unsold::DoctorUnavailable))
}

async fn begin(consultations: &Consultations, work: &mut Work, found: &Model) -> Result<Result<(), Unsold>, AppError> {
    if let Some(earlier) = Conversation::find_active(&**work, found.owner_id, found.doctor_id).await? {
        if !earlier.is_follow_up {
            return Ok(Err(Unsold::NothingToOpen));
        }
        follow_up::end(work, earlier.consultation_id).await?;
    }
    promise_answer(consultations, work, found).await?;
    service::advance(work, found, Event::Paid).await?;
    found.talk().open(work).await?;
    Ok(Ok(()))
}

/// The doctor may have come since it was bought, or gone: the owner waits no longer than was said before paying, and less
/// when the doctor is there by now.
async fn promise_answer(consultations: &Consultations, work: &Work, found: &Model) -> Result<(), AppError> {
    let soon = Terms::INSTANT.answer;
    if soon < found.answer_minutes && consultations.is_there(&**work, found.doctor_id).await? {
        store::save_answer_minutes(&**work, found.id, soon).await?;
    }
    Ok(())
}

async fn book(work: &mut Work, found: &Model) -> Result<Result<(), Unsold>, AppError> {
    let Some(starts_at) = found.starts_at else { return Ok(Err(Unsold::SlotLost)) };
    if work.now() >= starts_at {
        return Ok(Err(Unsold::SlotLost));
    }
    let is_held = found.status == ConsultationStatus::AwaitingPayment;
    // The hold had run out when the money came: the slot is still the owner's if nobody else has taken it.
    if !is_held && !hold_again(work, found).await? {
        return Ok(Err(Unsold::SlotLost));
    }
    service::advance(work, found, Event::Booked).await?;
    Ok(Ok(()))
}

async fn hold_again(work: &Work, found: &Model) -> Result<bool, AppError> {
    let Some(starts_at) = found.starts_at else { return Ok(false) };
    let of = (found.doctor_id, found.id);
    Slot::claim_again(&**work, of, (starts_at, found.duration_minutes), work.now()).await
}
