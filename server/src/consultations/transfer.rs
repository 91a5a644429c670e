//! A doctor does not answer: the owner goes on with another one, at once and at the same price.

use sea_orm::{ConnectionTrait, DbErr, SqlErr};

use super::entity::{ConsultationId, ConsultationKind, ConsultationStatus, Model};
use super::error::ConsultationError;
use super::quote::{Quote, QuoteLineKind};
use super::rules::Event;
use super::service::{self, Terms};
use super::{follow_up, life, news, store, waiting};
use crate::accounts::{AccountId, CurrentUser};
use crate::app::App;
use crate::chat::{self, Change};
use crate::doctors::{self, Verified};
use crate::payments;
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;
use crate::platform::money::Rupiah;
use crate::triage;

/// How many doctors an owner is offered.
const MOST_OFFERED: u64 = 10;

/// The doctors who could take it over now: online, no dearer than the one who is late, the best rated first.
pub async fn alternatives(app: &App, me: &CurrentUser, id: ConsultationId) -> Result<Vec<Verified>, AppError> {
    let db = &app.db.read;
    let found = store::find_for_owner(db, me.id, id).await?.ok_or_else(ConsultationId::not_found)?;
    check_late(&found)?;
    let base = base_of(&quote_of(db, &found).await?);
    let mut online = app.presence.doctors();
    online.retain(|doctor| *doctor != found.doctor_id);
    Ok(doctors::list_best(db, &online, base, MOST_OFFERED, app.clock.now()).await?)
}

fn check_late(consultation: &Model) -> Result<(), ConsultationError> {
    match consultation.status {
        ConsultationStatus::Active if consultation.given_up_at().is_some() => Ok(()),
        ConsultationStatus::Active => Err(ConsultationError::NotLate),
        _ => Err(ConsultationError::ChangedMeanwhile),
    }
}

fn base_of(quote: &Quote) -> Rupiah {
    quote.amount(QuoteLineKind::Base)
}

async fn quote_of(db: &impl ConnectionTrait, consultation: &Model) -> Result<Quote, AppError> {
    let quote = store::quotes(db, &[consultation]).await?.remove(&consultation.id);
    quote.ok_or_else(ConsultationId::not_found)
}

/// The owner goes on with this doctor. What was paid, the pet and what was said before paying go along.
pub async fn transfer(app: &App, me: &CurrentUser, id: ConsultationId, doctor: AccountId) -> Result<Model, AppError> {
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let found = store::find_to_change(&txn, id).await?.filter(|found| found.owner_id == me.id);
    let late = found.ok_or_else(ConsultationId::not_found)?;
    check_late(&late)?;
    let quote = quote_of(&txn, &late).await?;
    check_able(app, &txn, &late, doctor, &quote).await?;
    let next = going_on(&late, doctor, now);
    let mut changes = make_room(&txn, me.id, doctor, now).await?;
    changes.extend(life::close(&txn, &late, Event::TakenOver, now).await?);
    store::insert(&txn, next.clone(), &quote).await.map_err(in_a_race)?;
    payments::take_over(&txn, &late, &next, now).await?;
    triage::move_to(&txn, late.id, next.id).await?;
    changes.push(chat::open(&txn, &next, now).await.map_err(in_a_race)?);
    service::plan(&txn, next.id).await?;
    txn.commit().await?;
    tell(app, changes, &late, &next).await?;
    Ok(next)
}

async fn check_able(
    app: &App,
    txn: &impl ConnectionTrait,
    late: &Model,
    doctor: AccountId,
    quote: &Quote,
) -> Result<(), AppError> {
    let able = doctors::hold_verified(txn, doctor, app.clock.now())
        .await?
        .filter(|able| doctor != late.doctor_id && able.base_price <= base_of(quote) && app.presence.is_online(doctor));
    able.map(|_| ()).ok_or_else(|| ConsultationError::DoctorNotAvailable.into())
}

/// Questions after an earlier end make room; a consultation that goes on does not.
async fn make_room(
    txn: &impl ConnectionTrait,
    owner: AccountId,
    doctor: AccountId,
    now: Timestamp,
) -> Result<Vec<Change>, AppError> {
    let Some(earlier) = chat::find_active(txn, owner, doctor).await? else { return Ok(Vec::new()) };
    if !earlier.is_follow_up {
        return Err(payments::already_talking(earlier.id));
    }
    Ok(follow_up::end(txn, earlier.consultation_id, now).await?.into_iter().collect())
}

/// The same purchase with another doctor, begun now.
fn going_on(late: &Model, doctor: AccountId, now: Timestamp) -> Model {
    Model {
        id: ConsultationId::new(),
        doctor_id: doctor,
        kind: ConsultationKind::Instant,
        status: ConsultationStatus::Active,
        starts_at: None,
        answer_minutes: Terms::INSTANT.answer,
        late_at: None,
        owner_came_at: None,
        transferred_from: Some(late.id),
        due_at: None,
        created_at: now,
        started_at: Some(now),
        ..late.clone()
    }
}

/// Somebody pressed the button twice, or began to talk with that doctor in another way.
fn in_a_race(error: DbErr) -> AppError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => ConsultationError::ChangedMeanwhile.into(),
        _ => error.into(),
    }
}

async fn tell(app: &App, changes: Vec<Change>, late: &Model, next: &Model) -> Result<(), AppError> {
    for change in changes {
        chat::announce(app, change).await;
    }
    let given_up = store::find(&app.db.write, late.id).await?.ok_or_else(ConsultationId::not_found)?;
    news::tell(app, &given_up).await;
    news::tell(app, next).await;
    waiting::tell(app, late.doctor_id).await;
    waiting::tell(app, next.doctor_id).await;
    Ok(())
}
