//! Beginning a consultation and moving it on.

use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};

use super::entity::{ConsultationKind, Model, RecordStatus};
use super::error::ConsultationError;
use super::rules::{CancellationPolicy, Event, transition};
use super::{Consultations, due, store};
use crate::accounts::AccountId;
use crate::availability::Slot;
use crate::events::{self, Work};
use crate::orders::{Order, OrderId, Quote};
use crate::pets::PetId;
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::jobs::{Job, Lane};

/// How long a consultation lasts and how long its doctor may take to answer, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    pub duration: i32,
    pub answer: i32,
}

impl Terms {
    /// With a doctor who is there.
    pub const INSTANT: Self = Self { duration: 30, answer: 10 };
    /// With one who is not: an honest waiting time.
    pub const LATER: Self = Self { duration: 30, answer: 60 };

    /// For somebody who pays now, whether the doctor is there or not.
    pub fn of_instant(is_there: bool) -> Self {
        if is_there { Self::INSTANT } else { Self::LATER }
    }

    pub fn of_slot(slot: Slot) -> Self {
        Self { duration: slot.minutes(), ..Self::INSTANT }
    }
}

/// What somebody is about to buy.
pub struct Draft {
    pub order: OrderId,
    pub owner: AccountId,
    pub doctor: AccountId,
    pub pet: Option<PetId>,
    /// At this time; at once without one.
    pub slot: Option<Slot>,
    pub terms: Terms,
}

/// A purchase that waits for its payment. Fails with a unique violation when the owner has one open with this doctor.
pub async fn draft(db: &impl ConnectionTrait, draft: &Draft, quote: &Quote, now: Timestamp) -> Result<Model, DbErr> {
    let consultation = Model {
        id: ConsultationId::new(),
        order_id: draft.order,
        owner_id: draft.owner,
        doctor_id: draft.doctor,
        pet_id: draft.pet,
        kind: if draft.slot.is_some() { ConsultationKind::Slot } else { ConsultationKind::Instant },
        status: ConsultationStatus::AwaitingPayment,
        starts_at: draft.slot.map(|slot| slot.starts_at),
        duration_minutes: draft.terms.duration,
        free_cancel_minutes: CancellationPolicy::CURRENT.free_minutes,
        late_refund_percent: CancellationPolicy::CURRENT.late_refund_percent,
        answer_minutes: draft.terms.answer,
        reminders_sent: 0,
        answered_at: None,
        ends_at: None,
        late_at: None,
        owner_came_at: None,
        warned_at: None,
        extension_asked_by: None,
        extension_minutes: None,
        extended_minutes: 0,
        follow_up_until: None,
        record_status: RecordStatus::None,
        recorded_at: None,
        closed_because: None,
        transferred_from: None,
        markup_basis_points: quote.markup,
        total: quote.total(),
        created_at: now,
        started_at: None,
        ended_at: None,
    };
    store::insert(db, consultation.clone()).await?;
    Ok(consultation)
}

impl Model {
    /// A consultation of the past, for demo data.
    pub async fn import(db: &impl ConnectionTrait, consultation: Self) -> Result<(), DbErr> {
        store::insert(db, consultation).await
    }

    /// Holds the order of a consultation, and reads the consultation under it.
    pub async fn hold(work: &Work, id: ConsultationId) -> Result<Held, AppError> {
        let found = Self::find(&**work, id).await?.ok_or_else(ConsultationId::not_found)?;
        let order = Order::hold(&**work, found.order_id).await?.ok_or_else(|| Order::missing(found.order_id))?;
        let consultation = Self::find(&**work, id).await?.ok_or_else(ConsultationId::not_found)?;
        Ok(Held { order, consultation })
    }
}

/// A consultation with its order, both as they are under the order's lock.
pub struct Held {
    pub order: Order,
    pub consultation: Model,
}

/// Does what is due of a consultation.
#[derive(Debug, Serialize, Deserialize)]
pub struct Live {
    pub consultation: ConsultationId,
}

impl Job for Live {
    const KIND: &'static str = "consultations.live";
    const LANE: Lane = Lane::Life;
    /// With the pauses of [`Job`] some two days.
    const TRIES: i32 = 60;

    fn key(&self) -> String {
        self.consultation.to_string()
    }
}

/// Lets something happen to a consultation whose order the caller holds. One that is over gives back its time, and both
/// are told.
pub async fn advance(work: &mut Work, consultation: &Model, event: Event) -> Result<ConsultationStatus, AppError> {
    let now = work.now();
    let to = transition(consultation.status, event)?;
    if to != consultation.status {
        store::save_status(&**work, consultation, (to, event), now).await?.or(ConsultationError::ChangedMeanwhile)?;
    }
    let has_time = consultation.kind == ConsultationKind::Slot || consultation.extended_minutes > 0;
    if has_time && is_over(to) {
        Slot::release(&**work, consultation.doctor_id, consultation.id, now).await?;
    }
    if event == Event::Booked
        && let Some(starts_at) = consultation.starts_at
    {
        store::skip_reminders(&**work, consultation.id, due::reminders_missed(starts_at, now)).await?;
    }
    plan(work, consultation.id).await?;
    work.tell(events::Event::ConsultationChanged(consultation.id));
    work.tell(events::Event::QueueMoved(consultation.doctor_id));
    Ok(to)
}

/// Plans when something is next to happen to a consultation by itself, after it has changed.
pub async fn plan(work: &mut Work, id: ConsultationId) -> Result<(), DbErr> {
    let Some(consultation) = Model::find(&**work, id).await? else { return Ok(()) };
    let job = Live { consultation: id };
    match due::next(&consultation) {
        Some((at, _)) => work.schedule(&job, at).await,
        None => platform::jobs::cancel(&**work, &job).await,
    }
}

impl Consultations {
    /// When what was paid is earned, after a service was rendered: so long the owner may complain.
    pub fn earned_at(&self, rendered_at: Timestamp) -> Timestamp {
        rendered_at + self.complaint_window
    }
}

fn is_over(status: ConsultationStatus) -> bool {
    use ConsultationStatus as Status;
    matches!(status, Status::Ended | Status::Expired | Status::Cancelled | Status::NoShow)
}
