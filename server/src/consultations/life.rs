//! What happens to a consultation by itself: reminders, the beginning, a doctor or an owner who does not come, the end.

use std::time::Duration;

use sea_orm::ActiveValue::Set;

use super::due::{self, Due};
use super::entity::{ActiveModel, ConsultationKind, Model};
use super::error::ConsultationError;
use super::remind::{self, Remind};
use super::rules::Event;
use super::service::{self, Held, Live};
use super::{Consultations, follow_up, overrun, store};
use crate::chat::{Conversation, FirstWords};
use crate::events::{self, Work};
use crate::orders::Order;
use crate::payments::{Payment, RefundReason};
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::jobs::{Outcome, Ran};
use platform::work;

/// A slot that begins so much too late, after an outage, is not begun any more: all the money goes back.
const LATEST_BEGINNING: Duration = Duration::from_secs(15 * 60);

/// Does what is due of one consultation, if it still is. What is due next is planned with it.
pub async fn live(consultations: &Consultations, Live { consultation }: Live) -> Ran {
    work::retried(|| try_live(consultations, consultation)).await?;
    Ok(Outcome::Done)
}

async fn try_live(consultations: &Consultations, id: ConsultationId) -> Result<(), AppError> {
    let mut work = Work::begin(&consultations.db, consultations.clock.now()).await?;
    let held = Model::hold(&work, id).await?;
    let due = due::next(&held.consultation).filter(|(at, _)| *at <= work.now()).map(|(_, due)| due);
    if let Some(due) = due {
        do_due(consultations, &mut work, &held, due).await?;
    }
    service::plan(&mut work, id).await?;
    Ok(work.commit(&consultations.audience).await?)
}

async fn do_due(consultations: &Consultations, work: &mut Work, held: &Held, due: Due) -> Result<(), AppError> {
    let current = &held.consultation;
    match due {
        Due::Remind(minutes) => note_reminder(work, current, minutes).await,
        Due::Begin => begin(consultations, work, held).await,
        Due::FindLate => find_late(work, current).await,
        Due::GiveUp => give_up_or_note_answer(work, held).await,
        Due::LookForOwner => look_for_owner(consultations, work, held).await,
        Due::Warn => {
            let change = ActiveModel { warned_at: Set(Some(work.now())), ..Default::default() };
            store::save_progress(&**work, current, change).await?.or(ConsultationError::ChangedMeanwhile)?;
            work.tell(events::Event::ConsultationEnding(current.id));
            Ok(())
        }
        Due::End => end_of_time(consultations, work, held).await,
        Due::EndFollowUp => follow_up::end(work, current.id).await,
    }
}

/// The reminder itself is a job: it must not be lost. One whose time has passed is not sent any more.
async fn note_reminder(work: &mut Work, current: &Model, minutes: u32) -> Result<(), AppError> {
    let change = ActiveModel { reminders_sent: Set(current.reminders_sent + 1), ..Default::default() };
    store::save_progress(&**work, current, change).await?.or(ConsultationError::ChangedMeanwhile)?;
    if current.starts_at.is_some_and(|starts_at| work.now() < starts_at) {
        work.enqueue(&Remind { consultation: current.id, minutes }).await?;
    }
    Ok(())
}

/// The time of a slot has come: the two can talk.
async fn begin(consultations: &Consultations, work: &mut Work, held: &Held) -> Result<(), AppError> {
    let current = &held.consultation;
    if current.starts_at.is_some_and(|starts_at| work.now() > starts_at + LATEST_BEGINNING) {
        service::advance(work, current, Event::Missed).await?;
        return Payment::promise_refund(work, held.order.id, held.order.total, RefundReason::DoctorLate).await;
    }
    // An earlier conversation of the two that nobody closed ends first: each has its own record.
    if let Some(earlier) = Conversation::find_active(&**work, current.owner_id, current.doctor_id).await? {
        if earlier.is_follow_up {
            follow_up::end(work, earlier.consultation_id).await?;
        } else {
            // Its order is another lock than ours: two that take both in other orders are put right by the database.
            let earlier = Model::hold(work, earlier.consultation_id).await?;
            consultations.close(work, &earlier).await?;
        }
    }
    let status = service::advance(work, current, Event::Started).await?;
    let begun = Model { status, started_at: Some(work.now()), ..current.clone() };
    Ok(begun.talk().open(work).await?)
}

impl Consultations {
    /// Closes a consultation that is active, whoever wants it. Unless the doctor has answered that is giving it up:
    /// nobody pays for nothing, and nothing is earned without an answer. The caller holds the order.
    pub async fn close(&self, work: &mut Work, held: &Held) -> Result<(), AppError> {
        let current = held.consultation.note_answer_now(work).await?;
        if current.answered_at.is_none() {
            return give_up(work, held).await;
        }
        end_rendered(self, work, &current, Event::Closed).await
    }
}

