//! What happens to a consultation by itself: reminders, the beginning, a doctor or an owner who does not come, the end.

use sea_orm::ActiveValue::Set;
use sea_orm::ConnectionTrait;

use super::due::{self, Due, FirstWords};
use super::entity::{ActiveModel, ConsultationId, ConsultationStatus, Model};
use super::rules::Event;
use super::{follow_up, news, service, store, waiting};
use crate::app::App;
use crate::chat::{self, Change};
use crate::payments::{self, RefundReason};
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;

/// Does what is due of one consultation, if it still is.
pub async fn live(app: &App, id: ConsultationId) -> Result<(), AppError> {
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let current = store::find_to_change(&txn, id).await?.ok_or_else(ConsultationId::not_found)?;
    let due = due::next(&current).filter(|(at, _)| *at <= now).map(|(_, due)| due);
    let changes = match due {
        None => Vec::new(),
        Some(Due::Begin) => begin(&txn, &current, now).await?,
        Some(Due::GiveUp) => give_up(&txn, &current, now).await?.into_iter().collect(),
        Some(Due::End) => close(&txn, &current, Event::Closed, now).await?.into_iter().collect(),
        Some(Due::LookForOwner) => look_for_owner(&txn, &current, now).await?.into_iter().collect(),
        Some(Due::EndFollowUp) => follow_up::end(&txn, id, now).await?.into_iter().collect(),
        Some(Due::FindLate) => {
            find_late(&txn, &current, now).await?;
            Vec::new()
        }
        Some(Due::Remind(_)) => {
            let change = ActiveModel { reminders_sent: Set(current.reminders_sent + 1), ..Default::default() };
            store::save_progress(&txn, &current, change).await?;
            Vec::new()
        }
        Some(Due::Warn) => {
            let change = ActiveModel { warned_at: Set(Some(now)), ..Default::default() };
            store::save_progress(&txn, &current, change).await?;
            Vec::new()
        }
    };
    service::plan(&txn, id).await?;
    txn.commit().await?;
    for change in changes {
        chat::announce(app, change).await;
    }
    match due {
        Some(Due::Remind(minutes)) => news::remind(app, &current, minutes).await,
        Some(Due::Warn) => news::warn(app, &current).await,
        Some(_) => {
            let changed = store::find(&app.db.write, id).await?.ok_or_else(ConsultationId::not_found)?;
            news::tell(app, &changed).await;
            waiting::tell(app, changed.doctor_id).await;
        }
        None => {}
    }
    Ok(())
}

/// The time of a slot has come: the two can talk.
async fn begin(txn: &impl ConnectionTrait, current: &Model, now: Timestamp) -> Result<Vec<Change>, AppError> {
    let status = service::advance(txn, current, Event::Started, now).await?;
    // An earlier conversation of the two that nobody closed ends here: each has its own record.
    let mut changes = Vec::new();
    if let Some(earlier) = chat::find_active(txn, current.owner_id, current.doctor_id).await? {
        if earlier.is_follow_up {
            changes.extend(follow_up::end(txn, earlier.consultation_id, now).await?);
        } else {
            let finished = store::find(txn, earlier.consultation_id).await?.ok_or_else(ConsultationId::not_found)?;
            changes.extend(close(txn, &finished, Event::Closed, now).await?);
        }
    }
    let begun = Model { status, started_at: Some(now), ..current.clone() };
    changes.push(chat::open(txn, &begun, now).await?);
    Ok(changes)
}

/// Ends a consultation and its conversation, inside the caller's transaction.
pub async fn close(
    txn: &impl ConnectionTrait,
    current: &Model,
    event: Event,
    now: Timestamp,
) -> Result<Option<Change>, AppError> {
    service::advance(txn, current, event, now).await?;
    chat::close_of(txn, current.id, now).await
}

/// The doctor did not answer: all the money goes back. The caller holds the row, so that an answer is noted before or never.
pub async fn give_up(txn: &impl ConnectionTrait, current: &Model, now: Timestamp) -> Result<Option<Change>, AppError> {
    let change = close(txn, current, Event::GivenUp, now).await?;
    payments::promise_refund(txn, current.id, current.total, RefundReason::DoctorLate, now).await?;
    Ok(change)
}

/// The log says whether the doctor has answered, also when that was never noted.
async fn find_late(txn: &impl ConnectionTrait, current: &Model, now: Timestamp) -> Result<(), AppError> {
    let words = chat::first_words(txn, current).await?;
    let change = match words.doctor {
        Some(answered_at) => answer(current, answered_at),
        None => ActiveModel { late_at: Set(Some(now)), ..Default::default() },
    };
    store::save_progress(txn, current, change).await?;
    Ok(())
}

async fn look_for_owner(
    txn: &impl ConnectionTrait,
    current: &Model,
    now: Timestamp,
) -> Result<Option<Change>, AppError> {
    let FirstWords { owner, .. } = chat::first_words(txn, current).await?;
    match owner {
        Some(came_at) => {
            let change = ActiveModel { owner_came_at: Set(Some(came_at)), ..Default::default() };
            store::save_progress(txn, current, change).await?;
            Ok(None)
        }
        None => close(txn, current, Event::OwnerAbsent, now).await,
    }
}

fn answer(current: &Model, answered_at: Timestamp) -> ActiveModel {
    ActiveModel {
        answered_at: Set(Some(answered_at)),
        ends_at: Set(Some(due::ends_at(current, answered_at))),
        late_at: Set(None),
        ..Default::default()
    }
}

/// The doctor has written for the first time: the time that was bought runs. Noting it twice changes nothing, and what
/// was not noted is found in the log when the doctor would be late.
pub async fn note_answer(app: &App, id: ConsultationId) -> Result<(), AppError> {
    let txn = app.db.begin_write().await?;
    let current = store::find_to_change(&txn, id).await?.ok_or_else(ConsultationId::not_found)?;
    if current.status != ConsultationStatus::Active || current.answered_at.is_some() {
        return Ok(());
    }
    let Some(answered_at) = chat::first_words(&txn, &current).await?.doctor else { return Ok(()) };
    if !store::save_progress(&txn, &current, answer(&current, answered_at)).await? {
        return Ok(());
    }
    service::plan(&txn, id).await?;
    txn.commit().await?;
    news::tell(app, &current).await;
    waiting::tell(app, current.doctor_id).await;
    Ok(())
}
