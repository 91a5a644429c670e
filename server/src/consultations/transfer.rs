//! A doctor does not answer: the owner goes on with another one, at once and at the same price.

use sea_orm::ConnectionTrait;

use super::entity::{ConsultationKind, Model};
use super::error::{ConsultationError, PurchaseError, in_a_race};
use super::rules::Event;
use super::service::{self, Held, Terms};
use super::{Consultations, follow_up, store, there};
use crate::accounts::{AccountId, CurrentUser};
use crate::chat::Conversation;
use crate::doctors::Verified;
use crate::events::{self, Work};
use crate::orders::{Quote, QuoteLineKind};
use crate::payments::Payment;
use crate::subjects::{ConsultationId, ConsultationStatus};
use crate::triage::Intake;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::idempotency::Claim;
use platform::http::path::Named;
use platform::money::Rupiah;
use platform::work;

/// How many doctors an owner is offered.
const MOST_OFFERED: u64 = 10;

impl Consultations {
    /// The doctors who could take it over now: there, no dearer than the one who is late, the best rated first.
    pub async fn alternatives(&self, me: &CurrentUser, id: ConsultationId) -> Result<Vec<Verified>, AppError> {
        let db = &self.db.read;
        let found = Model::find_for_owner(db, me.id, id).await?.ok_or_else(ConsultationId::not_found)?;
        check_late(&found)?;
        let base = base_of(&quote_of(db, &found).await?);
        let mut online = self.chat.presence.doctors();
        online.retain(|doctor| *doctor != found.doctor_id);
        let there = there::list_there(self, db, online).await?;
        Ok(Verified::list_best(db, &there, base, MOST_OFFERED, self.clock.now()).await?)
    }
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
    let of = (consultation.order_id, consultation.markup_basis_points);
    let quote = Quote::find_all(db, [of]).await?.remove(&consultation.order_id);
    quote.ok_or_else(ConsultationId::not_found)
}

/// The owner goes on with this doctor. What was paid, the pet and what was said before paying go along.
pub async fn transfer(
    consultations: &Consultations,
    me: &CurrentUser,
    id: ConsultationId,
    doctor: AccountId,
    claim: Option<&Claim>,
) -> Result<Model, AppError> {
    work::retried(|| try_transfer(consultations, me.id, (id, doctor), claim))
        .await?
        .ok_or_else(|| ConsultationError::NotLate.into())
}

/// Nothing when the late doctor has answered after all: then that is noted.
async fn try_transfer(
    consultations: &Consultations,
    me: AccountId,
    (id, doctor): (ConsultationId, AccountId),
    claim: Option<&Claim>,
) -> Result<Option<Model>, AppError> {
    let mut work = Work::begin(&consultations.db, consultations.clock.now()).await?;
    let Held { order, consultation: late } = Model::hold(&work, id).await?;
    if late.owner_id != me {
        return Err(ConsultationId::not_found());
    }
    check_late(&late)?;
    let quote = quote_of(&*work, &late).await?;
    check_able(consultations, &*work, &late, doctor, &quote).await?;
    if late.note_answer_now(&mut work).await?.answered_at.is_some() {
        service::plan(&mut work, id).await?;
        work.commit(&consultations.audience).await?;
        return Ok(None);
    }
    make_room(&mut work, me, doctor).await?;
    service::advance(&mut work, &late, Event::TakenOver).await?;
    Conversation::close_of(&mut work, late.id).await?;
    let next = going_on(&late, doctor, work.now());
    store::insert(&*work, next.clone()).await.map_err(in_a_race)?;
    Payment::take_over(&work, &order, doctor).await?;
    Intake::move_to(&*work, late.id, next.id).await?;
    next.talk().open(&mut work).await.map_err(in_a_race)?;
    if let Some(claim) = claim {
        claim.take(&*work, &next.id.to_string(), work.now()).await?;
    }
    service::plan(&mut work, next.id).await?;
    work.tell(events::Event::ConsultationChanged(next.id));
    work.tell(events::Event::QueueMoved(next.doctor_id));
    work.commit(&consultations.audience).await?;
    Ok(Some(next))
}

async fn check_able(
    consultations: &Consultations,
    txn: &impl ConnectionTrait,
    late: &Model,
    doctor: AccountId,
    quote: &Quote,
) -> Result<(), AppError> {
    let able = Verified::hold(txn, doctor, consultations.clock.now())
        .await?
        .filter(|able| doctor != late.doctor_id && able.base_price <= base_of(quote));
    if able.is_some() && consultations.is_there(txn, doctor).await? {
        return Ok(());
    }
    Err(ConsultationError::DoctorNotAvailable.into())
}

/// Questions after an earlier end make room; a consultation that goes on does not.
async fn make_room(work: &mut Work, owner: AccountId, doctor: AccountId) -> Result<(), AppError> {
    let Some(earlier) = Conversation::find_active(&**work, owner, doctor).await? else { return Ok(()) };
    if !earlier.is_follow_up {
        return Err(PurchaseError::ConversationAlreadyActive(earlier.id).into());
    }
    follow_up::end(work, earlier.consultation_id).await
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
        created_at: now,
        started_at: Some(now),
        ..late.clone()
    }
}