/// The doctor has answered, and it is over: what was paid is earned once the summary is there and nobody has complained.
async fn end_rendered(
    consultations: &Consultations,
    work: &mut Work,
    current: &Model,
    event: Event,
) -> Result<(), AppError> {
    service::advance(work, current, event).await?;
    Conversation::close_of(work, current.id).await?;
    if event == Event::OwnerAbsent || current.recorded_at.is_some() {
        return Ok(Order::plan_earning(work, current.order_id, consultations.earned_at(work.now())).await?);
    }
    remind::plan_for_record(work, current.id).await?;
    Ok(Order::plan_earning(work, current.order_id, work.now() + Order::COMPLAINT_WINDOW_UNSUMMED).await?)
}

/// The doctor did not answer: all the money goes back. The caller holds the order and knows that the log has no answer.
async fn give_up(work: &mut Work, held: &Held) -> Result<(), AppError> {
    service::advance(work, &held.consultation, Event::GivenUp).await?;
    Conversation::close_of(work, held.consultation.id).await?;
    Payment::promise_refund(work, held.order.id, held.order.total, RefundReason::DoctorLate).await
}

/// Gives up what nobody has answered. The log decides, also about an answer that was never noted. Whether it was given up.
pub async fn give_up_or_note_answer(work: &mut Work, held: &Held) -> Result<(), AppError> {
    let current = held.consultation.note_answer_now(work).await?;
    if current.answered_at.is_some() { Ok(()) } else { give_up(work, held).await }
}

impl Model {
    /// A consultation with the doctor's answer, as the log has it. The conversation is held, so that an answer comes
    /// before this or finds what follows from it.
    pub async fn note_answer_now(&self, work: &mut Work) -> Result<Self, AppError> {
        if self.answered_at.is_some() || self.status != ConsultationStatus::Active {
            return Ok(self.clone());
        }
        Conversation::hold_of(&**work, self.id).await?;
        let Some(answered_at) = FirstWords::find(&**work, self.id).await?.doctor else { return Ok(self.clone()) };
        let ends_at = overrun::time_from(work, self, answered_at).await?;
        let change = ActiveModel {
            answered_at: Set(Some(answered_at)),
            ends_at: Set(Some(ends_at)),
            late_at: Set(None),
            ..Default::default()
        };
        store::save_progress(&**work, self, change).await?.or(ConsultationError::ChangedMeanwhile)?;
        work.tell(events::Event::ConsultationChanged(self.id));
        work.tell(events::Event::QueueMoved(self.doctor_id));
        Ok(Self { answered_at: Some(answered_at), ends_at: Some(ends_at), late_at: None, ..self.clone() })
    }
}

async fn find_late(work: &mut Work, current: &Model) -> Result<(), AppError> {
    if current.note_answer_now(work).await?.answered_at.is_none() {
        let change = ActiveModel { late_at: Set(Some(work.now())), ..Default::default() };
        store::save_progress(&**work, current, change).await?.or(ConsultationError::ChangedMeanwhile)?;
        work.tell(events::Event::ConsultationChanged(current.id));
    }
    Ok(())
}

async fn look_for_owner(consultations: &Consultations, work: &mut Work, held: &Held) -> Result<(), AppError> {
    let current = &held.consultation;
    let FirstWords { owner, .. } = FirstWords::find(&**work, current.id).await?;
    match owner {
        Some(came_at) => {
            let change = ActiveModel { owner_came_at: Set(Some(came_at)), ..Default::default() };
            store::save_progress(&**work, current, change).await?.or(ConsultationError::ChangedMeanwhile)?;
            Ok(())
        }
        // An owner who left because the doctor did not come has not failed to come.
        None if current.answered_late() => give_up(work, held).await,
        None => end_rendered(consultations, work, current, Event::OwnerAbsent).await,
    }
}

/// The time that was bought is over.
async fn end_of_time(consultations: &Consultations, work: &mut Work, held: &Held) -> Result<(), AppError> {
    let current = &held.consultation;
    let is_slot = current.kind == ConsultationKind::Slot;
    let is_absent = is_slot && FirstWords::find(&**work, current.id).await?.owner.is_none();
    if is_absent { look_for_owner(consultations, work, held).await } else { consultations.close(work, held).await }
}

/// The doctor has written for the first time: the time that was bought runs. Noting it twice changes nothing, and what
/// was not noted is found in the log when the doctor would be late.
pub async fn note_answer(consultations: &Consultations, id: ConsultationId) -> Result<(), AppError> {
    work::retried(|| try_note_answer(consultations, id)).await
}

async fn try_note_answer(consultations: &Consultations, id: ConsultationId) -> Result<(), AppError> {
    let found = Model::find(&consultations.db.write, id).await?.ok_or_else(ConsultationId::not_found)?;
    if found.status != ConsultationStatus::Active || found.answered_at.is_some() {
        return Ok(());
    }
    let mut work = Work::begin(&consultations.db, consultations.clock.now()).await?;
    let held = Model::hold(&work, id).await?;
    held.consultation.note_answer_now(&mut work).await?;
    service::plan(&mut work, id).await?;
    Ok(work.commit(&consultations.audience).await?)
}
